"""Queries on notes: what the bot keeps in mind about a person for a while."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
from tgbot.storage.models import NoteRow


class NoteKind(StrEnum):
    """What a note is about: what the bot waits for, what was last talked about, what is held back."""

    EXPECTING = "expecting"
    TOPIC = "topic"
    HELD = "held"
    DRINK_TIMES = "drink_times"
    """Times for drink reminders that are wanted once the safety questions are answered."""


async def read(
    connection: AsyncConnection, person_id: int, kind: NoteKind, now: datetime
) -> dict[str, Any] | None:
    """The note, unless there is none or it has lapsed."""
    statement = select(NoteRow.data).where(
        NoteRow.person_id == person_id, NoteRow.kind == kind.value, NoteRow.expires_at > now
    )
    return await connection.scalar(statement)


async def write(
    connection: AsyncConnection,
    person_id: int,
    kind: NoteKind,
    data: Mapping[str, Any],
    until: datetime,
) -> None:
    """Puts a note in the place of the old one of its kind."""
    row = {"person_id": person_id, "kind": kind.value, "data": dict(data), "expires_at": until}
    statement = insert_into(connection, NoteRow, row)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "kind"],
            set_={"data": statement.excluded.data, "expires_at": statement.excluded.expires_at},
        )
    )


async def drop(connection: AsyncConnection, person_id: int, kind: NoteKind) -> bool:
    """Forgets a note; True when there was one."""
    result = await connection.execute(
        delete(NoteRow).where(NoteRow.person_id == person_id, NoteRow.kind == kind.value)
    )
    return result.rowcount == 1


async def forget_lapsed(connection: AsyncConnection, now: datetime) -> int:
    """Deletes all notes that lapsed more than a day ago; returns how many."""
    result = await connection.execute(
        delete(NoteRow).where(NoteRow.expires_at < now - timedelta(days=1))
    )
    return int(result.rowcount)
