"""Queries on what a person did in a week."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.reminding import Kind
from tgbot.domain.weeks import Exercised
from tgbot.storage.models import OccurrenceRow, ReminderRow
from tgbot.storage.models_exercise import SessionRow
from tgbot.storage.models_hydration import DrinkRow

DONE: Final = "done"
RESTED: Final = frozenset({"ill", "hurts", "stopped", "fell", "doctor", "emergency"})
"""Answers to a reminder, and ends of a session, after which nobody should exercise that day."""
LEFT: Final = frozenset({None, "skip"})
"""Answers to a reminder that was sent; the others mean that it was not, and count for nothing."""


async def exercised(
    connection: AsyncConnection, person_id: int, first: date, last: date
) -> Exercised:
    """How the days from ``first`` to ``last`` went, by reminders and by sessions without one."""
    asked = await connection.execute(
        select(OccurrenceRow.local_date, OccurrenceRow.answer)
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .where(
            ReminderRow.person_id == person_id,
            ReminderRow.kind == Kind.EXERCISE,
            OccurrenceRow.local_date.between(first, last),
        )
    )
    sessions = await connection.execute(
        select(SessionRow.local_date, SessionRow.outcome).where(
            SessionRow.person_id == person_id,
            SessionRow.local_date.between(first, last),
            SessionRow.finished_at.is_not(None),
        )
    )
    answers = asked.all()
    ends = [*answers, *sessions.all()]
    return Exercised(
        done=frozenset(day for day, end in ends if end == DONE),
        asked=frozenset(day for day, answer in answers if answer in LEFT),
        rested=frozenset(day for day, end in ends if end in RESTED),
    )


async def drunk(
    connection: AsyncConnection, person_id: int, first: date, last: date
) -> Mapping[date, int]:
    """Millilitres drunk on each date that has some."""
    rows = await connection.execute(
        select(DrinkRow.local_date, func.sum(DrinkRow.ml))
        .where(DrinkRow.person_id == person_id, DrinkRow.local_date.between(first, last))
        .group_by(DrinkRow.local_date)
    )
    return dict(rows.all())
