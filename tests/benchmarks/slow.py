"""Latency of everyone else while one person's handler takes five seconds.

The echo bot with all its settings as shipped (28 sends a second); the API answers after 50 ms.
"""

import asyncio
import random
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.children import SandboxLine, bot, sandbox
from tests.benchmarks.figures import show_line, summary

LATENCY = 0.05
ROUNDS = 4
OTHERS = 50
SLOW_SECONDS = 5.0
SETTLE = 2.0


async def run() -> list[dict[str, Any]]:
    """Others speak at random moments, always while the slow handler runs."""
    async with sandbox(LATENCY) as line:
        slow, *others = await line.add_people(1 + ROUNDS * OTHERS)
        with TemporaryDirectory() as folder:
            settings = {"token": line.token, "api_base": line.url, "state_dir": folder}
            async with bot("tests.benchmarks.echo_ours", **settings):
                await line.say([(slow, "hello")])
                if not await line.wait_for_sends(1, 60):
                    raise RuntimeError("the bot does not answer")
                said = {}
                for number in range(ROUNDS):
                    await line.say([(slow, f"slow {number}")])
                    said |= await _speak(line, others[number * OTHERS : (number + 1) * OTHERS])
        sends = {chat: at for chat, at, _ in (await line.report())["sends"]}
    waits = [sends[person] - at for person, at in said.items()]
    row = {"benchmark": "slow", "handler": f"{SLOW_SECONDS:.0f} s in one chat"}
    return [show_line({**row, **summary(waits)})]


async def _speak(line: SandboxLine, people: list[int]) -> dict[int, float]:
    said = {}
    for person in people:
        await asyncio.sleep(random.uniform(0, 1.8 * SLOW_SECONDS / OTHERS))
        (said[person],) = await line.say([(person, "hello")])
    await asyncio.sleep(SETTLE)
    return said
