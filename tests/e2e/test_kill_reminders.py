"""Bots killed while they deliver reminders: none is lost, and only what was in flight may double.

``make kill`` runs this with 10,000 due reminders and ten kills; the suite with fewer.
"""

import os
import random
import signal
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select

from tests.e2e.bot_process import Child, ended, until, webhook_settings
from tgbot.sandbox.server import Sandbox
from tgbot.storage import outbox
from tgbot.storage.engine import open_engine, reading
from tgbot.storage.migrate import upgrade
from tgbot.storage.models import OutboxRow, PersonRow, ReminderRow

DUE = int(os.environ.get("TGBOT_TEST_KILL_DUE", "400"))
KILLS = int(os.environ.get("TGBOT_TEST_KILLS", "3"))
PATIENCE = 300
"""Seconds until a test gives up; at full size dead leases are waited for, as in earnest."""

WAYS = [("sqlite", 1), ("postgresql", 1), ("postgresql", 2)]


def noon_zone(now):
    """A zone where it is about noon, so that no reminder ends with its day meanwhile."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT", timedelta(hours=ahead)


@asynccontextmanager
async def database(address):
    """The test's own way into the bots' database."""
    await upgrade(address)
    engine = open_engine(address)
    try:
        yield engine
    finally:
        await engine.dispose()


async def owe_reminders(engine, people):
    """Each person has one exercise reminder, and it is due now."""
    now = datetime.now(UTC)
    zone, ahead = noon_zone(now)
    local = (now + ahead).replace(second=0, microsecond=0, tzinfo=None)
    due = {"next_due": local.replace(tzinfo=UTC) - ahead, "next_date": local.date()}
    async with engine.begin() as connection:
        loud = {"zone": zone, "created_at": now, "quiet_from": time(), "quiet_to": time()}
        await connection.execute(insert(PersonRow), [{"id": one.id, **loud} for one in people])
        daily = {"kind": "exercise", "at": local.time(), "days": 127, "created_at": now, **due}
        await connection.execute(
            insert(ReminderRow), [{"person_id": one.id, **daily} for one in people]
        )


async def in_flight(engine):
    """What was on its way, or may have been: the chat, and the sender in its one life."""
    async with reading(engine) as connection:
        leased = select(OutboxRow.chat_id, OutboxRow.lease_owner).where(OutboxRow.state == "leased")
        return {tuple(row) for row in await connection.execute(leased)}


async def free_leases(engine):
    """What the housekeeping does once the leases of dead processes have run out."""
    async with engine.begin() as connection:
        await outbox.release(connection)


def received(sandbox, people):
    return Counter({one.id: len(sandbox.messages(one.id)) for one in people})


class Fleet:
    """Some bots on one database, all of them killed and started again, or the first alone."""

    def __init__(self, sandbox, folder, engine, processes, settings):
        self._sandbox = sandbox
        self._engine = engine
        self.children = [self._child(folder, number, settings) for number in range(processes)]
        self.suspects = set()

    def _child(self, folder, number, settings):
        own = folder / str(number)
        own.mkdir(exist_ok=True)
        return Child(self._sandbox, own, **settings(number))

    async def start(self):
        for child in self.children:
            if child.process is None or child.process.returncode is not None:
                await child.start()

    async def kill(self, victims):
        for child in victims:
            child.process.kill()
        for child in victims:
            assert await child.process.wait() == -signal.SIGKILL, "it had ended by itself"
        self.suspects |= await in_flight(self._engine)

    async def sent(self, count):
        await until(lambda: self._sandbox.calls.counts["sendMessage"] >= count, PATIENCE)


async def kill_again_and_again(fleet, sandbox, people, seed):
    """Once at the very first send, while the claims still go on, then ever further on."""
    later = sorted(seed.sample(range(len(people) // 20, len(people) * 3 // 4), KILLS - 1))
    for number, count in enumerate([1, *later]):
        await fleet.sent(count)
        alone = number % 3 == 0 and number < KILLS - 1
        await fleet.kill(fleet.children[:1] if alone else fleet.children)
        assert min(received(sandbox, people).values()) == 0, "nothing was left to send"
        if number < KILLS - 1:
            await fleet.start()


def settings_of(address, processes):
    """Sends as fast as may be; several processes hear of updates by webhook."""

    def settings(_number):
        pace = {"TGBOT_SENDS_PER_SECOND": str(max(200, DUE // 5)), "TGBOT_DATABASE_URL": address}
        return pace | (webhook_settings() if processes > 1 else {})

    return settings


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "processes"), WAYS)
async def test_kills_lose_no_reminder_and_double_only_what_was_in_flight(
    kind, processes, tmp_path, request
):
    address = f"sqlite+aiosqlite:///{tmp_path / 'surefoot.db'}"
    if kind == "postgresql":
        address = request.getfixturevalue("postgres_address")
    async with Sandbox() as sandbox, database(address) as engine:
        people = [sandbox.add_person(f"P{number}", started=True) for number in range(DUE)]
        await owe_reminders(engine, people)
        fleet = Fleet(sandbox, tmp_path, engine, processes, settings_of(address, processes))
        with ended(fleet.children):
            await fleet.start()
            await kill_again_and_again(fleet, sandbox, people, random.Random(11))
            if KILLS < 10:
                await free_leases(engine)
            await fleet.start()
            await until(lambda: min(received(sandbox, people).values()) > 0, PATIENCE)
            for child in fleet.children:
                assert await child.stop(signal.SIGTERM) == 0
        got = received(sandbox, people)
    doubled = got - Counter(dict.fromkeys(got, 1))
    suspects = Counter(chat for chat, _sender in fleet.suspects)
    print(
        f"{kind}, {processes}: {DUE} due, {KILLS} kills: 0 lost,"
        f" {doubled.total()} doubled, {suspects.total()} in flight at the kills"
    )
    assert doubled <= suspects


async def test_a_second_process_on_sqlite_says_so_and_changes_nothing(tmp_path):
    address = f"sqlite+aiosqlite:///{tmp_path / 'state' / 'surefoot.db'}"
    (tmp_path / "state").mkdir()
    async with Sandbox() as sandbox, database(address) as engine:
        people = [sandbox.add_person(f"P{number}", started=True) for number in range(300)]
        await owe_reminders(engine, people)
        first, second = (Child(sandbox, tmp_path, TGBOT_SENDS_PER_SECOND="100") for _ in range(2))
        second.log = tmp_path / "second.log"
        with ended([first, second]):
            await first.start()
            await until(lambda: sandbox.calls.counts["sendMessage"], 60)
            await second.start()
            assert await second.process.wait() == 1
            assert min(received(sandbox, people).values()) == 0, "the first had nothing left to do"
            await until(lambda: min(received(sandbox, people).values()) > 0, 60)
            assert await first.stop(signal.SIGTERM) == 0
        got = received(sandbox, people)
    assert "already runs" in second.log.read_text()
    assert got.total() == len(people)
