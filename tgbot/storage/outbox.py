"""Queries on the outbox: Bot API calls wait here until they are sent."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import String, Update, bindparam, delete, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.delivery import Outcome, SendClass
from tgbot.domain.rendering import Call
from tgbot.storage.bulk import write
from tgbot.storage.dialect import insert_into
from tgbot.storage.models import OutboxRow

ANSWER_KEY: Final = "u"
"""How the key of an answer to an update begins."""

LEASE: Final = timedelta(seconds=25)
"""How long a sender may keep a call; longer than any try takes."""

KEEP: Final = timedelta(days=8)

QUEUED: Final = literal_column("'queued'", String)
LEASED: Final = literal_column("'leased'", String)
"""Written out in the statement: SQLite uses a partial index only when it can see the value."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A call that this process may send now."""

    id: int
    chat_id: int
    send_class: int
    method: str
    params: str
    attempts: int
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What some calls are owed for, at which instant; ``key`` names it for ever."""

    key: str
    calls: Iterable[Call]
    at: datetime


class Owed(NamedTuple):
    """A message of the bulk class, with its parameters (sendMessage) as JSON.

    A tuple, because thousands are made, and go to the database as they are.
    """

    key: str
    chat_id: int
    params: str
    at: datetime
    expires_at: datetime


COLUMNS: Final = tuple(getattr(OutboxRow, name) for name in Leased.__dataclass_fields__)
READY: Final = (
    select(*COLUMNS)
    .where(
        OutboxRow.state == QUEUED,
        OutboxRow.send_class == bindparam("of_class"),
        OutboxRow.available_at <= bindparam("now"),
        OutboxRow.chat_id.not_in(bindparam("held", expanding=True)),
    )
    .order_by(OutboxRow.available_at, OutboxRow.id)
    .limit(bindparam("most"))
    # Another process may be choosing too: without it both would send what both have seen.
    .with_for_update(skip_locked=True)
)
LEASE_THEM: Final = (
    update(OutboxRow)
    .where(OutboxRow.id.in_(bindparam("ids", expanding=True)), OutboxRow.state == QUEUED)
    .values(
        state="leased",
        lease_owner=bindparam("by"),
        lease_until=bindparam("until"),
        attempts=OutboxRow.attempts + 1,
    )
)
FINISH: Final = (
    update(OutboxRow)
    .where(
        OutboxRow.id == bindparam("call_id"),
        OutboxRow.state == LEASED,
        OutboxRow.lease_owner == bindparam("by"),
    )
    .values(
        state="done",
        outcome=bindparam("how"),
        params=None,
        lease_owner=None,
        lease_until=None,
        finished_at=bindparam("at"),
    )
)
"""Made once: putting a statement together costs more than running it, and these run all the time."""


async def queue(
    connection: AsyncConnection, calls: Iterable[Call], key: str, now: datetime
) -> None:
    """Owes some calls. ``key`` names their cause, so that the same cause never queues twice."""
    await queue_all(connection, [Cause(key, calls, now)])


async def queue_all(connection: AsyncConnection, causes: Iterable[Cause]) -> None:
    """Owes the calls of some causes, in their order."""
    rows = [
        _row(cause, number, call) for cause in causes for number, call in enumerate(cause.calls)
    ]
    if rows:
        statement = insert_into(connection, OutboxRow, {}).on_conflict_do_nothing()
        await connection.execute(statement, rows)


OWE: Final = (
    "INSERT INTO outbox (key, chat_id, params, available_at, expires_at, send_class, method,"
    " state, attempts, created_at) SELECT key || ':0', chat_id, params, at, expires_at, {bulk},"
    " 'sendMessage', 'queued', 0, {now} FROM {rows} WHERE true ON CONFLICT DO NOTHING"
).replace("{bulk}", f"{SendClass.BULK:d}")
OWE_COLUMNS: Final = (
    ("key", "varchar"),
    ("chat_id", "bigint"),
    ("params", "text"),
    ("at", "timestamptz"),
    ("expires_at", "timestamptz"),
)


async def owe(connection: AsyncConnection, owed: Sequence[Owed], now: datetime) -> None:
    """Owes many messages at once; one whose key is there already is left as it is."""
    if owed:
        await write(connection, OWE, OWE_COLUMNS, owed, now)


def _row(cause: Cause, number: int, call: Call) -> dict[str, Any]:
    return {
        "key": f"{cause.key}:{number}",
        "chat_id": call.chat_id,
        "send_class": int(call.send_class),
        "method": call.method,
        "params": json.dumps(call.params),
        "state": "queued",
        "attempts": 0,
        "available_at": cause.at,
        "expires_at": cause.at + timedelta(seconds=call.lives) if call.lives else None,
        "created_at": cause.at,
    }


async def ready(
    connection: AsyncConnection,
    send_class: SendClass,
    held: Collection[int],
    now: datetime,
    limit: int,
) -> list[Leased]:
    """Calls of a class that may go now, oldest first, leaving out ``held`` chats.

    They are this transaction's until it ends, so that no other process leases them.
    """
    values = {"of_class": int(send_class), "now": now, "held": list(held), "most": limit}
    rows = await connection.execute(READY, values)
    return [Leased(*row) for row in rows]


async def lease(
    connection: AsyncConnection, ids: Collection[int], owner: str, now: datetime
) -> None:
    """Takes queued calls for ``owner``."""
    values = {"ids": list(ids), "by": owner, "until": now + LEASE}
    await connection.execute(LEASE_THEM, values)


async def finish_all(
    connection: AsyncConnection, owner: str, ends: Sequence[tuple[int, Outcome]], now: datetime
) -> None:
    """Ends calls and erases their parameters; leases that went to another sender stay as they are."""
    await connection.execute(
        FINISH,
        [
            {"call_id": call_id, "by": owner, "how": outcome.value, "at": now}
            for call_id, outcome in ends
        ],
    )


async def retry(
    connection: AsyncConnection,
    call_id: int,
    owner: str,
    outcome: Outcome,
    at: datetime | None,
    changes: Mapping[str, Any],
) -> bool:
    """Gives a call back for another try at ``at`` (None: at once, in its old place in the order).

    ``changes`` are other new values of its row.

    False when the lease has gone to another sender.
    """
    result = await connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == call_id, OutboxRow.state == LEASED, OutboxRow.lease_owner == owner)
        .values(
            state="queued",
            outcome=outcome.value,
            available_at=OutboxRow.available_at if at is None else at,
            lease_owner=None,
            lease_until=None,
            **changes,
        )
    )
    return result.rowcount == 1


async def release(
    connection: AsyncConnection, *, owner: str | None = None, before: datetime | None = None
) -> int:
    """Gives leased calls back: those of ``owner``, those whose lease ended ``before``, or all."""
    stale = [OutboxRow.state == LEASED]
    if owner is not None:
        stale.append(OutboxRow.lease_owner == owner)
    if before is not None:
        stale.append(OutboxRow.lease_until < before)
    result = await connection.execute(
        update(OutboxRow).where(*stale).values(state="queued", lease_owner=None, lease_until=None)
    )
    return int(result.rowcount)


async def move_chat(connection: AsyncConnection, old: int, new: int) -> None:
    """A group became a supergroup: what is owed to the old id is owed to the new one."""
    await connection.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == old, OutboxRow.state != "done")
        .values(chat_id=new)
    )


async def drop_chat(
    connection: AsyncConnection, chat_id: int, outcome: Outcome, now: datetime
) -> None:
    """Ends all queued calls to a chat."""
    await connection.execute(_end_queued(chat_id, outcome, now))


async def withdraw_answers(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """Ends the queued answers to a chat's own updates; warnings and notices stay."""
    answers = OutboxRow.key.startswith(ANSWER_KEY), OutboxRow.send_class == int(SendClass.ANSWER)
    await connection.execute(_end_queued(chat_id, Outcome.EXPIRED, now).where(*answers))


