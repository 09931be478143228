"""Throughput: durable echo by polling, against a plain python-telegram-bot echo bot.

The queue is full before the bot starts. The clock runs from its first getUpdates until its last
answer arrives. Nobody writes more than three messages, so that the limit of one answer a second in
a chat (which the plain bot does not keep) holds nothing back.
"""

import os
from collections import defaultdict
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.children import SandboxLine, bot, sandbox
from tests.benchmarks.figures import show_line

UPDATES = 3000
EACH = 3
ROUNDS = 3
PATIENCE = 120.0


async def run() -> list[dict[str, Any]]:
    """With an API that answers at once, then with one near by, then one as far as Telegram is."""
    near = await compare(0.005, UPDATES // 3)
    return await compare(0, UPDATES) + near + await compare(0.05, UPDATES // 10)


async def compare(latency: float, updates: int) -> list[dict[str, Any]]:
    """Both bots in turns; a last row has the medians and their ratio."""
    rates: dict[str, list[float]] = defaultdict(list)
    rows = []
    for number in range(ROUNDS):
        for name in ("surefoot", "plain"):
            rate = await _measure(name, updates, latency)
            rates[name].append(rate)
            row = {"benchmark": "echo", "api_ms": round(latency * 1000), "updates": updates}
            row |= {"round": number + 1, "bot": name, "per_second": round(rate, 1)}
            rows.append(show_line(row))
    ours, plain = (median(rates[name]) for name in ("surefoot", "plain"))
    row = {"benchmark": "echo medians", "api_ms": round(latency * 1000)}
    row |= {"surefoot": round(ours, 1), "plain": round(plain, 1), "ratio": round(ours / plain, 2)}
    return [*rows, show_line(row)]


async def _measure(name: str, updates: int, latency: float) -> float:
    async with sandbox(latency) as line:
        people = await line.add_people(updates // EACH)
        said = [
            (person, f"How much vitamin D is in milk? ({turn})")
            for turn in range(EACH)
            for person in people
        ]
        await line.say(said)
        with TemporaryDirectory() as folder:
            if name == "surefoot":
                profile = [p for p in [os.environ.get("BENCH_PROFILE")] if p]
                child = bot("tests.benchmarks.echo_ours", *profile, **_settings(line, folder))
            else:
                child = bot("tests.benchmarks.echo_plain", line.url, line.token)
            async with child:
                if not await line.wait_for_sends(len(said), PATIENCE):
                    raise RuntimeError(f"{name} did not answer everything")
        report = await line.report()
        _check(said, report["sends"])
        return len(said) / (report["sends"][-1][1] - report["first_poll"])


def _settings(line: SandboxLine, folder: str) -> dict[str, str]:
    return {
        "token": line.token,
        "api_base": line.url,
        "state_dir": folder,
        "sends_per_second": "100000",
    }


def _check(said: list[tuple[int, str]], sends: list[tuple[int, float, str]]) -> None:
    """Each message came back once, and in each chat in its order."""
    asked, answered = defaultdict(list), defaultdict(list)
    for person, text in said:
        asked[person].append(text)
    for person, _, text in sends:
        answered[person].append(text)
    if asked != answered:
        raise RuntimeError("the answers are not what was said")
