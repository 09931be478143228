"""Alembic's entry: uses the connection it is handed, or opens the configured database itself."""

import asyncio
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from tgbot.settings import read_settings
from tgbot.storage import models_exercise  # noqa: F401 - its tables belong to the base too
from tgbot.storage.engine import open_engine
from tgbot.storage.models import Base, UtcDateTime


def _render(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Keeps our own types out of migrations, which must not change when the code does."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _open_and_migrate() -> None:
    settings = read_settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    async with engine.begin() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


handed = context.config.attributes.get("connection")
if handed is None:
    asyncio.run(_open_and_migrate())
else:
    _migrate(handed)
