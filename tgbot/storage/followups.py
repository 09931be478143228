"""Queries on the questions that are asked after a symptom check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
from tgbot.storage.models import FollowupRow, PersonRow


@dataclass(frozen=True, slots=True)
class Followup:
    """A stored follow-up; ``level`` is that of its check."""

    id: int
    checkup_id: int
    person_id: int
    level: str
    next_due: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class DueFollowup:
    """A follow-up whose time has come, with what its person's settings say."""

    followup: Followup
    zone: str | None
    country: str | None
    silent: bool
    """The person stopped all reminders or blocked the bot."""


COLUMNS: Final = tuple(getattr(FollowupRow, name) for name in Followup.__dataclass_fields__)


async def plan(
    connection: AsyncConnection, checkup_id: int, person_id: int, level: str, due: datetime
) -> None:
    """Plans the one follow-up of a check, anew where it was planned; one that was sent stays."""
    row = {"checkup_id": checkup_id, "person_id": person_id, "level": level, "next_due": due}
    statement = insert_into(connection, FollowupRow, row).on_conflict_do_update(
        index_elements=["checkup_id"],
        set_={"level": level, "next_due": due},
        where=FollowupRow.sent_at.is_(None),
    )
    await connection.execute(statement)


async def drop_unsent(connection: AsyncConnection, checkup_id: int) -> None:
    """Takes back the follow-up of a check unless it was sent."""
    await connection.execute(
        delete(FollowupRow).where(
            FollowupRow.checkup_id == checkup_id, FollowupRow.sent_at.is_(None)
        )
    )


async def find(connection: AsyncConnection, followup_id: int, person_id: int) -> Followup | None:
    """The follow-up of that id, only if it is this person's."""
    rows = await connection.execute(
        select(*COLUMNS).where(FollowupRow.id == followup_id, FollowupRow.person_id == person_id)
    )
    row = rows.one_or_none()
    return None if row is None else Followup(*row)


async def claim(connection: AsyncConnection, now: datetime, limit: int) -> list[DueFollowup]:
    """Follow-ups that are due, longest first, locked until the transaction ends."""
    rows = await connection.execute(
        select(
            *COLUMNS, PersonRow.zone, PersonRow.country, PersonRow.stopped_at, PersonRow.blocked_at
        )
        .join(PersonRow, PersonRow.id == FollowupRow.person_id)
        .where(FollowupRow.next_due <= now)
        .order_by(FollowupRow.next_due, FollowupRow.id)
        .limit(limit)
        .with_for_update(of=FollowupRow, skip_locked=True)
    )
    return [_due(row) for row in rows]


def _due(row: Sequence[Any]) -> DueFollowup:
    *followup, zone, country, stopped_at, blocked_at = row
    silent = stopped_at is not None or blocked_at is not None
    return DueFollowup(Followup(*followup), zone, country, silent)


async def settle(
    connection: AsyncConnection, changes: Sequence[tuple[int, datetime | None, datetime | None]]
) -> None:
    """Sets when each follow-up is due and was sent: (id, due, sent); both None: it was dropped."""
    if changes:
        statement = (
            update(FollowupRow)
            .where(FollowupRow.id == bindparam("one"))
            .values(next_due=bindparam("due"), sent_at=bindparam("sent"))
        )
        rows = [{"one": one, "due": due, "sent": sent} for one, due, sent in changes]
        await connection.execute(statement, rows)


async def note_answer(
    connection: AsyncConnection, followup_id: int, answer: str, now: datetime
) -> None:
    """Remembers what was answered last."""
    await connection.execute(
        update(FollowupRow)
        .where(FollowupRow.id == followup_id)
        .values(answer=answer, answered_at=now)
    )


async def next_due(connection: AsyncConnection, after: datetime) -> datetime | None:
    """The next instant after which a follow-up is due; None when none is."""
    statement = select(func.min(FollowupRow.next_due)).where(FollowupRow.next_due > after)
    found: datetime | None = await connection.scalar(statement)
    return found
