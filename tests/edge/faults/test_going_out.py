"""Faults on the way out: limits, failures, blocked people, lost answers, broken markup."""

import asyncio
import logging
from time import monotonic

import pytest
from sqlalchemy import text

from tests.edge.faults.road import outbox_states, owe, said, settings_for, until
from tgbot.app import running
from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Call
from tgbot.sandbox.server import Sandbox
from tgbot.storage import outbox


async def test_only_the_chat_that_telegram_limits_waits(sandbox, bot):
    ann, bob = (sandbox.add_person(name, started=True) for name in ("Ann", "Bob"))
    sandbox.faults.add("retry_after", method="sendMessage", chat_id=ann.id, retry_after=1)
    began = monotonic()
    await owe(bot, ann.id, "to Ann")
    await owe(bot, bob.id, "to Bob")
    await until(lambda: said(sandbox, bob))
    assert said(sandbox, ann) == []
    await until(lambda: said(sandbox, ann))
    assert monotonic() - began >= 1
    assert len(sandbox.calls.sends(ann.id)) == 2


async def test_a_limit_over_all_chats_holds_bulk_and_lets_answers_through(sandbox, bot):
    people = [sandbox.add_person(f"P{number}", started=True) for number in range(20)]
    ann = sandbox.add_person("Ann", started=True)
    for person in people[:3]:
        sandbox.faults.add("retry_after", method="sendMessage", chat_id=person.id, retry_after=2)
    for person in people[:3]:
        await owe(bot, person.id, "bulk", SendClass.BULK)
    await until(lambda: len([r for r in sandbox.calls.of("sendMessage") if r.code == 429]) == 3)
    began = monotonic()
    for person in people[3:]:
        await owe(bot, person.id, "bulk", SendClass.BULK)
    await owe(bot, ann.id, "an answer")
    await until(lambda: said(sandbox, ann))
    assert not any(said(sandbox, person) for person in people)
    await until(lambda: all(said(sandbox, person) for person in people))
    assert monotonic() - began >= 1.5


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "server_error", "status": 500},
        {"kind": "reset"},
        {"kind": "not_json", "status": 502},
        {"kind": "unauthorized"},
    ],
    ids=lambda fault: fault["kind"],
)
async def test_a_failed_send_is_tried_again_until_it_arrives_once(sandbox, bot, fault):
    ann = sandbox.add_person("Ann", started=True)
    sandbox.faults.add(fault.pop("kind"), method="sendMessage", count=2, **fault)
    await owe(bot, ann.id, "hello")
    await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann) == ["hello"]
    await until(lambda: bot.sender.outcomes["sent"] == 1)


async def test_a_send_that_fails_for_ten_minutes_is_reported_once_and_still_arrives(
    sandbox, bot, caplog, monkeypatch
):
    monkeypatch.setattr("tgbot.domain.delivery.LONGEST_WAIT", 0.05)
    ann = sandbox.add_person("Ann", started=True)
    fault = sandbox.faults.add("server_error", method="sendMessage", count=0)
    with caplog.at_level(logging.ERROR, logger="tgbot.messaging.sender"):
        await owe(bot, ann.id, "canary")
        await until(lambda: fault.struck >= 2)
        assert caplog.records == []
        sandbox.clock.advance(11 * 60)
        struck = fault.struck
        await until(lambda: fault.struck >= struck + 3)
        lines = [record.getMessage() for record in caplog.records]
        assert lines == ["a sendMessage is more than ten minutes late: unavailable"]
        sandbox.faults.clear()
        await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann) == ["canary"]


async def test_an_answer_lost_after_telegram_has_it_is_sent_at_least_once(sandbox, bot):
    ann = sandbox.add_person("Ann", started=True)
    sandbox.faults.add("answer_lost", method="sendMessage")
    await owe(bot, ann.id, "hello")
    await until(lambda: bot.sender.outcomes["sent"] == 1)
    assert said(sandbox, ann) == ["hello", "hello"]


async def test_a_reminder_past_its_time_is_not_sent_again(sandbox, bot):
    ann = sandbox.add_person("Ann", started=True)
    sandbox.faults.add("answer_lost", method="sendMessage")
    call = Call("sendMessage", ann.id, SendClass.BULK, {"text": "8:00"}, lives=0.3)
    await bot.writer.run(lambda c: outbox.queue(c, [call], "late", bot.clock.now()))
    bot.sender.wake()
    await until(lambda: bot.sender.outcomes["expired"] == 1)
    assert said(sandbox, ann) == ["8:00"]


