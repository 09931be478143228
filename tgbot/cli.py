"""The ``tgbot`` command."""

import asyncio
import json
import signal
import sys
import zoneinfo
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import datetime
from shutil import rmtree
from typing import Annotated, Any, Final, NoReturn

import typer
from rich.console import Console

from content.files import ContentError
from tgbot import asking, checking, doctor, forecast
from tgbot.app import Surefoot, running
from tgbot.errors import AlreadyRunning, SettingsError
from tgbot.logs import start_logging
from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.server import Sandbox
from tgbot.services.knowledge import Knowledge
from tgbot.settings import Settings, read_settings
from tgbot.simulation.course import ALL, read_course
from tgbot.simulation.report import simulate as play_year
from tgbot.storage.migrate import upgrade

PORT: Final = 8420
HOST: Final = "127.0.0.1"

app = typer.Typer(
    name="tgbot",
    help="Surefoot, a Telegram bot for people whose legs feel weak.\n\nBegin with: tgbot demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
console = Console(stderr=True)


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(help="Where the chat page listens.", min=0, max=65535)
    ] = PORT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget earlier demos first.")] = False,
) -> None:
    """Talk to the real bot in a browser; no token and no Telegram needed."""
    start_logging("WARNING")
    _run(_demo(port, fresh))


async def _demo(port: int, fresh: bool) -> None:
    folder = read_settings().state_dir / "demo"
    if fresh:
        rmtree(folder, ignore_errors=True)
    clock = SandboxClock()
    parts: list[Surefoot] = []

    async def next_due() -> datetime | None:
        return await parts[0].next_due() if parts else None

    async def look() -> None:
        for part in parts:
            await part.tick()
            part.wake()

    async with AsyncExitStack() as stack:
        sandbox = Sandbox(clock=clock, next_due=next_due, on_clock=look)
        await _listen(sandbox, port)
        stack.push_async_callback(sandbox.stop)
        settings = read_settings(
            token=sandbox.token,
            api_base=sandbox.api_base,
            state_dir=folder,
            mode="polling",
            database_url="",
            health_listen="",
        )
        bot = await stack.enter_async_context(running(settings, clock))
        parts.append(bot)
        console.print(f"\n  Surefoot is ready. Open [bold]{sandbox.url}[/bold] in a browser.")
        console.print("  Press Ctrl-C to stop.\n")
        await _until_stopped(bot)


async def _listen(sandbox: Sandbox, port: int) -> None:
    try:
        await sandbox.start(HOST, port)
    except OSError:
        raise SettingsError(f"port {port} is taken; try: tgbot demo --port {port + 1}") from None


@app.command()
def run() -> None:
    """Run the bot on Telegram; needs TGBOT_TOKEN."""
    _run(_serve(_settings()))


async def _serve(settings: Settings) -> None:
    async with running(settings) as bot:
        console.print("Surefoot is running. Press Ctrl-C to stop.")
        await _until_stopped(bot)


async def _until_stopped(bot: Surefoot) -> None:
    """Waits for Ctrl-C or SIGTERM, or for a part of the bot to break."""
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[None] = loop.create_future()

    def stop() -> None:
        if not stopped.done():
            stopped.set_result(None)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    done, _ = await asyncio.wait({stopped, bot.failed}, return_when=asyncio.FIRST_COMPLETED)
    for ended in done:
        ended.result()


@app.command()
def migrate() -> None:
    """Bring the database to the newest version; `run` and `demo` do it by themselves."""
    settings = _settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    _run(upgrade(settings.database))
    console.print("The database is up to date.")


@app.command(name="doctor")
def check_up() -> None:
    """Check token, database, clock, time-zone data, webhook and content, one line each."""
    start_logging("ERROR")
    _run(doctor.examine(read_settings(), console))


@app.command()
def ask(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write one JSON object per line.")
    ] = False,
    country: Annotated[str, typer.Option(help="Two-letter code, such as GB.")] = "",
) -> None:
    """Ask in the terminal what you would ask in the chat.

    With --jsonl each line in has `id`, `text` and perhaps `after` and `language`; each line out has
    `id`, `screen`, `intent`, `nutrients`, `reply`, `buttons` and `sources`.
    """
    knowledge = _knowledge()
    if jsonl:
        asking.answer_lines(knowledge, sys.stdin, sys.stdout, country)
    else:
        asking.converse(knowledge, console, country)


