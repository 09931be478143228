"""Queries on facts about the database itself."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage.dialect import insert_into
from tgbot.storage.models import FactRow


async def read(connection: AsyncConnection, name: str) -> str | None:
    """The fact, or None."""
    return await connection.scalar(select(FactRow.value).where(FactRow.name == name))


async def write(connection: AsyncConnection, name: str, value: str) -> None:
    """Sets the fact."""
    statement = insert_into(connection, FactRow, {"name": name, "value": value})
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": statement.excluded.value}
        )
    )
