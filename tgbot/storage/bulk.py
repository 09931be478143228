"""Many rows in one statement: they travel as one JSON text, which both databases take apart fast.

A statement for each row, or a parameter for each value, costs several times as much as the work
itself (docs/benchmarks.md).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

Columns = tuple[tuple[str, str], ...]
"""Names and PostgreSQL types; SQLite takes values as they come."""

ROWS: Final = "{rows}"
"""Where the rows stand in a statement; there they are the table ``v``."""


@lru_cache
def statement(sql: str, columns: Columns, dialect: str) -> TextClause:
    """The statement with ``ROWS`` replaced by a table ``v`` of the bound parameter ``rows``."""
    if dialect == "postgresql":
        picks = ", ".join(
            f"CAST(e->>{n} AS {kind}) AS {name}" for n, (name, kind) in _each(columns)
        )
        source = "json_array_elements(CAST(:rows AS json)) AS e"
    else:
        picks = ", ".join(f"value->>{n} AS {name}" for n, (name, _kind) in _each(columns))
        source = "json_each(:rows)"
    rows = f"(SELECT {picks} FROM {source}) AS v"  # noqa: S608 - of constants only
    return text(sql.replace(ROWS, rows))


def _each(columns: Columns) -> Iterable[tuple[int, tuple[str, str]]]:
    return enumerate(columns)


def packed(rows: Sequence[Sequence[Any]], connection: AsyncConnection) -> str:
    """The rows as JSON, times in the form in which this database keeps them."""
    moment = _moment_pg if connection.dialect.name == "postgresql" else _moment_lite
    return json.dumps(rows, default=lambda value: _plain(value, moment), separators=(",", ":"))


def _plain(value: object, moment: Callable[[datetime], str]) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be packed")


@lru_cache(maxsize=4096)
def _moment_lite(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=4096)
def _moment_pg(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()
