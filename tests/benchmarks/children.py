"""Child processes of the benchmarks: the sandbox with a quick control line, and the bots."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LINE_LIMIT = 64 * 1024 * 1024
GRACE = 10.0


class SandboxLine:
    """Talks with the sandbox's process: one JSON line out, one back."""

    def __init__(self, process: asyncio.subprocess.Process, hello: dict[str, Any]) -> None:
        self._process = process
        self._turn = asyncio.Lock()
        self.url: str = hello["url"]
        self.token: str = hello["token"]

    async def ask(self, do: str, **details: Any) -> Any:
        async with self._turn:
            self._process.stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
            await self._process.stdin.drain()
            return json.loads(await self._process.stdout.readline())

    async def add_people(self, count: int) -> list[int]:
        """Returns the ids of new people, who all have said /start."""
        return await self.ask("people", count=count)

    async def say(self, texts: list[tuple[int, str]]) -> list[float]:
        """People write; returns the moment of each message on the monotonic clock."""
        return await self.ask("say", texts=texts)

    async def report(self, since: int = 0) -> dict[str, Any]:
        """When the first getUpdates came, and each message that was sent: chat, moment, text."""
        return await self.ask("report", since=since)

    async def wait_for_sends(self, count: int, seconds: float) -> bool:
        """Whether the bots sent ``count`` messages in all within ``seconds``."""
        return await self.ask("wait", count=count, seconds=seconds)


@asynccontextmanager
async def sandbox(latency: float = 0.0) -> AsyncIterator[SandboxLine]:
    """A sandbox whose calls take ``latency`` seconds, in a process of its own."""
    command = (sys.executable, "-m", "tests.benchmarks.sandbox_child", str(latency))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, cwd=ROOT, limit=LINE_LIMIT
    )
    try:
        yield SandboxLine(process, json.loads(await process.stdout.readline()))
    finally:
        await _end(process)


@asynccontextmanager
async def bot(module: str, *arguments: str, **settings: str) -> AsyncIterator[None]:
    """A bot's process, ``python -m module``; ``settings`` are TGBOT_ variables without prefix."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TGBOT_")}
    own = {f"TGBOT_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, env=outside | own
    )
    try:
        yield
        if process.returncode is not None:
            raise RuntimeError(f"{module} ended by itself with code {process.returncode}")
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(GRACE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
