"""Reminders that are due all at once: Surefoot beside the JobQueue and APScheduler's job store.

The comparison is not made easy. The peers' callbacks write nothing and their jobs may be as late as
they like; ours writes the occurrence, the message and the next date. The clock runs from the moment
at which everything is due until the last one has fired, or is claimed and committed.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.benchmarks import reminders_workers as workers
from tests.benchmarks.figures import show_line
from tests.benchmarks.postgres import postgres
from tests.benchmarks.probes import beating
from tests.benchmarks.reminders_targets import judge

Row = dict[str, Any]
SQLITE, PG = "SQLite", "PostgreSQL"
CONTROL = 5.0


@dataclass(frozen=True)
class Sizes:
    few: int
    many: int
    stored: tuple[int, ...]
    rounds: int
    patience: float


@dataclass(frozen=True)
class Contender:
    who: str
    rounds: int
    work: Callable[[], Awaitable[Row]]


FULL = Sizes(10_000, 100_000, (1_000, 100_000, 1_000_000), rounds=3, patience=120)
QUICK = Sizes(5_000, 20_000, (1_000, 100_000), rounds=1, patience=20)
"""The targets speak of the full sizes; the peers look better at these."""


async def run(*, quick: bool = False) -> list[Row]:
    """Due, start and memory; then a row for each target."""
    sizes = QUICK if quick else FULL
    async with postgres() as server:
        rows = [await _control()]
        rows += await _due(server, sizes)
        rows += await _stored(server, sizes)
    rows = [show_line(row) for row in rows]
    return rows + [show_line(row) for row in judge(rows, sizes.few, sizes.many, sizes.stored[-1])]


async def _control() -> Row:
    """How long a loop with nothing to do is kept waiting: what the machine itself does to gaps."""
    async with beating() as beat:
        await asyncio.sleep(CONTROL)
    return {"benchmark": "reminders control", "gap_ms": round(beat.gap * 1000, 1)}


async def _due(server: str, sizes: Sizes) -> list[Row]:
    few, many, rounds = sizes.few, sizes.many, sizes.rounds
    rows = await _turns(_ours(server, few, rounds) + _peers(server, few, rounds), few)
    # The job store takes minutes for the smaller number already.
    peer = Contender("JobQueue", 1, lambda: workers.jobqueue_due(many))
    return rows + await _turns([*_ours(server, many, rounds), peer], many)


def _ours(server: str, due: int, rounds: int) -> list[Contender]:
    return [
        Contender("ours, SQLite", rounds, lambda: workers.ours_due(SQLITE, server, due, 1)),
        Contender("ours, PostgreSQL", rounds, lambda: workers.ours_due(PG, server, due, 1)),
        Contender(
            "ours, PostgreSQL, two workers", rounds, lambda: workers.ours_due(PG, server, due, 2)
        ),
    ]


def _peers(server: str, due: int, rounds: int) -> list[Contender]:
    return [
        Contender("JobQueue", rounds, lambda: workers.jobqueue_due(due)),
        Contender("job store, PostgreSQL", rounds, lambda: workers.jobstore_due(PG, server, due)),
        Contender("job store, SQLite", 1, lambda: workers.jobstore_due(SQLITE, server, due)),
    ]


async def _turns(contenders: list[Contender], due: int) -> list[Row]:
    """All in turns, round after round, so that what else the machine does falls on each of them."""
    results: dict[str, list[Row]] = {one.who: [] for one in contenders}
    for number in range(max(one.rounds for one in contenders)):
        for one in contenders:
            if number < one.rounds:
                _progress(f"{due:,} due: {one.who}, round {number + 1} of {one.rounds}")
                results[one.who].append(await one.work())
                _progress(f"    {results[one.who][-1]}")
    return [_summary(who, due, found) for who, found in results.items()]


def _summary(who: str, due: int, results: list[Row]) -> Row:
    """The median of the times, and the largest gap and memory, of some rounds."""
    row = {"benchmark": "reminders due", "due": due, "who": who, "rounds": len(results)}
    row["seconds"] = round(median(r["seconds"] for r in results), 2)
    row["all_seconds"] = [round(r["seconds"], 2) for r in results]
    row |= {name: max(r[name] for r in results) for name in ("gap_ms", "peak_mb")}
    if "start_s" in results[0]:
        row["start_s"] = round(median(r["start_s"] for r in results), 2)
    return row


async def _stored(server: str, sizes: Sizes) -> list[Row]:
    rows = []
    for stored in sizes.stored:
        for kind in (SQLITE, PG):
            _progress(f"{stored:,} stored: ours, {kind}")
            found = await workers.ours_stored(kind, server, stored, min(stored, sizes.few))
            row = {"benchmark": "reminders stored", "stored": stored, "who": f"ours, {kind}"}
            names = ("start_s", "whole_s", "idle_ms", "rss_mb", "draining_mb")
            rows.append(row | {name: found[name] for name in names})
        _progress(f"{stored:,} stored: JobQueue, at most {sizes.patience:.0f} s")
        found = await workers.jobqueue_idle(stored, sizes.patience)
        row = {"benchmark": "reminders stored", "stored": stored, "who": "JobQueue"}
        rows.append(row | {name: found[name] for name in ("start_s", "added", "rss_mb")})
    return rows


def _progress(words: str) -> None:
    sys.stderr.write(words + "\n")
