"""Tables full of people with a reminder each, made by the database itself: quick, whatever the size."""

from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from typing import Any

from sqlalchemy import ColumnElement, Time, case, func, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage import facts
from tgbot.storage.engine import open_engine, reading
from tgbot.storage.migrate import upgrade
from tgbot.storage.models import OccurrenceRow, OutboxRow, PersonRow, ReminderRow, UtcDateTime

NOON = datetime(2027, 6, 1, 12, 0, tzinfo=UTC)
"""When the due ones are due; it is day in all of the zones."""

ZONES = {
    "Europe/London": 13,
    "Europe/Berlin": 14,
    "America/New_York": 8,
    "America/Sao_Paulo": 9,
    "Africa/Lagos": 13,
    "Africa/Johannesburg": 14,
    "Asia/Dubai": 16,
    "Asia/Shanghai": 20,
}
"""Zones, and the hour that clocks there show at ``NOON``."""

EVERY_DAY = 127
HOURS = 23


async def stock(address: str, stored: int, due: int) -> None:
    """A new database with ``stored`` people and reminders, of which ``due`` are due at ``NOON``."""
    await upgrade(address)
    engine = open_engine(address)
    async with engine.begin() as connection:
        await _people(connection, stored)
        await _reminders(connection, stored, due)
        await facts.write(connection, "tzdata", version("tzdata"))
        if connection.dialect.name == "postgresql":
            # A server that has run for a minute knows the size of its tables by itself.
            await connection.execute(text("ANALYZE"))
    await engine.dispose()


async def _people(connection: AsyncConnection, count: int) -> None:
    n = _numbers(count)
    values = {
        "id": n,
        "language": literal("en"),
        "zone": _by_zone(n, {zone: literal(zone) for zone in ZONES}),
        "created_at": _instant(NOON - timedelta(days=9)),
        "warned_of": literal([], PersonRow.warned_of.type),
    }
    await _insert(connection, PersonRow, values)


async def _reminders(connection: AsyncConnection, count: int, due: int) -> None:
    n = _numbers(count)
    later = [(n % HOURS == k, _instant(NOON + timedelta(hours=k + 1))) for k in range(HOURS)]
    values = {
        "person_id": n,
        "kind": literal("exercise"),
        "at": _by_zone(n, {zone: literal(time(hour), Time()) for zone, hour in ZONES.items()}),
        "days": literal(EVERY_DAY),
        "next_due": case((n <= due, _instant(NOON)), *later),
        "next_date": literal(date(2027, 6, 1)),
        "created_at": _instant(NOON - timedelta(days=9)),
    }
    await _insert(connection, ReminderRow, values)


async def _insert(
    connection: AsyncConnection, table: type[Any], values: dict[str, ColumnElement[Any]]
) -> None:
    await connection.execute(insert(table).from_select(list(values), select(*values.values())))


def _numbers(count: int) -> ColumnElement[int]:
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < count))
    return numbers.c.n


def _by_zone(n: ColumnElement[int], values: dict[str, Any]) -> ColumnElement[Any]:
    return case(*((n % len(ZONES) == k, values[zone]) for k, zone in enumerate(ZONES)))


def _instant(value: datetime) -> ColumnElement[datetime]:
    return literal(value, UtcDateTime())


async def check(address: str, due: int) -> None:
    """Every due reminder has its one occurrence and its one message, and is planned anew.

    Raises:
        RuntimeError: something is missing or double.
    """
    engine = open_engine(address)
    async with reading(engine) as connection:
        found = {
            "occurrences": await _count(connection, OccurrenceRow.id),
            "of reminders": await _count(connection, OccurrenceRow.reminder_id.distinct()),
            "messages": await _count(connection, OutboxRow.id),
            "to people": await _count(connection, OutboxRow.chat_id.distinct()),
        }
        left = select(func.count()).where(ReminderRow.next_due <= NOON)
        undone = await connection.scalar(left)
    await engine.dispose()
    if undone or set(found.values()) != {due}:
        raise RuntimeError(f"{due} were due, {undone} are still, and there are {found}")


async def _count(connection: AsyncConnection, column: Any) -> int:
    return int(await connection.scalar(select(func.count(column))) or 0)
