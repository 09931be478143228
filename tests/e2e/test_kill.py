"""A real ``tgbot run`` in a child process, killed again and again: nothing may be lost."""

import asyncio
import os
import random
import resource
import signal
from collections import Counter
from pathlib import Path
from time import monotonic

import pytest

from tests.e2e.bot_process import Child, until, webhook_settings
from tgbot.sandbox.server import Sandbox

PEOPLE = 60
EACH = 10
KILLS = 12


def answered(sandbox, people):
    """How many answers each person has got."""
    return Counter(
        {
            person.id: sum(message["from"]["is_bot"] for message in sandbox.messages(person.id))
            for person in people
        }
    )


@pytest.mark.thorough
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_twelve_kills_lose_nothing(mode, tmp_path):
    seed = random.Random(7)
    settings = webhook_settings() if mode == "webhook" else {}
    async with Sandbox() as sandbox:
        sandbox.world.webhook.first_pause = sandbox.world.webhook.last_pause = 0.2
        people = [sandbox.add_person(f"P{number}", started=True) for number in range(PEOPLE)]
        child = Child(sandbox, tmp_path, **settings)
        await child.start()
        await until(lambda: sandbox.calls.of("setMyCommands"), 20)

        async def write():
            for _ in range(EACH):
                for person in people:
                    sandbox.send_text(person.id, "/help")
                    await asyncio.sleep(0.03)

        writing = asyncio.create_task(write())
        for _ in range(KILLS):
            await asyncio.sleep(seed.uniform(0.8, 2.2))
            await child.stop(signal.SIGKILL)
            await child.start()
        await writing
        await until(lambda: all(count >= EACH for count in answered(sandbox, people).values()), 90)
        await asyncio.sleep(1)
        count = answered(sandbox, people)
        assert await child.stop(signal.SIGTERM) == 0
    lost = sum(max(0, EACH - count[person.id]) for person in people)
    doubled = sum(count.values()) - PEOPLE * EACH
    print(f"{mode}: {PEOPLE * EACH} updates, {KILLS} kills: {lost} lost, {doubled} doubled")
    assert lost == 0
    assert doubled <= KILLS
    assert "/help" not in child.log.read_text()


@pytest.mark.thorough
async def test_sigterm_with_a_thousand_queued_ends_in_time_and_loses_nothing(tmp_path):
    async with Sandbox() as sandbox:
        people = [sandbox.add_person(f"P{number}", started=True) for number in range(100)]
        for _ in range(10):
            for person in people:
                sandbox.send_text(person.id, "/help")
        child = Child(sandbox, tmp_path, TGBOT_SENDS_PER_SECOND="60")
        await child.start()
        await until(lambda: sandbox.calls.of("sendMessage"), 20)
        began = monotonic()
        assert await child.stop(signal.SIGTERM) == 0
        took = monotonic() - began
        await child.start()
        await until(lambda: all(count >= 10 for count in answered(sandbox, people).values()), 60)
        assert await child.stop(signal.SIGTERM) == 0
        total = sum(answered(sandbox, people).values())
    print(f"SIGTERM: ended after {took:.1f} s, {total - 1000} doubled")
    # The bound is the promise of the issue, not a measure of speed.
    assert took < 8
    assert total - 1000 <= 1


async def test_a_full_disk_acknowledges_nothing_and_recovers_by_itself(tmp_path):
    async with Sandbox() as sandbox:
        ann = sandbox.add_person("Ann")
        child = Child(sandbox, tmp_path)
        child.log = Path(os.devnull)
        await child.start()
        sandbox.send_text(ann.id, "/start")
        await until(lambda: answered(sandbox, [ann])[ann.id] == 1, 20)
        await asyncio.sleep(0.5)
        # The kernel refuses every write beyond the first byte, as it does when the disk is full.
        unlimited = resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE, (1, -1))
        sandbox.send_text(ann.id, "/help")
        await asyncio.sleep(1.5)
        assert len(sandbox.world.updates) == 1, "acknowledged although it could not be stored"
        assert child.process.returncode is None
        resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE, unlimited)
        await until(lambda: answered(sandbox, [ann])[ann.id] == 2, 20)
        await until(lambda: len(sandbox.world.updates) == 0, 20)
        assert await child.stop(signal.SIGTERM) == 0


async def test_a_second_process_on_the_same_folder_says_so_and_stops(tmp_path):
    async with Sandbox() as sandbox:
        first, second = Child(sandbox, tmp_path), Child(sandbox, tmp_path)
        await first.start()
        await until(lambda: sandbox.calls.of("setMyCommands"), 20)
        second.log = tmp_path / "second.log"
        await second.start()
        assert await asyncio.wait_for(second.process.wait(), 20) == 1
        assert "already runs" in second.log.read_text()
        assert "Traceback" not in second.log.read_text()
        assert await first.stop(signal.SIGTERM) == 0
