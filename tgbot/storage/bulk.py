"""Many rows in one statement: they travel as one JSON text, which both databases take apart fast.

A statement for each row, or a parameter for each value, costs several times as much as the work
itself (docs/benchmarks.md).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

Columns = tuple[tuple[str, str], ...]
"""Names and PostgreSQL types; SQLite takes values as they come."""

ROWS: Final = "{rows}"
"""Where the rows stand in a statement; there they are the table ``v``."""

TEMPORAL: Final = frozenset({"timestamptz", "date"})


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


def packed(rows: Sequence[Sequence[Any]], columns: Columns, connection: AsyncConnection) -> str:
    """The rows as JSON, times in the form in which this database keeps them."""
    texts = _Texts(connection.dialect.name)
    # A column at a time, because calls for each value are what costs most here.
    plain = (
        map(texts.__getitem__, values) if kind in TEMPORAL else values
        for values, (_name, kind) in zip(zip(*rows, strict=True), columns, strict=True)
    )
    return json.dumps(list(zip(*plain, strict=True)), separators=(",", ":"))


class _Texts(dict[date | None, str | None]):
    """Times and dates as texts; thousands of rows share them."""

    def __init__(self, dialect: str) -> None:
        super().__init__({None: None})
        # SQLite keeps times as texts, all in UTC without saying so.
        self._separator, self._zone = (" ", "+00:00") if dialect == "sqlite" else ("T", "")

    def __missing__(self, value: date) -> str:
        text = self[value] = self._write(value)
        return text

    def _write(self, value: date) -> str:
        if not isinstance(value, datetime):
            return value.isoformat()
        text = value.astimezone(UTC).isoformat(self._separator, "microseconds")
        return text.removesuffix(self._zone)
