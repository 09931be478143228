"""Queries on reminders and their occurrences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
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


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come, with what its person's settings say."""

    reminder: Reminder
    zone: str
    silent: bool
    """The person stopped all reminders or blocked the bot."""
    on_hold: bool
    """A danger sign was named and nobody has said yet that a doctor has seen to it."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reminder on one date."""

    id: int
    reminder_id: int
    local_date: date
    due: datetime
    answer: str | None
    snoozed_to: datetime | None
    snoozes: int


COLUMNS: Final = tuple(getattr(ReminderRow, name) for name in Reminder.__dataclass_fields__)
SETTINGS: Final = (
    PersonRow.zone,
    PersonRow.stopped_at,
    PersonRow.blocked_at,
    PersonRow.warned_at,
)
OCCURRENCE: Final = tuple(getattr(OccurrenceRow, name) for name in Occurrence.__dataclass_fields__)


async def add(connection: AsyncConnection, reminder: Reminder, now: datetime) -> int:
    """Stores a new reminder (its id is ignored) and returns its id."""
    values = {
        name: getattr(reminder, name) for name in Reminder.__dataclass_fields__ if name != "id"
    }
    statement = insert(ReminderRow).values(**values, created_at=now).returning(ReminderRow.id)
    return int(await connection.scalar(statement) or 0)


async def of_person(connection: AsyncConnection, person_id: int) -> list[Reminder]:
    """All reminders of a person, by time of day."""
    rows = await connection.execute(
        select(*COLUMNS)
        .where(ReminderRow.person_id == person_id)
        .order_by(ReminderRow.at, ReminderRow.id)
    )
    return [Reminder(*row) for row in rows]


async def find(connection: AsyncConnection, reminder_id: int, person_id: int) -> Reminder | None:
    """The reminder of that id, only if it is this person's."""
    rows = await connection.execute(
        select(*COLUMNS).where(ReminderRow.id == reminder_id, ReminderRow.person_id == person_id)
    )
    row = rows.one_or_none()
    return None if row is None else Reminder(*row)


async def change(connection: AsyncConnection, reminder_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of a reminder."""
    await connection.execute(
        update(ReminderRow).where(ReminderRow.id == reminder_id).values(**values)
    )


async def delete(connection: AsyncConnection, reminder_id: int, person_id: int) -> bool:
    """Deletes a reminder of a person; False when it was not there."""
    result = await connection.execute(
        delete_from(ReminderRow).where(
            ReminderRow.id == reminder_id, ReminderRow.person_id == person_id
        )
    )
    return result.rowcount == 1


async def claim(connection: AsyncConnection, now: datetime, limit: int) -> list[Due]:
    """Reminders that are due, longest first, locked until the transaction ends."""
    rows = await connection.execute(
        select(*COLUMNS, *SETTINGS)
        .join(PersonRow, PersonRow.id == ReminderRow.person_id)
        .where(ReminderRow.next_due <= now)
        .order_by(ReminderRow.next_due)
        .limit(limit)
        .with_for_update(of=ReminderRow, skip_locked=True)
    )
    return [_due(row) for row in rows]


def _due(row: Sequence[Any]) -> Due:
    *reminder, zone, stopped_at, blocked_at, warned_at = row
    silent = stopped_at is not None or blocked_at is not None
    return Due(Reminder(*reminder), zone or "UTC", silent, warned_at is not None)


async def advance(
    connection: AsyncConnection, changes: Sequence[tuple[int, datetime | None, date | None]]
) -> None:
    """Sets when each reminder is due next: (id, instant, nominal date)."""
    if changes:
        statement = (
            update(ReminderRow)
            .where(ReminderRow.id == bindparam("one"))
            .values(next_due=bindparam("due"), next_date=bindparam("date"))
        )
        await connection.execute(
            statement, [{"one": one, "due": due, "date": day} for one, due, day in changes]
        )


async def end_pauses(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Ends the pauses of these reminders."""
    if ids:
        await connection.execute(
            update(ReminderRow).where(ReminderRow.id.in_(ids)).values(paused_until=None)
        )


async def add_occurrences(
    connection: AsyncConnection, rows: Sequence[dict[str, Any]]
) -> dict[int, int]:
    """Adds occurrences that are not there yet; returns the id of each new one by reminder."""
    if not rows:
        return {}
    statement = insert_into(connection, OccurrenceRow, rows).on_conflict_do_nothing()
    added = await connection.execute(
        statement.returning(OccurrenceRow.reminder_id, OccurrenceRow.id)
    )
    return dict(added.all())


async def find_occurrence(
    connection: AsyncConnection, occurrence_id: int, person_id: int
) -> Occurrence | None:
    """The occurrence of that id, only if its reminder is this person's."""
    rows = await connection.execute(
        select(*OCCURRENCE)
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .where(OccurrenceRow.id == occurrence_id, ReminderRow.person_id == person_id)
    )
    row = rows.one_or_none()
    return None if row is None else Occurrence(*row)


async def change_occurrence(connection: AsyncConnection, occurrence_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of an occurrence."""
    await connection.execute(
        update(OccurrenceRow).where(OccurrenceRow.id == occurrence_id).values(**values)
    )


async def claim_snoozed(
    connection: AsyncConnection, now: datetime, limit: int
) -> list[tuple[Occurrence, Due]]:
    """Snoozed occurrences whose new time has come."""
    rows = await connection.execute(
        select(*OCCURRENCE, *COLUMNS, *SETTINGS)
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .join(PersonRow, PersonRow.id == ReminderRow.person_id)
        .where(OccurrenceRow.snoozed_to <= now)
        .order_by(OccurrenceRow.snoozed_to)
        .limit(limit)
        .with_for_update(of=OccurrenceRow, skip_locked=True)
    )
    split = len(OCCURRENCE)
    return [(Occurrence(*row[:split]), _due(row[split:])) for row in rows]


async def next_due(connection: AsyncConnection, after: datetime) -> datetime | None:
    """The next instant after which something is due; None when nothing is."""
    firsts = [
        await connection.scalar(
            select(func.min(ReminderRow.next_due)).where(ReminderRow.next_due > after)
        ),
        await connection.scalar(
            select(func.min(OccurrenceRow.snoozed_to)).where(OccurrenceRow.snoozed_to > after)
        ),
    ]
    return min((first for first in firsts if first is not None), default=None)


async def all_with_zone(connection: AsyncConnection) -> list[tuple[Reminder, str]]:
    """Every reminder with its person's zone."""
    rows = await connection.execute(
        select(*COLUMNS, PersonRow.zone).join(PersonRow, PersonRow.id == ReminderRow.person_id)
    )
    return [(Reminder(*row[:-1]), row[-1] or "UTC") for row in rows]
