"""Queries that look back: what was noted of a person's reminders, and what was sent for it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.models import OccurrenceRow, OutboxRow, ReminderRow
from tgbot.storage.occurrences import key_of


@dataclass(frozen=True, slots=True)
class Message:
    """A message for an occurrence; ``outcome`` and ``finished_at`` are None while it waits."""

    key: str
    reminder_id: int
    local_date: date
    round: str
    outcome: str | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Past:
    """All that is kept of a person: their messages, those that no occurrence explains, and dates.

    ``dates`` are those noted, each with why it was not sent, or what was answered.
    """

    messages: tuple[Message, ...]
    strays: tuple[str, ...]
    dates: tuple[tuple[int, date, str | None], ...]


async def past_of(connection: AsyncConnection, person_id: int) -> Past:
    """What is kept about one person's reminders."""
    noted = await connection.execute(
        select(
            OccurrenceRow.id,
            OccurrenceRow.reminder_id,
            OccurrenceRow.local_date,
            OccurrenceRow.answer,
        )
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .where(ReminderRow.person_id == person_id)
        .order_by(OccurrenceRow.id)
    )
    occurrences = {row.id: row for row in noted}
    messages, strays = [], []
    for key, outcome, finished_at in await _calls(connection, person_id):
        id_, _, round_ = key.removeprefix("o").partition(":")
        known = occurrences.get(int(id_)) if id_.isdecimal() else None
        round_ = round_.partition(":")[0]
        if known is None or not key.startswith(key_of(known.id, round_)):
            strays.append(key)
        else:
            of = known.reminder_id, known.local_date
            messages.append(Message(key, *of, round_, outcome, finished_at))
    dates = tuple((row.reminder_id, row.local_date, row.answer) for row in occurrences.values())
    return Past(tuple(messages), tuple(strays), dates)


async def _calls(
    connection: AsyncConnection, person_id: int
) -> list[tuple[str, str | None, datetime | None]]:
    rows = await connection.execute(
        select(OutboxRow.key, OutboxRow.outcome, OutboxRow.finished_at)
        .where(OutboxRow.chat_id == person_id)
        .order_by(OutboxRow.id)
    )
    return [(row.key, row.outcome, row.finished_at) for row in rows]
