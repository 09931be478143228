"""``tgbot simulate``: plays the course with a progress bar, and says what went wrong, zone by zone."""

from collections import defaultdict
from datetime import timedelta
from time import monotonic
from typing import Any, Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from sqlalchemy.ext.asyncio import AsyncEngine

from tgbot.json_lines import write_object
from tgbot.services.knowledge import Knowledge
from tgbot.simulation import year
from tgbot.simulation.course import Course, Wish
from tgbot.simulation.findings import FAULTS, Findings, examine, total
from tgbot.storage.engine import reading
from tgbot.storage.ledger import past_of

_NAMED: Final = 5
"""Dates of a fault that are named; the rest is counted."""

_WORDS: Final = {
    "missed": "missed",
    "doubled": "doubled",
    "wrong": "on a wrong date or at a wrong time",
    "quiet": "in quiet hours",
    "strays": "stray messages",
}


async def simulate(
    course: Course,
    database: str,
    knowledge: Knowledge,
    out: TextIO,
    console: Console,
    *,
    jsonl: bool,
) -> bool:
    """Plays the whole course, compares, and reports to ``out``; whether nothing was wrong.

    Raises:
        SettingsError: the database at ``database`` holds people.
    """
    began = monotonic()
    with year.database_address(database) as address:
        async with year.opened(address, throwaway=not database) as engine:
            with _progress(console) as progress:
                await _play(engine, course, knowledge, progress)
                found = await _look_back(engine, course, progress)
    took = timedelta(seconds=round(monotonic() - began))
    if jsonl:
        _write_lines(course, found, took, out)
    else:
        _write_words(course, found, took, out)
    return total(found.values()).clean


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


async def _play(
    engine: AsyncEngine, course: Course, knowledge: Knowledge, progress: Progress
) -> None:
    async with engine.begin() as connection:
        await year.populate(connection, course)
    task = progress.add_task(f"days of {course.start.year}", total=course.days)
    async for now, _ in year.play(engine, knowledge, course):
        progress.update(task, completed=(now - course.start) / timedelta(days=1))
    progress.update(task, completed=course.days)


async def _look_back(
    engine: AsyncEngine, course: Course, progress: Progress
) -> dict[Wish, Findings]:
    found = {}
    async with reading(engine) as connection:
        for wish in progress.track(course.wishes, description="reminders compared"):
            found[wish] = examine(wish, await past_of(connection, wish.person_id), course)
    return found


def _by_zone(found: dict[Wish, Findings]) -> dict[str, Findings]:
    grouped: dict[str, list[Findings]] = defaultdict(list)
    for wish, one in found.items():
        grouped[wish.zone].append(one)
    return {zone: total(some) for zone, some in grouped.items()}


def _write_words(course: Course, found: dict[Wish, Findings], took: timedelta, out: TextIO) -> None:
    for wish, one in found.items():
        for fault in FAULTS:
            if places := getattr(one, fault):
                out.write(f"{wish.zone} {wish.at:%H:%M}: {_named(fault, places)}\n")
    whole = total(found.values())
    out.write(
        f"{course.start.year}: {len(_by_zone(found)):,} zones, {len(found):,} reminders, "
        f"{whole.expected:,} expected, {whole.sent:,} sent, {whole.nudges:,} nudges, took {took}\n"
    )
    out.write(", ".join(f"{len(getattr(whole, f)):,} {_WORDS[f]}" for f in FAULTS) + "\n")


def _named(fault: str, places: list[Any]) -> str:
    some = ", ".join(map(str, places[:_NAMED]))
    more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
    return f"{len(places)} {_WORDS[fault]}: {some}{more}"


def _write_lines(course: Course, found: dict[Wish, Findings], took: timedelta, out: TextIO) -> None:
    for zone, one in _by_zone(found).items():
        write_object(out, {"zone": zone, **_counts(one)})
    whole = _counts(total(found.values()))
    seconds = int(took.total_seconds())
    write_object(out, {"year": course.start.year, **whole, "seconds": seconds})


def _counts(one: Findings) -> dict[str, int]:
    faults = {fault: len(getattr(one, fault)) for fault in FAULTS}
    return {"expected": one.expected, "sent": one.sent, "nudges": one.nudges, **faults}
