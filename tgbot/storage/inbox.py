"""Queries on the inbox: updates wait here until they are handled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
from tgbot.storage.models import InboxRow

KEEP: Final = timedelta(days=8)
"""Telegram starts new update ids after a week without updates; until then ours mark duplicates."""

PENDING: Final = literal_column("'pending'", String)
"""Written out in the statement: SQLite uses a partial index only when it can see the value."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One raw update to be stored."""

    update_id: int
    chat_id: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The oldest unhandled update of a chat. ``alarm``: a warning has already answered it."""

    update_id: int
    chat_id: int
    kind: str
    body: str
    alarm: bool
    attempts: int
    available_at: datetime


OLDEST: Final = (
    select(func.min(InboxRow.update_id))
    .where(InboxRow.state == PENDING, InboxRow.chat_id.not_in(bindparam("busy", expanding=True)))
    .group_by(InboxRow.chat_id)
    .order_by(func.min(InboxRow.update_id))
    .limit(bindparam("most"))
)
HEADS: Final = (
    select(*(getattr(InboxRow, name) for name in Pending.__dataclass_fields__))
    .where(InboxRow.update_id.in_(OLDEST))
    .order_by(InboxRow.update_id)
)
FINISH: Final = (
    update(InboxRow)
    .where(
        InboxRow.update_id.in_(bindparam("update_ids", expanding=True)), InboxRow.state == PENDING
    )
    .values(state="done", body=None, done_at=bindparam("at"))
    .returning(InboxRow.update_id)
)
"""Made once: putting a statement together costs more than running it, and these run all the time."""


async def add(connection: AsyncConnection, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
    """Stores updates that are not there yet; returns the ids of those that are new."""
    rows = [
        {
            "update_id": arrival.update_id,
            "chat_id": arrival.chat_id,
            "kind": arrival.kind,
            "body": arrival.body,
            "state": "pending",
            "alarm": False,
            "attempts": 0,
            "available_at": now,
            "received_at": now,
        }
        for arrival in arrivals
    ]
    statement = insert_into(connection, InboxRow, {}).on_conflict_do_nothing()
    result = await connection.execute(statement.returning(InboxRow.update_id), rows)
    return set(result.scalars())


async def mark_alarms(connection: AsyncConnection, update_ids: Sequence[int]) -> None:
    """Remembers that these updates were answered by a warning."""
    await connection.execute(
        update(InboxRow).where(InboxRow.update_id.in_(update_ids)).values(alarm=True)
    )


async def heads(connection: AsyncConnection, busy: Collection[int], limit: int) -> list[Pending]:
    """The oldest pending update of each chat that is not busy, oldest first."""
    rows = await connection.execute(HEADS, {"busy": list(busy), "most": limit})
    return [Pending(*row) for row in rows]


async def finish_all(connection: AsyncConnection, done: Mapping[int, datetime]) -> set[int]:
    """Marks updates as handled and erases their bodies; returns the ids that were still pending."""
    values = {"update_ids": list(done), "at": max(done.values())}
    return set((await connection.execute(FINISH, values)).scalars())


async def postpone(
    connection: AsyncConnection, update_id: int, attempts: int, until: datetime, error: str
) -> None:
    """Notes a failed try and when the next one may be. ``error`` is a class name, never a text."""
    await connection.execute(
        update(InboxRow)
        .where(InboxRow.update_id == update_id)
        .values(attempts=attempts, available_at=until, error=error[:80])
    )


async def park(connection: AsyncConnection, update_id: int, now: datetime, error: str) -> None:
    """Puts an update aside for the operator; the updates behind it go on."""
    await connection.execute(
        update(InboxRow)
        .where(InboxRow.update_id == update_id)
        .values(state="parked", done_at=now, error=error[:80])
    )


async def crowded(connection: AsyncConnection, chats: Collection[int], more_than: int) -> list[int]:
    """Those of ``chats`` with more than so many messages waiting."""
    rows = await connection.execute(
        select(InboxRow.chat_id)
        .where(InboxRow.chat_id.in_(chats), InboxRow.state == PENDING, InboxRow.kind == "message")
        .group_by(InboxRow.chat_id)
        .having(func.count() > more_than)
    )
    return list(rows.scalars())


async def clear_messages(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """Ends all waiting messages of a chat at once; its taps stay."""
    await connection.execute(
        update(InboxRow)
        .where(InboxRow.chat_id == chat_id, InboxRow.state == PENDING, InboxRow.kind == "message")
        .values(state="done", body=None, done_at=now, error="Flood")
    )


async def counts(connection: AsyncConnection) -> dict[str, int]:
    """How many updates are in each state."""
    rows = await connection.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
    return dict(rows.all())


async def forget_done(connection: AsyncConnection, now: datetime) -> int:
    """Drops the traces of updates handled more than eight days ago; returns how many."""
    result = await connection.execute(
        delete(InboxRow).where(InboxRow.state == "done", InboxRow.done_at < now - KEEP)
    )
    return int(result.rowcount)


async def erase_bodies(connection: AsyncConnection, chat_id: int) -> None:
    """Erases what is left of a person's updates that were put aside."""
    await connection.execute(
        update(InboxRow)
        .where(InboxRow.chat_id == chat_id, InboxRow.state == "parked")
        .values(body=None)
    )
