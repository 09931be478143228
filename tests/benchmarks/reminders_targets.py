"""The targets of the benchmark on reminders, each beside what this run measured."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def judge(rows: Sequence[Row], few: int, many: int, most: int) -> list[Row]:
    """A row for each target."""
    return [*_speed(_due(rows), few, many), *_limits(rows, few, many, most)]


def _due(rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    return {(r["who"], r["due"]): r for r in rows if r["benchmark"] == "reminders due"}


def _speed(due: dict[tuple[str, int], Row], few: int, many: int) -> list[Row]:
    pairs = [
        ("ours, PostgreSQL", "JobQueue", few, 4),
        ("ours, PostgreSQL", "job store, PostgreSQL", few, 10),
        ("ours, SQLite", "JobQueue", few, 10),
        ("ours, SQLite", "job store, SQLite", few, 60),
        ("ours, PostgreSQL", "JobQueue", many, 5),
        ("ours, PostgreSQL, two workers", "JobQueue", many, 9),
    ]
    return [
        _target(
            f"{size:,} due: {who}, times as fast as the {peer}",
            due[peer, size]["seconds"] / due[who, size]["seconds"],
            wanted,
            at_least=True,
        )
        for who, peer, size, wanted in pairs
    ]


def _limits(rows: Sequence[Row], few: int, many: int, most: int) -> list[Row]:
    due = _due(rows)
    ours = [row for (who, _size), row in due.items() if who.startswith("ours")]
    memory = max(row["peak_mb"] for row in ours if row["due"] == many)
    share = memory / due["JobQueue", many]["peak_mb"]
    return [
        _target("largest gap of the loop, ms", max(row["gap_ms"] for row in ours), 50),
        _target(f"memory with {many:,} due, share of the JobQueue's", share, 0.25),
        *_stored(rows, "SQLite", few, most, 0.2),
        *_stored(rows, "PostgreSQL", few, most, 2),
    ]


def _stored(rows: Sequence[Row], kind: str, few: int, most: int, idle_ms: float) -> list[Row]:
    who = f"ours, {kind}"
    (row,) = (r for r in rows if r.get("who") == who and r.get("stored") == most)
    small = _due(rows)[who, few]["peak_mb"]
    return [
        _target(f"start with {most:,} stored, s: {kind}", row["start_s"], 1.5),
        _target(f"idle tick with {most:,} stored, ms: {kind}", row["idle_ms"], idle_ms),
        _target(
            f"memory while {few:,} are claimed, {most:,} stored against {few:,}: {kind}",
            row["draining_mb"] / small,
            1.1,
        ),
    ]


def _target(what: str, measured: float, wanted: float, *, at_least: bool = False) -> Row:
    reached = measured >= wanted if at_least else measured <= wanted
    row = {"benchmark": "reminders target", "what": what, "measured": round(measured, 3)}
    return row | {
        "wanted": f"{'≥' if at_least else '≤'} {wanted}",
        "reached": "yes" if reached else "NO",
    }
