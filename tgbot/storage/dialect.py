"""The one statement that the two databases spell with different classes: insert what is not there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import DeclarativeBase

Insert = postgresql.Insert | sqlite.Insert


def insert_into(
    connection: AsyncConnection,
    table: type[DeclarativeBase],
    rows: Sequence[Mapping[str, Any]] | Mapping[str, Any],
) -> Insert:
    """An INSERT that can say ON CONFLICT, for the database at hand."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).values(rows)
    return sqlite.insert(table).values(rows)
