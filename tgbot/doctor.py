"""``tgbot doctor``: one line for each thing that must be right, and what to do where it is not."""

import zoneinfo
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Final
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from content.files import ContentError
from tgbot.errors import ApiRefused, ApiUnreachable, SettingsError
from tgbot.messaging.api import BotApi
from tgbot.services.condition import read_condition
from tgbot.services.knowledge import Knowledge
from tgbot.settings import Settings, require_token


class Finding(Exception):
    """Something is wrong; the message says what to do."""


Check = Callable[[Settings], Awaitable[str]]

ALIVE: Final = timedelta(minutes=3)


async def examine(settings: Settings, console: Console) -> None:
    """Prints the findings.

    Raises:
        typer.Exit: with code 1 when something is wrong.
    """
    wrong = 0
    for name, check in CHECKS.items():
        try:
            console.print(f"[green]ok[/green]    {name}: {await check(settings)}", highlight=False)
        except Finding as finding:
            wrong += 1
            console.print(f"[red]wrong[/red] {name}: {finding}", highlight=False)
    if wrong:
        raise typer.Exit(1)


async def _token(settings: Settings) -> str:
    try:
        me = await _call(settings, "getMe")
    except SettingsError as wrong:
        raise Finding(str(wrong)) from None
    return f"this is @{me['username']}"


async def _webhook(settings: Settings) -> str:
    try:
        info = await _call(settings, "getWebhookInfo")
    except SettingsError:
        raise Finding("cannot be asked without a token") from None
    is_set = bool(info.get("url"))
    if settings.mode == "polling" and is_set:
        raise Finding("one is set although TGBOT_MODE is polling; `tgbot run` takes it away")
    if settings.mode == "webhook" and not is_set:
        raise Finding("none is set yet; `tgbot run` sets it")
    waiting = info.get("pending_update_count", 0)
    return f"{'set' if is_set else 'not used'}, {waiting} updates wait at Telegram"


async def _call(settings: Settings, method: str) -> dict[str, str]:
    api = BotApi(settings.api_base, require_token(settings))
    try:
        return dict(await api.call(method))
    except ApiRefused as no:
        advice = "check TGBOT_TOKEN" if no.code in {401, 404} else "try again later"
        raise Finding(f"Telegram answered {no.code}; {advice}") from None
    except ApiUnreachable as silence:
        raise Finding(f"no answer ({silence}); check the network and TGBOT_API_BASE") from None
    finally:
        await api.close()


async def _database(settings: Settings) -> str:
    found = await read_condition(settings.database)
    if found is None:
        raise Finding("cannot be opened; check TGBOT_DATABASE_URL or TGBOT_STATE_DIR")
    if found.revision is None:
        raise Finding("is not there yet; `tgbot migrate` or `tgbot run` makes it")
    if found.revision != found.newest:
        raise Finding(f"is at {found.revision}, the newest is {found.newest}; run `tgbot migrate`")
    return f"at {found.revision}, {found.people} people, {found.parked} updates set aside"


async def _last_tick(settings: Settings) -> str:
    found = await read_condition(settings.database)
    if found is None or found.last_tick is None:
        raise Finding("the bot has not run on this database yet")
    age = datetime.now(UTC) - found.last_tick
    if age > ALIVE:
        raise Finding(f"{int(age.total_seconds() // 60)} minutes ago; the bot does not run")
    return f"{int(age.total_seconds())} seconds ago"


async def _clock(settings: Settings) -> str:
    if settings.api_base.startswith("http"):
        api = BotApi(settings.api_base, "0:0")
        try:
            there = await api.server_time()
        except ApiUnreachable:
            raise Finding("could not be compared with Telegram's") from None
        finally:
            await api.close()
        if there is not None:
            off = abs((datetime.now(UTC) - there).total_seconds())
            if off > 5:  # noqa: PLR2004 - seconds; more would make reminders early or late
                raise Finding(f"{off:.0f} seconds off; set the machine's clock")
    return "agrees with Telegram's"


async def _zones(_settings: Settings) -> str:
    zoneinfo.reset_tzpath([])
    try:
        ZoneInfo("Europe/Berlin")
    except zoneinfo.ZoneInfoNotFoundError:
        raise Finding("missing; run `make setup`") from None
    return f"tzdata {version('tzdata')}"


async def _content(_settings: Settings) -> str:
    try:
        knowledge = Knowledge.read()
    except ContentError as wrong:
        raise Finding(str(wrong)) from None
    return f"{len(knowledge.catalogue.messages.texts)} sentences"


CHECKS: Final[dict[str, Check]] = {
    "token": _token,
    "database": _database,
    "last tick": _last_tick,
    "clock": _clock,
    "time-zone data": _zones,
    "webhook": _webhook,
    "content": _content,
}
