"""Reminders that are due all at once: Surefoot beside the JobQueue and APScheduler's job store.

The comparison is not made easy. The peers' callbacks write nothing and their jobs may be as late as
they like; ours writes the occurrence, the message and the next date. The clock runs from the moment
at which everything is due until the last one has fired, or is claimed and committed.
"""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.benchmarks import reminders_workers as workers
from tests.benchmarks.figures import show_line
from tests.benchmarks.postgres import postgres
from tests.benchmarks.reminders_targets import judge

Row = dict[str, Any]
SQLITE, PG = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Sizes:
    few: int
    many: int
    stored: tuple[int, ...]
    rounds: int
    patience: float


FULL = Sizes(10_000, 100_000, (1_000, 100_000, 1_000_000), rounds=3, patience=120)
QUICK = Sizes(5_000, 20_000, (1_000, 100_000), rounds=1, patience=20)
"""The targets speak of the full sizes; the peers look better at these."""


async def run(*, quick: bool = False) -> list[Row]:
    """Due, start and memory; then a row for each target."""
    sizes = QUICK if quick else FULL
    async with postgres() as server:
        rows = await _due(server, sizes)
        rows += await _stored(server, sizes)
    rows = [show_line(row) for row in rows]
    return rows + [show_line(row) for row in judge(rows, sizes.few, sizes.many, sizes.stored[-1])]


async def _due(server: str, sizes: Sizes) -> list[Row]:
    few, many, rounds = sizes.few, sizes.many, sizes.rounds
    rows = []
    for due in (few, many):
        for kind, count in ((SQLITE, 1), (PG, 1), (PG, 2)):
            name = f"ours, {kind}" + (", two workers" if count > 1 else "")
            call = _call(workers.ours_due, kind, server, due, count)
            rows.append(await _rounds(name, due, rounds, call))
        turns = rounds if due == few else 1
        rows.append(await _rounds("JobQueue", due, turns, _call(workers.jobqueue_due, due)))
    for kind in (PG, SQLITE):
        call = _call(workers.jobstore_due, kind, server, few)
        rows.append(await _rounds(f"job store, {kind}", few, 1, call))
    return rows


def _call(work: Callable[..., Awaitable[Row]], *arguments: object) -> Callable[[], Awaitable[Row]]:
    return lambda: work(*arguments)


async def _rounds(who: str, due: int, rounds: int, work: Callable[[], Awaitable[Row]]) -> Row:
    """The median of the times, and the largest gap and memory, of some rounds."""
    results = []
    for number in range(rounds):
        _progress(f"{due:,} due: {who}, round {number + 1} of {rounds}")
        results.append(await work())
        _progress(f"    {results[-1]}")
    row = {"benchmark": "reminders due", "due": due, "who": who, "rounds": rounds}
    row["seconds"] = round(median(r["seconds"] for r in results), 2)
    row |= {name: max(r[name] for r in results) for name in ("gap_ms", "peak_mb")}
    if "start_s" in results[0]:
        row["start_s"] = round(median(r["start_s"] for r in results), 2)
    return row


async def _stored(server: str, sizes: Sizes) -> list[Row]:
    rows = []
    for stored in sizes.stored:
        for kind in (SQLITE, PG):
            _progress(f"{stored:,} stored: ours, {kind}")
            idle = await workers.ours_idle(kind, server, stored)
            due = await workers.ours_memory(kind, server, stored, min(stored, sizes.few))
            row = {"benchmark": "reminders stored", "stored": stored, "who": f"ours, {kind}"}
            row |= {name: idle[name] for name in ("start_s", "whole_s", "idle_ms", "rss_mb")}
            rows.append(row | {"peak_mb_draining": due["peak_mb"]})
        _progress(f"{stored:,} stored: JobQueue, at most {sizes.patience:.0f} s")
        found = await workers.jobqueue_idle(stored, sizes.patience)
        row = {"benchmark": "reminders stored", "stored": stored, "who": "JobQueue"}
        rows.append(row | {name: found[name] for name in ("start_s", "added", "rss_mb")})
    return rows


def _progress(words: str) -> None:
    sys.stderr.write(words + "\n")
