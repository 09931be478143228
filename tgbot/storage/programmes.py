"""Queries on programmes and their sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
from tgbot.storage.models_exercise import ProgrammeRow, SessionRow


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A stored session; ``state`` is the domain's own JSON."""

    id: int
    person_id: int
    occurrence_id: int | None
    local_date: date
    state: str
    finished_at: datetime | None
    outcome: str | None


COLUMNS: Final = tuple(getattr(SessionRow, name) for name in StoredSession.__dataclass_fields__)


async def read(connection: AsyncConnection, person_id: int) -> str | None:
    """The kept programme of a person."""
    return await connection.scalar(
        select(ProgrammeRow.state).where(ProgrammeRow.person_id == person_id)
    )


async def write(connection: AsyncConnection, person_id: int, state: str, now: datetime) -> None:
    """Puts a programme in the place of the one before."""
    values = {"person_id": person_id, "state": state, "updated_at": now}
    statement = insert_into(connection, ProgrammeRow, values)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[ProgrammeRow.person_id], set_={"state": state, "updated_at": now}
        )
    )


async def add_session(
    connection: AsyncConnection,
    person_id: int,
    occurrence_id: int | None,
    local_date: date,
    state: str,
    now: datetime,
) -> int:
    """Stores a new session and returns its id."""
    statement = insert(SessionRow).values(
        person_id=person_id,
        occurrence_id=occurrence_id,
        local_date=local_date,
        state=state,
        started_at=now,
    )
    return int(await connection.scalar(statement.returning(SessionRow.id)) or 0)


async def find_session(
    connection: AsyncConnection, session_id: int, person_id: int
) -> StoredSession | None:
    """The session of that id, only if it is this person's."""
    return await _one(connection, SessionRow.id == session_id, SessionRow.person_id == person_id)


async def find_open(
    connection: AsyncConnection, person_id: int, local_date: date
) -> StoredSession | None:
    """The session of that day that is not finished."""
    return await _one(
        connection,
        SessionRow.person_id == person_id,
        SessionRow.local_date == local_date,
        SessionRow.finished_at.is_(None),
    )


async def _one(connection: AsyncConnection, *conditions: Any) -> StoredSession | None:  # noqa: ANN401 - SQL expressions
    rows = await connection.execute(
        select(*COLUMNS).where(*conditions).order_by(SessionRow.id.desc()).limit(1)
    )
    row = rows.one_or_none()
    return None if row is None else StoredSession(*row)


async def change_session(connection: AsyncConnection, session_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of a session."""
    await connection.execute(update(SessionRow).where(SessionRow.id == session_id).values(**values))


async def end_open(connection: AsyncConnection, person_id: int, outcome: str, now: datetime) -> int:
    """Ends every session of a person that is not finished; returns how many."""
    result = await connection.execute(
        update(SessionRow)
        .where(SessionRow.person_id == person_id, SessionRow.finished_at.is_(None))
        .values(finished_at=now, outcome=outcome)
    )
    return int(result.rowcount)