async def test_whoever_blocks_gets_nothing_more_and_start_brings_it_back(sandbox, bot):
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    sandbox.faults.add("forbidden", method="sendMessage", chat_id=ann.id)
    calls = [Call("sendMessage", ann.id, SendClass.BULK, {"text": "8:00"}) for _ in range(3)]
    await bot.writer.run(lambda c: outbox.queue(c, calls, "three", bot.clock.now()))
    bot.sender.wake()
    await until(lambda: bot.sender.outcomes["blocked"] == 1)
    await asyncio.sleep(0.3)
    assert len(said(sandbox, ann)) == 1
    assert (await outbox_states(bot)).keys() == {"done"}
    sandbox.send_text(ann.id, "/start")
    await until(lambda: len(said(sandbox, ann)) == 2)


async def test_an_unknown_chat_is_given_up_at_the_first_try(sandbox, bot):
    await owe(bot, 999_999, "nobody")
    await until(lambda: bot.sender.outcomes["chat_gone"] == 1)
    assert len(sandbox.calls.sends(999_999)) == 1


async def test_a_group_that_moved_is_followed(sandbox, bot):
    ann = sandbox.add_person("Ann", started=True)
    old, new = (sandbox.add_group("Walkers", [ann.id]).id for _ in range(2))
    sandbox.faults.add("migrated", method="sendMessage", chat_id=old, migrate_to_chat_id=new)
    await owe(bot, old, "first")
    await owe(bot, old, "second")
    await until(lambda: len(sandbox.messages(new)) == 2)
    assert [m["text"] for m in sandbox.messages(new)] == ["first", "second"]


async def test_a_warning_never_dies_of_its_markup(sandbox, bot):
    ann = sandbox.add_person("Ann", started=True)
    call = Call(
        "sendMessage",
        ann.id,
        SendClass.URGENT,
        {"text": "<b>Call 999 now &amp; wait</i>", "parse_mode": "HTML"},
    )
    await bot.writer.run(lambda c: outbox.queue(c, [call], "broken", bot.clock.now()))
    bot.sender.wake()
    await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann) == ["Call 999 now & wait"]


async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_message(sandbox, bot):
    ann = sandbox.add_person("Ann", started=True)
    params = {"text": "result", "message_id": 4711}
    call = Call("editMessageText", ann.id, SendClass.ANSWER, params)
    await bot.writer.run(lambda c: outbox.queue(c, [call], "gone", bot.clock.now()))
    bot.sender.wake()
    await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann) == ["result"]


async def test_what_was_sent_leaves_no_text_in_the_database(sandbox, bot, tmp_path):
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "canary-question about vitamin d")
    await until(lambda: said(sandbox, ann))
    await until(lambda: bot.sender.outcomes["sent"] == 1)
    async with bot.engine.connect() as connection:
        assert (await connection.execute(text("SELECT body FROM inbox"))).scalars().all() == [None]
        assert (await connection.execute(text("SELECT params FROM outbox"))).scalars().all() == [
            None
        ]


async def test_telegrams_own_limits_are_never_hit(tmp_path, knowledge):
    async with Sandbox() as sandbox:
        sandbox.limits.enforced = True
        people = [sandbox.add_person(f"P{number}", started=True) for number in range(40)]
        settings = settings_for(sandbox, tmp_path, sends_per_second=28)
        async with running(settings, sandbox.clock, knowledge) as bot:
            await until(lambda: sandbox.calls.of("setMyShortDescription"))
            for number in range(2):
                for person in people:
                    await owe(bot, person.id, f"bulk {number}", SendClass.BULK)
            for number in range(4):
                await owe(bot, people[0].id, f"answer {number}")
            await until(lambda: all(len(said(sandbox, p)) >= 2 for p in people), 20)
            await until(lambda: len(said(sandbox, people[0])) == 6, 20)
        answers = [words for words in said(sandbox, people[0]) if words.startswith("answer")]
        assert answers == [f"answer {number}" for number in range(4)]
        assert not [record for record in sandbox.calls.sends() if not record.ok]
        assert sandbox.calls.most_sends_within(1.0) <= 28
