"""Many rows in one statement, in the way that is cheapest on each database (docs/benchmarks.md).

PostgreSQL takes an array for each column, SQLite all rows as one JSON text. The statements go to the
driver as they are: only so do the arrays travel in PostgreSQL's binary form, which is three times as
fast as text.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

Columns = tuple[tuple[str, str], ...]
"""Names and PostgreSQL types; SQLite takes values as they come."""

Rows = Sequence[Sequence[Any]]

ROWS: Final = "{rows}"
"""Where the rows stand in a statement; there they are the table ``v``."""

NOW: Final = "{now}"
"""Where the moment stands that is given with the rows."""

TEMPORAL: Final = frozenset({"timestamptz", "date"})


async def write(
    connection: AsyncConnection, sql: str, columns: Columns, rows: Rows, now: datetime | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Runs a statement with ``ROWS`` (there must be some) in it, and perhaps ``NOW``."""
    dialect = connection.dialect.name
    values = _arrays(rows) if dialect == "postgresql" else _json(rows, columns)
    if now is not None:
        values["now"] = now if dialect == "postgresql" else _Texts()[now]
    return await connection.exec_driver_sql(_statement(sql, columns, dialect), values)


@lru_cache
def _statement(sql: str, columns: Columns, dialect: str) -> str:
    if dialect == "postgresql":
        arrays = ", ".join(f"%(c{n})b::{kind}[]" for n, (_name, kind) in enumerate(columns))
        names = ", ".join(name for name, _kind in columns)
        return sql.replace(ROWS, f"unnest({arrays}) AS v({names})").replace(NOW, "%(now)b")
    picks = ", ".join(f"value->>{n} AS {name}" for n, (name, _kind) in enumerate(columns))
    rows = f"(SELECT {picks} FROM json_each(:rows)) AS v"  # noqa: S608 - of constants only
    return sql.replace(ROWS, rows).replace(NOW, ":now")


def _arrays(rows: Rows) -> dict[str, Any]:
    return {f"c{n}": list(values) for n, values in enumerate(zip(*rows, strict=True))}


def _json(rows: Rows, columns: Columns) -> dict[str, Any]:
    texts = _Texts()
    # A column at a time, because calls for each value are what costs most here.
    plain = (
        map(texts.__getitem__, values) if kind in TEMPORAL else values
        for values, (_name, kind) in zip(zip(*rows, strict=True), columns, strict=True)
    )
    return {"rows": json.dumps(list(zip(*plain, strict=True)), separators=(",", ":"))}


class _Texts(dict[date | None, str | None]):
    """Times and dates as SQLite keeps them; thousands of rows share them."""

    def __init__(self) -> None:
        super().__init__({None: None})

    def __missing__(self, value: date) -> str:
        text = self[value] = _text(value)
        return text


def _text(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")
