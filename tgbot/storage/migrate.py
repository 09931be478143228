"""Brings the database to the newest migration, under a lock, all or nothing."""

import asyncio
from importlib.resources import files
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from tgbot.storage.engine import open_engine

LOCK: Final = 7_327_001
"""Any fixed number: the advisory lock that two starting processes meet at."""


def migration_folder() -> Path:
    """Where the migrations lie: inside the installed package, else beside it in the checkout."""
    packaged = Path(str(files("tgbot"))) / "_migrations"
    return packaged if packaged.is_dir() else Path(str(files("tgbot"))).parent / "alembic"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for our folder; ``connection`` is handed to ``env.py``."""
    config = Config()
    config.set_main_option("script_location", str(migration_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(address: str, target: str = "head") -> None:
    """Runs all missing migrations in one locked transaction; a failure leaves nothing half done."""
    engine = open_engine(address, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                lock = text("SELECT pg_advisory_xact_lock(:lock)")
                await connection.execute(lock, {"lock": LOCK})
            await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), target))
    finally:
        await engine.dispose()


async def revisions(engine: AsyncEngine) -> tuple[str | None, str | None]:
    """The revision of the database (None before the first) and the newest one there is."""
    head = await asyncio.to_thread(
        lambda: ScriptDirectory.from_config(alembic_config()).get_current_head()
    )
    async with engine.connect() as connection:
        now = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return now, head
