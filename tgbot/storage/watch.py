"""Looks every second whether anything is due at all, as cheaply as each database allows."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, create_engine, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tgbot.storage.engine import reading
from tgbot.storage.models import FollowupRow, OccurrenceRow, ReminderRow, UtcDateTime

_NOW: Final = bindparam("now", type_=UtcDateTime())
ANYTHING: Final = select(
    or_(
        exists().where(ReminderRow.next_due <= _NOW),
        exists().where(OccurrenceRow.again_at <= _NOW),
        exists().where(FollowupRow.next_due <= _NOW),
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
