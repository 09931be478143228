"""Drives the real engine over a real database: due, claimed, owed, sent; the clock only jumps."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tgbot.domain.delivery import Outcome, SendClass
from tgbot.domain.reminding import LIVES, Kind
from tgbot.errors import SettingsError
from tgbot.services.delivery import BATCH, deliver_again, deliver_due
from tgbot.services.knowledge import Knowledge
from tgbot.services.reminders import EVERY_DAY
from tgbot.services.schedules import planned
from tgbot.simulation.course import QUIET, Course, Wish
from tgbot.storage import outbox, people, reminders
from tgbot.storage.engine import open_engine
from tgbot.storage.migrate import upgrade
from tgbot.storage.reminders import Reminder

SENDER: Final = "simulation"
_MOMENT: Final = timedelta(microseconds=1)


@contextmanager
def database_address(given: str) -> Iterator[str]:
    """The given address, or that of a file that is gone afterwards."""
    if given:
        yield given
        return
    with TemporaryDirectory(prefix="surefoot-year-", ignore_cleanup_errors=True) as folder:
        yield f"sqlite+aiosqlite:///{Path(folder) / 'year.db'}"


@asynccontextmanager
async def opened(address: str, *, throwaway: bool) -> AsyncIterator[AsyncEngine]:
    """The migrated database, which must hold nobody.

    Raises:
        SettingsError: people are in it.
    """
    await upgrade(address)
    engine = open_engine(address, durable=not throwaway)
    try:
        async with engine.begin() as connection:
            if await people.count(connection):
                raise SettingsError("--database: people are in it; a simulation needs an empty one")
        yield engine
    finally:
        await engine.dispose()


async def populate(connection: AsyncConnection, course: Course) -> None:
    """Adds the people of the course with their reminders, a moment before it starts."""
    before = course.start - _MOMENT
    await people.add_all(connection, [wish.person_id for wish in course.wishes], before)
    for wish in course.wishes:
        await people.change(
            connection,
            wish.person_id,
            zone=wish.zone,
            quiet_from=QUIET.start,
            quiet_to=QUIET.end,
        )
        await reminders.add(connection, planned(_reminder(wish), wish.zone, before), before)


def _reminder(wish: Wish) -> Reminder:
    return Reminder(
        0,
        wish.person_id,
        Kind.EXERCISE,
        wish.at,
        EVERY_DAY,
        None,
        None,
        None,
        lives=LIVES[Kind.EXERCISE],
        despite_quiet=wish.despite_quiet,
    )


async def play(
    engine: AsyncEngine, knowledge: Knowledge, course: Course
) -> AsyncIterator[tuple[datetime, int]]:
    """Lives through the course, from due to due; after each says when it was and how many left."""
    now: datetime | None = course.start - _MOMENT
    while now is not None and now < course.end:
        async with engine.begin() as connection:
            sent = await live_through(connection, knowledge, now)
            then = await reminders.next_due(connection, now)
        yield now, sent
        now = then


async def live_through(connection: AsyncConnection, knowledge: Knowledge, now: datetime) -> int:
    """What the bot does at one tick, and its sender right after it."""
    for deliver in (deliver_due, deliver_again):
        while await deliver(connection, knowledge, now) >= BATCH:
            pass
    return await _send(connection, now)


async def _send(connection: AsyncConnection, now: datetime) -> int:
    """Every call that may go now arrives, unless it came too late: as Telegram on a good day."""
    sent, full = 0, True
    while full:
        calls = await outbox.ready(connection, SendClass.BULK, (), now, BATCH)
        full = len(calls) == BATCH
        await outbox.lease(connection, [call.id for call in calls], SENDER, now)
        ends = [
            (
                call.id,
                Outcome.EXPIRED if call.expires_at and call.expires_at <= now else Outcome.SENT,
            )
            for call in calls
        ]
        if ends:
            await outbox.finish_all(connection, SENDER, ends, now)
        sent += sum(outcome is Outcome.SENT for _, outcome in ends)
    return sent
