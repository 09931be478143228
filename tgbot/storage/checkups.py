"""Queries on symptom checks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.models import CheckupRow


@dataclass(frozen=True, slots=True)
class Checkup:
    """A stored symptom check; ``state`` is the dialogue's own JSON."""

    id: int
    person_id: int
    state: str
    level: str | None
    started_at: datetime
    finished_at: datetime | None


COLUMNS: Final = tuple(getattr(CheckupRow, name) for name in Checkup.__dataclass_fields__)


async def add(connection: AsyncConnection, person_id: int, state: str, now: datetime) -> int:
    """Stores a new check and returns its id."""
    statement = (
        insert(CheckupRow)
        .values(person_id=person_id, state=state, started_at=now, updated_at=now)
        .returning(CheckupRow.id)
    )
    return int(await connection.scalar(statement) or 0)


async def find(connection: AsyncConnection, checkup_id: int, person_id: int) -> Checkup | None:
    """The check of that id, only if it is this person's."""
    rows = await connection.execute(
        select(*COLUMNS).where(CheckupRow.id == checkup_id, CheckupRow.person_id == person_id)
    )
    row = rows.one_or_none()
    return None if row is None else Checkup(*row)


async def find_open(connection: AsyncConnection, person_id: int) -> Checkup | None:
    """The newest check that is not finished."""
    rows = await connection.execute(
        select(*COLUMNS)
        .where(CheckupRow.person_id == person_id, CheckupRow.finished_at.is_(None))
        .order_by(CheckupRow.id.desc())
        .limit(1)
    )
    row = rows.one_or_none()
    return None if row is None else Checkup(*row)


async def save(
    connection: AsyncConnection,
    checkup_id: int,
    state: str,
    ended: tuple[str, datetime] | None,
    now: datetime,
) -> None:
    """Stores the state; ``ended`` is the level of a result and since when it stands, if it does."""
    level, finished_at = ended or (None, None)
    await connection.execute(
        update(CheckupRow)
        .where(CheckupRow.id == checkup_id)
        .values(state=state, level=level, updated_at=now, finished_at=finished_at)
    )


async def drop_open(connection: AsyncConnection, person_id: int) -> int:
    """Deletes unfinished checks of a person; returns how many."""
    result = await connection.execute(
        delete(CheckupRow).where(
            CheckupRow.person_id == person_id, CheckupRow.finished_at.is_(None)
        )
    )
    return int(result.rowcount)
