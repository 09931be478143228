"""Queries on people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.reminding import Quiet
from tgbot.storage.dialect import insert_into
from tgbot.storage.models import PersonRow

WARNING_LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept about a person; see ``PersonRow``."""

    id: int
    language: str
    country: str | None
    zone: str | None
    stopped_at: datetime | None
    blocked_at: datetime | None
    consent_version: str | None
    warned_at: datetime | None
    warned_of: tuple[str, ...]
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    open_text: bool = False
    """Reminders may say on the lock screen what they are about."""

    @property
    def quiet(self) -> Quiet:
        """The hours in which nothing rings that the person did not insist on."""
        return Quiet(self.quiet_from, self.quiet_to)

    def recently_warned_of(self, now: datetime) -> tuple[str, ...]:
        """The conditions of warnings that still stand."""
        fresh = self.warned_at is not None and now - self.warned_at < WARNING_LASTS
        return self.warned_of if fresh else ()


COLUMNS: Final = tuple(getattr(PersonRow, name) for name in Person.__dataclass_fields__)
FIND: Final = select(*COLUMNS).where(PersonRow.id == bindparam("person_id"))
FIND_ALL: Final = select(*COLUMNS).where(PersonRow.id.in_(bindparam("ids", expanding=True)))
"""Made once: it runs for every update, and putting it together costs more than running it."""


async def add_all(connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
    """Adds those of these people who are new."""
    rows = [{"id": one, "language": "en", "created_at": now, "warned_of": []} for one in ids]
    if rows:
        statement = insert_into(connection, PersonRow, {}).on_conflict_do_nothing()
        await connection.execute(statement, rows)


async def ensure(connection: AsyncConnection, person_id: int, now: datetime) -> Person:
    """The person, added if new."""
    person = await find(connection, person_id)
    if person is None:
        await add_all(connection, [person_id], now)
        person = await find(connection, person_id)
    if person is None:
        raise LookupError("a person was added and is not there")
    return person


async def arrive(
    connection: AsyncConnection, person_id: int, now: datetime, known: Person | None
) -> Person:
    """The person who just wrote, added if new; whoever had blocked the bot is back.

    ``known`` is the person as read a moment ago, which spares reading it again.
    """
    person = known or await ensure(connection, person_id, now)
    if person.blocked_at is None:
        return person
    await change(connection, person_id, blocked_at=None)
    return replace(person, blocked_at=None)


def stranger(person_id: int) -> Person:
    """Someone of whom nothing is kept, such as a member of a group."""
    return Person(person_id, "en", None, None, None, None, None, None, ())


async def find(connection: AsyncConnection, person_id: int) -> Person | None:
    """The person, or None."""
    rows = await connection.execute(FIND, {"person_id": person_id})
    row = rows.one_or_none()
    return None if row is None else _person(row)


async def find_all(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Person]:
    """Those of these people who are known, by id."""
    rows = await connection.execute(FIND_ALL, {"ids": list(ids)})
    return {row[0]: _person(row) for row in rows}


def _person(row: Sequence[Any]) -> Person:
    person = Person(*row)
    return replace(person, warned_of=tuple(person.warned_of))


async def change(connection: AsyncConnection, person_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of a person."""
    await connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(**values))


async def note_warning(
    connection: AsyncConnection, person_id: int, conditions: tuple[str, ...], now: datetime
) -> None:
    """Remembers which warning was given when."""
    await change(connection, person_id, warned_at=now, warned_of=list(conditions))


async def block(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """The person blocked the bot or is gone: nothing more is sent until they write again."""
    await connection.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id, PersonRow.blocked_at.is_(None))
        .values(blocked_at=now)
    )


async def forget(connection: AsyncConnection, person_id: int) -> None:
    """Deletes a person with everything that hangs on them."""
    await connection.execute(delete(PersonRow).where(PersonRow.id == person_id))


async def count(connection: AsyncConnection) -> int:
    """How many people there are."""
    return int(await connection.scalar(select(func.count()).select_from(PersonRow)) or 0)
