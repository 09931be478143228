"""The child processes of the benchmark on reminders: started, told to go together, listened to."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from tests.benchmarks import reminders_stock as stock
from tests.benchmarks.children import ROOT
from tests.benchmarks.postgres import database

Result = dict[str, Any]


class Worker:
    """A child process that prints a JSON line for each thing it has to say."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def hear(self) -> Result:
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("a child process ended without a result")
        return json.loads(line)

    def go(self) -> None:
        self._process.stdin.write(b"go\n")


@asynccontextmanager
async def worker(module: str, *arguments: object) -> AsyncIterator[Worker]:
    """``python -m tests.benchmarks.module arguments``."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments))
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=ROOT)
    try:
        yield Worker(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def empty(kind: str, server: str, *, driver: bool = True) -> AsyncIterator[str]:
    """The address of an empty database; ``driver=False``: for those who do not use asyncio."""
    if kind == "PostgreSQL":
        async with database(server) as address:
            yield address
        return
    with TemporaryDirectory() as folder:
        name = "sqlite+aiosqlite" if driver else "sqlite"
        yield f"{name}:///{Path(folder) / 'surefoot.db'}"


async def ours_due(kind: str, server: str, due: int, workers: int) -> Result:
    """Our tick claims ``due`` reminders, with some processes at once."""
    async with empty(kind, server) as address:
        await stock.stock(address, due, due)
        result = await _drain([("reminders_ours", "drain", address)] * workers)
        await stock.check(address, due)
        return result


async def ours_stored(kind: str, server: str, stored: int, due: int) -> Result:
    """With ``stored`` reminders: our start, an idle tick, and our memory when ``due`` are claimed."""
    async with empty(kind, server) as address:
        await stock.stock(address, stored, due)
        began = monotonic()
        async with worker("reminders_ours", "idle", address) as child:
            result = await child.hear()
        result["whole_s"] = round(result.pop("ready") - began, 2)
        drained = await _drain([("reminders_ours", "drain", address)])
        return result | {"draining_mb": drained["peak_mb"]}


async def jobstore_due(kind: str, server: str, due: int) -> Result:
    """A job for each person in APScheduler's store."""
    async with empty(kind, server, driver=False) as address:
        return await _drain([("reminders_jobstore", address, due)])


async def jobqueue_due(due: int) -> Result:
    """A job for each person in python-telegram-bot's JobQueue; also how long adding them takes."""
    async with worker("reminders_jobqueue", due, 1e6) as child:
        start = await child.hear()
        return {**start, **await _together([child])}


async def jobqueue_idle(stored: int, patience: float) -> Result:
    """Only adds the jobs, for ``patience`` seconds at most."""
    async with worker("reminders_jobqueue", stored, patience) as child:
        return await child.hear()


async def _drain(commands: list[tuple[object, ...]]) -> Result:
    async with AsyncExitStack() as stack:
        children = [await stack.enter_async_context(worker(*command)) for command in commands]
        return await _together(children)


async def _together(children: list[Worker]) -> Result:
    for child in children:
        await child.hear()
    for child in children:
        child.go()
    results = [await child.hear() for child in children]
    seconds = max(r["ended"] for r in results) - min(r["began"] for r in results)
    largest = {name: max(r[name] for r in results) for name in ("gap_ms", "rss_mb", "peak_mb")}
    return {"seconds": round(seconds, 3), **largest}
