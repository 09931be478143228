"""Connections: one engine for both databases, with SQLite made durable and honest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
)
"""FULL: what is acknowledged survives a power cut. secure_delete: what is erased is gone."""


def open_engine(address: str, *, foreign_keys: bool = True, durable: bool = True) -> AsyncEngine:
    """An engine for a SQLAlchemy database address (``sqlite+aiosqlite`` or ``postgresql+psycopg``).

    ``foreign_keys=False`` is for migrations: SQLite changes a table by making it anew, and dropping
    the old one would otherwise delete everything that refers to it. ``durable=False`` is for files
    that are thrown away: SQLite then keeps much in memory and waits for no disk.
    """
    if not address.startswith("sqlite"):
        return create_async_engine(address, pool_pre_ping=True, pool_size=8)
    # The driver's own transactions begin too late: a read-then-write loses updates.
    engine = create_async_engine(address, connect_args={"isolation_level": None})
    event.listen(engine.sync_engine, "connect", _prepare)
    if not foreign_keys:
        event.listen(engine.sync_engine, "connect", _unbind)
    if not durable:
        event.listen(engine.sync_engine, "connect", _hurry)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own types
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _unbind(connection: Any, _record: Any) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _hurry(connection: Any, _record: Any) -> None:  # noqa: ANN401
    cursor = connection.cursor()
    for pragma in ("synchronous=OFF", "secure_delete=OFF", "cache_size=-200000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection for reading only: takes no lock, so it never waits for a writer."""
    async with engine.connect() as connection:
        yield await connection.execution_options(isolation_level="AUTOCOMMIT")
