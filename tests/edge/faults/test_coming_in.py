"""Faults on the way in: a refused token, a broken line, updates that do not parse, a flood."""

import asyncio
import logging
from collections import Counter
from time import monotonic

import pytest
from sqlalchemy import text

from tests.edge.faults.road import said, settings_for, until
from tgbot.app import running
from tgbot.sandbox.server import Sandbox

DANGER = "my face is drooping and I cannot lift my arm"


@pytest.mark.parametrize("code", ["unauthorized", "not_found"])
async def test_a_refused_token_is_retried_and_seen_in_the_health(sandbox, bot, code):
    ann = sandbox.add_person("Ann")
    fault = sandbox.faults.add(code, method="getUpdates", count=0)
    sandbox.send_text(ann.id, "/start")
    await until(lambda: bot.vitals.token_refused)
    assert bot.vitals.problems() == ["Telegram rejects the token"]
    sandbox.faults.remove(fault.id)
    await until(lambda: said(sandbox, ann))
    await until(lambda: bot.vitals.problems() == [])


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "server_error", "status": 502},
        {"kind": "reset"},
        {"kind": "not_json", "status": 200},
        {"kind": "not_json", "status": 502},
        {"kind": "conflict"},
        {"kind": "retry_after"},
        {"kind": "answer_lost"},
    ],
    ids=lambda fault: "_".join(str(value) for value in fault.values()),
)
async def test_polling_goes_on_after_a_fault_with_one_line_lost_and_one_back(
    sandbox, bot, fault, caplog, monkeypatch
):
    monkeypatch.setattr("tgbot.messaging.polling.WAIT", 1)
    ann = sandbox.add_person("Ann")
    with caplog.at_level(logging.WARNING, logger="tgbot.messaging.polling"):
        struck = sandbox.faults.add(fault.pop("kind"), method="getUpdates", count=3, **fault)
        sandbox.send_text(ann.id, "/start")
        await until(lambda: struck.struck == 3)
        ended = monotonic()
        await until(lambda: said(sandbox, ann))
        await until(lambda: len(caplog.records) > 1)
    # Five seconds is what docs/faults promise, not a measure of speed.
    assert monotonic() - ended < 5
    assert len(said(sandbox, ann)) == 1
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 2
    assert "cannot be fetched" in lines[0]
    assert "come in again" in lines[1]


async def test_a_line_that_hangs_is_given_up(sandbox, tmp_path, knowledge, monkeypatch):
    monkeypatch.setattr("tgbot.messaging.polling.WAIT", 0)
    monkeypatch.setattr("tgbot.messaging.polling.GRACE", 0.3)
    ann = sandbox.add_person("Ann")
    sandbox.faults.add("hang", method="getUpdates", delay=30)
    async with running(settings_for(sandbox, tmp_path), sandbox.clock, knowledge):
        sandbox.send_text(ann.id, "/start")
        await until(lambda: said(sandbox, ann))


async def test_an_unreachable_api_at_the_start_is_waited_for(tmp_path, knowledge, monkeypatch):
    monkeypatch.setattr("tgbot.app.RETRY", 0.05)
    sandbox = Sandbox()
    url = await sandbox.start()
    port = int(url.rpartition(":")[2])
    await sandbox.stop()
    settings = settings_for(sandbox, tmp_path, api_base=url)
    async with running(settings, sandbox.clock, knowledge) as bot:
        await asyncio.sleep(0.3)
        assert not bot.vitals.ready
        assert not bot.failed.done()
        await sandbox.start(port=port)
        ann = sandbox.add_person("Ann")
        sandbox.send_text(ann.id, "/start")
        await until(lambda: said(sandbox, ann))
        assert bot.vitals.ready
    await sandbox.stop()


async def test_an_update_that_does_not_parse_is_parked_alone_and_never_logged(sandbox, bot, caplog):
    ann = sandbox.add_person("Ann")
    with caplog.at_level(logging.DEBUG):
        bad = {"message": {"message_id": "canary", "text": "canary-text", "chat": {"id": "x"}}}
        update_id = sandbox.push_update(bad)
        sandbox.send_text(ann.id, "/start")
        await until(lambda: said(sandbox, ann))
    assert sum(f"update {update_id} was parked" in r.getMessage() for r in caplog.records) == 1
    own = [r.getMessage() for r in caplog.records if r.name.startswith("tgbot")]
    assert not [line for line in own if "canary" in line]


async def test_the_same_update_twice_is_answered_once(sandbox, bot):
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    async with bot.engine.connect() as connection:
        rows = await connection.execute(text("SELECT update_id FROM inbox"))
        known = rows.scalars().all()[-1]
    message = {**sandbox.messages(ann.id)[0], "text": "/start"}
    await bot.intake.accept([{"update_id": known, "message": message}] * 2)
    sandbox.send_text(ann.id, "/help")
    await until(lambda: len(said(sandbox, ann)) == 2)
    assert "What I can do" in said(sandbox, ann)[1]


async def test_a_flood_is_answered_once_and_its_danger_sign_is_still_seen(sandbox, bot):
    ann, bob = sandbox.add_person("Ann"), sandbox.add_person("Bob")
    updates = []
    for number in range(500):
        words = DANGER if number == 250 else f"hello {number}"
        message = {
            "message_id": number + 1,
            "date": sandbox.clock.timestamp(),
            "chat": {"id": ann.id, "type": "private", "first_name": "Ann"},
            "from": {"id": ann.id, "is_bot": False, "first_name": "Ann"},
            "text": words,
        }
        updates.append({"update_id": 10**12 + number, "message": message})
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    for start in range(0, 500, 100):
        await bot.intake.accept(updates[start : start + 100])
    sandbox.send_text(bob.id, "/start")
    await until(lambda: said(sandbox, bob))
    await until(lambda: len(said(sandbox, ann)) >= 3)
    await asyncio.sleep(0.5)
    kinds = Counter(words.split(".")[0] for words in said(sandbox, ann)[1:])
    assert kinds == {"Call your emergency number now": 1, "Many messages came from you at once": 1}
