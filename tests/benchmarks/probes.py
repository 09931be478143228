"""What a child process notes of itself: the longest stop of its loop, its memory; and its results."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

BEAT = 0.001


class Beat:
    """Beats every millisecond; ``gap`` is the longest it had to wait beyond that, in seconds."""

    gap = 0.0

    async def serve(self) -> None:
        last = monotonic()
        while True:
            await asyncio.sleep(BEAT)
            now = monotonic()
            self.gap = max(self.gap, now - last - BEAT)
            last = now


@asynccontextmanager
async def beating() -> AsyncIterator[Beat]:
    """A beat beside what is measured; it notices what stopped it at the very end, too."""
    beat = Beat()
    task = asyncio.create_task(beat.serve())
    await asyncio.sleep(5 * BEAT)
    try:
        yield beat
        await asyncio.sleep(5 * BEAT)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def memory() -> dict[str, float]:
    """Megabytes resident now, and at most so far."""
    status = Path("/proc/self/status").read_text("ascii")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return {
        "rss_mb": round(int(lines["VmRSS"].split()[0]) / 1024, 1),
        "peak_mb": round(int(lines["VmHWM"].split()[0]) / 1024, 1),
    }


def say(**result: Any) -> None:
    """One JSON line to the benchmark."""
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


async def wait_for_go() -> None:
    """Says that all is ready, and waits until the benchmark says go."""
    say(ready=monotonic())
    await asyncio.to_thread(sys.stdin.readline)
