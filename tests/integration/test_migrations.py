"""The schema: up, down, up again; nothing forgotten; four processes at once."""

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from tgbot.storage.engine import open_engine
from tgbot.storage.migrate import alembic_config, revisions, upgrade
from tgbot.storage.models import Base


async def test_models_and_migrations_say_the_same(engine):
    def differences(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_stairway_up_down_up(address):
    await upgrade(address)
    engine = open_engine(address, foreign_keys=False)

    def down(connection):
        command.downgrade(alembic_config(connection), "base")
        return set(inspect(connection).get_table_names())

    async with engine.begin() as connection:
        assert await connection.run_sync(down) == {"alembic_version"}
    await upgrade(address)
    now, head = await revisions(engine)
    assert now == head is not None
    await engine.dispose()


async def test_four_that_start_at_once_migrate_once(address):
    await asyncio.gather(*(upgrade(address) for _ in range(4)))
    engine = open_engine(address)
    now, head = await revisions(engine)
    assert now == head
    await engine.dispose()


async def test_a_failed_migration_leaves_nothing_half_done(address, monkeypatch):
    def half(config, _target):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise RuntimeError

    monkeypatch.setattr("tgbot.storage.migrate.command.upgrade", half)
    with pytest.raises(RuntimeError):
        await upgrade(address)
    engine = open_engine(address)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    await engine.dispose()