async def withdraw(connection: AsyncConnection, keys: Collection[str], now: datetime) -> None:
    """Ends the queued messages of these causes, owed with ``owe``; what is being sent goes out."""
    await connection.execute(
        update(OutboxRow)
        .where(OutboxRow.key.in_([f"{key}:0" for key in keys]), OutboxRow.state == QUEUED)
        .values(state="done", outcome=Outcome.EXPIRED.value, params=None, finished_at=now)
    )


async def withdraw_bulk(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """Ends the queued reminders to a chat; answers and warnings stay."""
    bulk = OutboxRow.send_class == int(SendClass.BULK)
    await connection.execute(_end_queued(chat_id, Outcome.EXPIRED, now).where(bulk))


def _end_queued(chat_id: int, outcome: Outcome, now: datetime) -> Update:
    return (
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id, OutboxRow.state == QUEUED)
        .values(state="done", outcome=outcome.value, params=None, finished_at=now)
    )


async def counts(connection: AsyncConnection) -> dict[str, int]:
    """How many calls are in each state."""
    rows = await connection.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
    return dict(rows.all())


async def forget_done(connection: AsyncConnection, now: datetime) -> int:
    """Drops the traces of calls that ended more than eight days ago; returns how many."""
    result = await connection.execute(
        delete(OutboxRow).where(OutboxRow.state == "done", OutboxRow.finished_at < now - KEEP)
    )
    return int(result.rowcount)
