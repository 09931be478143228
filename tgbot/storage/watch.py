"""Looks every second whether anything is due at all, as cheaply as each database allows."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, create_engine, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from tgbot.storage.engine import reading
from tgbot.storage.models import FollowupRow, OccurrenceRow, ReminderRow, UtcDateTime

_NOW: Final = bindparam("now", type_=UtcDateTime())


def _first(column: InstrumentedAttribute[datetime | None]) -> ColumnElement[bool]:
    """Whether anything is due, by the order of the index.

    A plain EXISTS is planned on PostgreSQL as a walk through the table, in the belief that it will
    meet one soon: 90 ms with a million rows of which none is due.
    """
    earliest = select(column).where(column <= _NOW).order_by(column).limit(1)
    return earliest.scalar_subquery().is_not(None)


ANYTHING: Final = select(
    or_(
        _first(ReminderRow.next_due),
        _first(OccurrenceRow.again_at),
        _first(FollowupRow.next_due),
    )
)


class Watch:
    """One question to the database, asked again and again."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._file = None
        if engine.dialect.name == "sqlite":
            # Asked on the spot: the file answers in microseconds and a reader waits for no writer,
            # while handing the question to the driver's thread and back takes much longer.
            address = engine.url.set(drivername="sqlite")
            options = {"isolation_level": "AUTOCOMMIT"}
            self._file = create_engine(address).connect().execution_options(**options)

    async def anything(self, now: datetime) -> bool:
        """Whether a reminder, something put off, or a follow-up is due."""
        if self._file is not None:
            return bool(self._file.scalar(ANYTHING, {"now": now}))
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(ANYTHING, {"now": now}))

    def close(self) -> None:
        """Lets the file go."""
        if self._file is not None:
            self._file.close()
            self._file.engine.dispose()
