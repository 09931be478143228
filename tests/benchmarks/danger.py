"""Latency: a danger message behind 10,000 reminders that are due now, and beside a flood.

The real bot with all its settings as shipped; only the API answers after 50 ms. Measured from the
moment a person's message is in the queue of updates until the warning arrives at the sandbox.
"""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.children import SandboxLine, bot, sandbox
from tests.benchmarks.figures import show_line, summary
from tests.benchmarks.postgres import postgres
from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Call
from tgbot.storage import outbox
from tgbot.storage.engine import open_engine
from tgbot.storage.migrate import upgrade

REMINDERS = 10_000
LATENCY = 0.05
MESSAGES = 100
PAUSE = 0.25
"""Seconds between two people on average; the moments are random."""

REMINDER = "Time for your exercises"
DANGER = "I have crushing chest pain and I cannot breathe"
QUESTION = "How much vitamin D do I need?"
CALL = "<b>Call"
"""What only a warning says."""

BURSTS, BURST = 10, 50
SETTLE = 5.0

Said = list[tuple[int, str, float]]


async def run() -> list[dict[str, Any]]:
    """Both databases, each first without and then with a flood."""
    rows = []
    with TemporaryDirectory() as folder:
        rows += await _measure("sqlite", "", folder)
    async with postgres() as address:
        with TemporaryDirectory() as folder:
            rows += await _measure("postgresql", address, folder)
    return rows


async def _measure(database: str, address: str, folder: str) -> list[dict[str, Any]]:
    async with sandbox(LATENCY) as line:
        people = await line.add_people(REMINDERS)
        await _queue(address or f"sqlite+aiosqlite:///{Path(folder) / 'surefoot.db'}", people)
        crowd = random.sample(people, 2 * MESSAGES + 1)
        settings = {"token": line.token, "api_base": line.url, "state_dir": folder}
        async with bot("tgbot", "run", **settings, database_url=address, log_level="ERROR"):
            if not await line.wait_for_sends(1, 60):
                raise RuntimeError("the bot does not send")
            calm = await _speak(line, crowd[:MESSAGES], [DANGER])
            row = {"benchmark": "danger", "database": database, "beside": "10,000 reminders"}
            rows = [show_line({**row, **summary(await _waits(line, calm))})]
            return rows + await _flood(line, database, crowd[MESSAGES:])


async def _flood(line: SandboxLine, database: str, crowd: list[int]) -> list[dict[str, Any]]:
    flooder, *others = crowd
    flooding = asyncio.create_task(_pour(line, flooder))
    said = await _speak(line, others, [DANGER, QUESTION])
    began, danger_at = await flooding
    rows = []
    for what in (DANGER, QUESTION):
        waits = await _waits(line, [one for one in said if one[1] == what])
        name = "danger" if what == DANGER else "question"
        row = {"benchmark": name, "database": database, "beside": "reminders and a flood"}
        rows.append(show_line({**row, **summary(waits)}))
    answers = [
        (at, text)
        for chat, at, text in (await line.report())["sends"]
        if chat == flooder and at > began and not text.startswith(REMINDER)
    ]
    alarms = [at - danger_at for at, text in answers if at > danger_at and CALL in text]
    row = {"benchmark": "flooder", "database": database, "messages": BURSTS * BURST}
    told = {"answers": len(answers), "warned_ms": round(min(alarms) * 1000, 1) if alarms else None}
    return [*rows, show_line({**row, **told})]


async def _pour(line: SandboxLine, flooder: int) -> tuple[float, float]:
    """500 messages in bursts of 50, one of them a danger sign; returns the start and that moment."""
    times = []
    danger_at = 0.0
    for burst in range(BURSTS):
        texts = [(flooder, f"{QUESTION} {burst}.{number}") for number in range(BURST)]
        if burst == BURSTS // 2:
            texts[BURST // 2] = (flooder, DANGER)
        times += await line.say(texts)
        if burst == BURSTS // 2:
            danger_at = times[-BURST // 2]
        await asyncio.sleep(MESSAGES * PAUSE / BURSTS)
    return times[0], danger_at


async def _speak(line: SandboxLine, people: list[int], texts: list[str]) -> Said:
    """Each person says one of the texts in turn, at random moments."""
    said = []
    for number, person in enumerate(people):
        await asyncio.sleep(random.uniform(0, 2 * PAUSE))
        text = texts[number % len(texts)]
        (at,) = await line.say([(person, text)])
        said.append((person, text, at))
    await asyncio.sleep(SETTLE)
    return said


async def _waits(line: SandboxLine, said: Said) -> list[float]:
    """Seconds from each message to the first answer that is not a reminder."""
    sends = (await line.report())["sends"]
    waits = []
    for person, _, at in said:
        after = [
            sent
            for chat, sent, text in sends
            if chat == person and sent > at and not text.startswith(REMINDER)
        ]
        if not after:
            raise RuntimeError("a message was not answered")
        waits.append(after[0] - at)
    return waits


async def _queue(address: str, people: list[int]) -> None:
    await upgrade(address)
    engine = open_engine(address)
    now = datetime.now(UTC)
    async with engine.begin() as connection:
        for person in people:
            calls = [Call("sendMessage", person, SendClass.BULK, {"text": REMINDER})]
            await outbox.queue(connection, calls, f"bench{person}", now)
    await engine.dispose()
