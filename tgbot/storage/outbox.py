"""Queries on the outbox: Bot API calls wait here until they are sent."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.delivery import Outcome, SendClass
from tgbot.domain.rendering import Call
from tgbot.storage.dialect import insert_into
from tgbot.storage.models import OutboxRow

LEASE: Final = timedelta(seconds=25)
"""How long a sender may keep a call; longer than any try takes."""

KEEP: Final = timedelta(days=8)

QUEUED: Final = literal("queued", literal_execute=True)
LEASED: Final = literal("leased", literal_execute=True)
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


async def queue(
    connection: AsyncConnection, calls: Iterable[Call], key: str, now: datetime
) -> None:
    """Owes some calls. ``key`` names their cause, so that the same cause never queues twice."""
    rows = [
        {
            "key": f"{key}:{number}",
            "chat_id": call.chat_id,
            "send_class": int(call.send_class),
            "method": call.method,
            "params": json.dumps(call.params),
            "state": "queued",
            "attempts": 0,
            "available_at": now,
            "expires_at": now + timedelta(seconds=call.lives) if call.lives else None,
            "created_at": now,
        }
        for number, call in enumerate(calls)
    ]
    if rows:
        await connection.execute(insert_into(connection, OutboxRow, rows).on_conflict_do_nothing())


async def ready(
    connection: AsyncConnection,
    send_class: SendClass,
    held: Collection[int],
    now: datetime,
    limit: int,
) -> list[Leased]:
    """Calls of a class that may go now, oldest first, leaving out ``held`` chats."""
    columns = [getattr(OutboxRow, name) for name in Leased.__dataclass_fields__]
    rows = await connection.execute(
        select(*columns)
        .where(
            OutboxRow.state == QUEUED,
            OutboxRow.send_class == int(send_class),
            OutboxRow.available_at <= now,
            OutboxRow.chat_id.not_in(held),
        )
        .order_by(OutboxRow.available_at, OutboxRow.id)
        .limit(limit)
    )
    return [Leased(*row) for row in rows]


async def lease(
    connection: AsyncConnection, ids: Collection[int], owner: str, now: datetime
) -> None:
    """Takes queued calls for ``owner``."""
    await connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.state == QUEUED)
        .values(
            state="leased",
            lease_owner=owner,
            lease_until=now + LEASE,
            attempts=OutboxRow.attempts + 1,
        )
    )


async def finish(
    connection: AsyncConnection, call_id: int, owner: str, outcome: Outcome, now: datetime
) -> bool:
    """Ends a call and erases its parameters; False when the lease has gone to another sender."""
    return await _settle(
        connection,
        call_id,
        owner,
        state="done",
        outcome=outcome.value,
        params=None,
        finished_at=now,
    )


async def retry(
    connection: AsyncConnection,
    call_id: int,
    owner: str,
    outcome: Outcome,
    at: datetime,
    changes: Mapping[str, Any],
) -> bool:
    """Gives a call back for another try at ``at``, perhaps with other ``changes`` to its row."""
    return await _settle(
        connection,
        call_id,
        owner,
        state="queued",
        outcome=outcome.value,
        available_at=at,
        **changes,
    )


async def _settle(
    connection: AsyncConnection,
    call_id: int,
    owner: str,
    **values: Any,  # noqa: ANN401
) -> bool:
    result = await connection.execute(
        update(OutboxRow)
        .where(OutboxRow.id == call_id, OutboxRow.state == LEASED, OutboxRow.lease_owner == owner)
        .values(lease_owner=None, lease_until=None, **values)
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
    connection: AsyncConnection,
    chat_id: int,
    classes: Collection[SendClass],
    outcome: Outcome,
    now: datetime,
) -> int:
    """Ends all queued calls of these classes to a chat; returns how many."""
    result = await connection.execute(
        update(OutboxRow)
        .where(
            OutboxRow.chat_id == chat_id,
            OutboxRow.state == QUEUED,
            OutboxRow.send_class.in_([int(one) for one in classes]),
        )
        .values(state="done", outcome=outcome.value, params=None, finished_at=now)
    )
    return int(result.rowcount)


async def counts(connection: AsyncConnection) -> dict[str, int]:
    """How many calls are in each state."""
    rows = await connection.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
    return dict(rows.tuples().all())


async def oldest_queued(connection: AsyncConnection, now: datetime) -> datetime | None:
    """When the call that has been ready longest became ready; None when nothing waits."""
    value = await connection.scalar(
        select(func.min(OutboxRow.available_at)).where(
            OutboxRow.state == QUEUED, OutboxRow.available_at <= now
        )
    )
    return value


async def forget_done(connection: AsyncConnection, now: datetime) -> int:
    """Drops the traces of calls that ended more than eight days ago; returns how many."""
    result = await connection.execute(
        delete(OutboxRow).where(OutboxRow.state == "done", OutboxRow.finished_at < now - KEEP)
    )
    return int(result.rowcount)
