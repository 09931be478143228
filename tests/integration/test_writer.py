"""The one writer: jobs share commits, but not their failures."""

import asyncio

import pytest
from sqlalchemy import func, select

from tgbot.storage import facts
from tgbot.storage.models import FactRow
from tgbot.storage.writer import Writer


@pytest.fixture
async def writer(engine):
    writer = Writer(engine)
    task = asyncio.create_task(writer.serve())
    yield writer
    task.cancel()


async def count(engine):
    async with engine.connect() as connection:
        return await connection.scalar(select(func.count()).select_from(FactRow))


async def test_many_jobs_at_once_are_all_committed(engine, writer):
    async def job(number):
        await writer.run(lambda c: facts.write(c, f"k{number}", "v"))

    await asyncio.gather(*(job(number) for number in range(200)))
    assert await count(engine) == 200


async def test_read_then_write_loses_nothing(engine, writer):
    async def add_one(connection):
        value = int(await facts.read(connection, "n") or 0)
        await facts.write(connection, "n", str(value + 1))

    await asyncio.gather(*(writer.run(add_one) for _ in range(100)))
    async with engine.connect() as connection:
        assert await facts.read(connection, "n") == "100"


async def test_a_job_that_raises_is_undone_and_the_others_stay(engine, writer):
    async def bad(connection):
        await facts.write(connection, "bad", "v")
        raise ValueError

    results = await asyncio.gather(
        writer.run(lambda c: facts.write(c, "a", "v")),
        writer.run(bad),
        writer.run(lambda c: facts.write(c, "b", "v")),
        return_exceptions=True,
    )
    assert isinstance(results[1], ValueError)
    async with engine.connect() as connection:
        assert await facts.read(connection, "bad") is None
        assert await facts.read(connection, "a") == await facts.read(connection, "b") == "v"


async def test_a_job_given_up_before_it_began_does_not_run(engine, writer):
    gate = asyncio.Event()

    async def slow(_connection):
        await gate.wait()

    first = asyncio.create_task(writer.run(slow))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(writer.run(lambda c: facts.write(c, "late", "v")))
    await asyncio.sleep(0.01)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.set()
    await first
    await writer.run(lambda c: facts.write(c, "end", "v"))
    assert await count(engine) == 1