@app.command(no_args_is_help=True)
def check(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write one JSON object per line.")
    ] = False,
    script: Annotated[
        bool, typer.Option("--script", help="Print all questions and options as JSON, and stop.")
    ] = False,
    country: Annotated[
        str, typer.Option(help="Two-letter code, such as GB, for the emergency number.")
    ] = "",
) -> None:
    """Judge symptom-check answers without a chat.

    With --jsonl each line in has `id` and `answers` (question id: option id, or a list of them;
    ["none"] is the None button, "not_sure:x" is "not sure" about x). Each line out has `id`,
    `level`, `rules`, `groups`, `taps` and `text`, or `id` and `error`, which names what is unknown.

    Try: echo '{"id": 1, "answers": {"T0": "me_60", "T1": ["a"]}}' | tgbot check --jsonl
    """
    knowledge = _knowledge()
    if script:
        sys.stdout.write(
            json.dumps(checking.describe(knowledge.catalogue.checkup), indent=1) + "\n"
        )
    if jsonl:
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        checking.check_lines(knowledge, sys.stdin, sys.stdout, country)


@app.command(name="next", no_args_is_help=True)
def next_(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write one JSON object per line.")
    ] = False,
) -> None:
    """Say when a reminder is due next, for any time zone.

    Each line in has `id`, `tz`, `local_time`, `after` (a moment with its offset) and perhaps `days`
    (a list of mon … sun; every day without it). Each line out has `id` and `next`, in UTC, or `id`
    and `error`, which says what would work; then the command ends with code 1.

    Try: echo '{"id": 1, "tz": "Europe/Berlin", "local_time": "02:30", "after":
    "2027-03-27T12:00:00Z"}' | tgbot next --jsonl
    """
    zoneinfo.reset_tzpath([])
    if jsonl:
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        if not forecast.forecast_lines(sys.stdin, sys.stdout):
            raise typer.Exit(1)


@app.command()
def simulate(
    year: Annotated[int, typer.Option(help="The year to live through.", min=1971, max=2200)] = 2027,
    zones: Annotated[str, typer.Option(help="`all`, or names such as Europe/Berlin,UTC.")] = ALL,
    times: Annotated[str, typer.Option(help="Times of day.")] = "00:30,02:30,09:00",
    database: Annotated[
        str, typer.Option(help="An empty PostgreSQL to fill instead of a passing SQLite file.")
    ] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Write one JSON object per zone, the sum last.")
    ] = False,
) -> None:
    """Live through a year of reminders with the real engine, and compare with the wall clocks.

    One person with one daily reminder for each zone and time. Counted, and named by zone: missed,
    doubled, on a wrong date or at a wrong time, in quiet hours. Ends with code 1 if there are any.
    """
    zoneinfo.reset_tzpath([])
    start_logging("ERROR")
    _run(_simulate(year, zones, times, database, jsonl=jsonl))


async def _simulate(year: int, zones: str, times: str, database: str, *, jsonl: bool) -> None:
    course = read_course(year, zones, times)
    address = read_settings(database_url=database).database_url
    if not await play_year(course, address, _knowledge(), sys.stdout, console, jsonl=jsonl):
        raise typer.Exit(1)


def _settings() -> Settings:
    try:
        settings = read_settings()
    except SettingsError as wrong:
        _stop(str(wrong))
    start_logging(settings.log_level)
    return settings


def _knowledge() -> Knowledge:
    try:
        return Knowledge.read()
    except ContentError as wrong:
        _stop(str(wrong))


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Runs a command; what the operator can mend is said in one line, without a traceback."""
    try:
        asyncio.run(work)
    except (SettingsError, AlreadyRunning, ContentError) as wrong:
        _stop(str(wrong))
    except KeyboardInterrupt:
        _stop("Stopped.")


def _stop(line: str) -> NoReturn:
    console.print(line, style="bold red", markup=False, highlight=False)
    raise typer.Exit(1)


def main() -> None:
    """The entry of the ``tgbot`` command."""
    app()
