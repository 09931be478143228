"""Queries on reminders: what a person has set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.models import OccurrenceRow, PersonRow, ReminderRow


@dataclass(frozen=True, slots=True)
class Reminder:
    """A stored reminder; ``days`` is a set of bits, Monday the lowest."""

    id: int
    person_id: int
    kind: str
    at: time
    days: int
    paused_until: datetime | None
    next_due: datetime | None
    next_date: date | None
    last_date: date | None = None
    """The newest date that has its occurrence; the next one is later, whatever the clocks do."""
    lives: int = 180
    """Minutes after which a late one is not sent any more."""
    despite_quiet: bool = False
    """The person said twice that it may ring in the quiet hours."""


COLUMNS: Final = tuple(getattr(ReminderRow, name) for name in Reminder.__dataclass_fields__)
KEPT: Final = timedelta(days=100)
"""How long an ended reminder and what was done of it stay."""


async def add(connection: AsyncConnection, reminder: Reminder, now: datetime) -> int:
    """Stores a new reminder (its id is ignored) and returns its id."""
    values = {
        name: getattr(reminder, name) for name in Reminder.__dataclass_fields__ if name != "id"
    }
    statement = insert(ReminderRow).values(**values, created_at=now).returning(ReminderRow.id)
    return int(await connection.scalar(statement) or 0)


async def of_person(
    connection: AsyncConnection, person_id: int, kind: str | None = None
) -> list[Reminder]:
    """The reminders of a person (of one kind), by time of day."""
    statement = select(*COLUMNS).where(
        ReminderRow.person_id == person_id, ReminderRow.ended_at.is_(None)
    )
    if kind is not None:
        statement = statement.where(ReminderRow.kind == kind)
    rows = await connection.execute(statement.order_by(ReminderRow.at, ReminderRow.id))
    return [Reminder(*row) for row in rows]


async def find(connection: AsyncConnection, reminder_id: int, person_id: int) -> Reminder | None:
    """The reminder of that id, only if it is this person's and not ended."""
    rows = await connection.execute(
        select(*COLUMNS).where(
            ReminderRow.id == reminder_id,
            ReminderRow.person_id == person_id,
            ReminderRow.ended_at.is_(None),
        )
    )
    row = rows.one_or_none()
    return None if row is None else Reminder(*row)


async def change(connection: AsyncConnection, reminder_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of a reminder."""
    await connection.execute(
        update(ReminderRow).where(ReminderRow.id == reminder_id).values(**values)
    )


async def end(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """Ends reminders: nothing of them is due any more, and nothing asks again."""
    await connection.execute(
        update(ReminderRow)
        .where(ReminderRow.id.in_(ids))
        .values(ended_at=now, next_due=None, next_date=None)
    )
    await connection.execute(
        update(OccurrenceRow)
        .where(OccurrenceRow.reminder_id.in_(ids))
        .values(again_at=None, again_for=None)
    )


async def forget_ended(connection: AsyncConnection, now: datetime) -> int:
    """Deletes reminders that ended long ago, with their occurrences; returns how many."""
    result = await connection.execute(delete(ReminderRow).where(ReminderRow.ended_at < now - KEPT))
    return int(result.rowcount)


async def next_due(connection: AsyncConnection, after: datetime) -> datetime | None:
    """The next instant after which something is due; None when nothing is."""
    firsts = [
        await connection.scalar(
            select(func.min(ReminderRow.next_due)).where(ReminderRow.next_due > after)
        ),
        await connection.scalar(
            select(func.min(OccurrenceRow.again_at)).where(OccurrenceRow.again_at > after)
        ),
    ]
    return min((first for first in firsts if first is not None), default=None)


async def page_with_zone(
    connection: AsyncConnection, after_id: int, most: int
) -> list[tuple[Reminder, str]]:
    """A page of reminders by id, those that are due some time, each with its person's zone."""
    rows = await connection.execute(
        select(*COLUMNS, PersonRow.zone)
        .join(PersonRow, PersonRow.id == ReminderRow.person_id)
        .where(ReminderRow.id > after_id, ReminderRow.next_due.is_not(None))
        .order_by(ReminderRow.id)
        .limit(most)
    )
    return [(Reminder(*row[:-1]), row[-1] or "UTC") for row in rows]
