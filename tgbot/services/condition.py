"""How the database is: for the doctor and for operators, in counts only."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage import facts, inbox, people
from tgbot.storage.engine import open_engine, reading
from tgbot.storage.migrate import revisions

LAST_TICK = "last_tick"
SQLITE = "sqlite+aiosqlite:///"


@dataclass(frozen=True, slots=True)
class Condition:
    """The revision of the database and the newest there is; counts; when the bot last ticked."""

    revision: str | None
    newest: str | None
    people: int = 0
    parked: int = 0
    last_tick: datetime | None = None


async def read_condition(address: str) -> Condition | None:
    """The condition of the database at a SQLAlchemy address; None when it cannot be opened."""
    if _is_missing(address):
        return Condition(None, None)
    engine = open_engine(address)
    try:
        revision, newest = await revisions(engine)
        if revision is None:
            return Condition(None, newest)
        async with reading(engine) as connection:
            ticked = await facts.read(connection, LAST_TICK)
            return Condition(
                revision,
                newest,
                await people.count(connection),
                (await inbox.counts(connection)).get("parked", 0),
                datetime.fromisoformat(ticked) if ticked else None,
            )
    except (DBAPIError, OSError):
        return None
    finally:
        await engine.dispose()


def _is_missing(address: str) -> bool:
    """Whether an SQLite file is not there; opening it would make an empty one."""
    return address.startswith(SQLITE) and not Path(address.removeprefix(SQLITE)).exists()


async def note_tick(connection: AsyncConnection, now: datetime) -> None:
    """Leaves the trace by which ``tgbot doctor`` sees that the bot is alive."""
    await facts.write(connection, LAST_TICK, now.isoformat())
