"""Every scripted fault, as a client feels it, and the limits that a test can switch on."""

import asyncio
import json
import time

import aiohttp
import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError

from tgbot.sandbox.faults import KINDS, Faults
from tgbot.sandbox.limits import SendLimits
from tgbot.sandbox.server import Sandbox
from tgbot.sandbox.updates import OTHER_POLL


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


@pytest.fixture
def ann(sandbox):
    return sandbox.add_person("Ann", started=True).id


@pytest.fixture
async def ask(sandbox):
    """Call a method on a fresh connection; return status, body as text."""

    async def ask(method="sendMessage", **params):
        async with aiohttp.ClientSession() as http:
            url = f"{sandbox.url}/bot{sandbox.token}/{method}"
            async with http.post(url, json=params) as answer:
                return answer.status, await answer.text()

    return ask


@pytest.mark.parametrize(
    ("fault", "code", "description", "parameters"),
    [
        (
            {"kind": "retry_after", "retry_after": 9},
            429,
            "Too Many Requests: retry after 9",
            {"retry_after": 9},
        ),
        ({"kind": "forbidden"}, 403, "Forbidden: bot was blocked by the user", None),
        (
            {"kind": "forbidden", "description": "user is deactivated"},
            403,
            "Forbidden: user is deactivated",
            None,
        ),
        (
            {"kind": "bad_request", "description": "chat not found"},
            400,
            "Bad Request: chat not found",
            None,
        ),
        ({"kind": "unauthorized"}, 401, "Unauthorized", None),
        ({"kind": "not_found"}, 404, "Not Found", None),
        (
            {"kind": "conflict"},
            409,
            f"Conflict: {OTHER_POLL}",
            None,
        ),
        ({"kind": "server_error"}, 500, "Internal Server Error", None),
        (
            {"kind": "server_error", "status": 502, "description": "Bad Gateway"},
            502,
            "Bad Gateway",
            None,
        ),
        (
            {"kind": "migrated", "migrate_to_chat_id": -100500},
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": -100500},
        ),
    ],
)
async def test_refusing_faults(sandbox, ask, fault, code, description, parameters):
    ann = sandbox.add_person("Ann", started=True).id
    sandbox.faults.add(**fault)
    status, body = await ask(chat_id=ann, text="Hi")
    wanted = {"ok": False, "error_code": code, "description": description}
    assert status == code
    assert json.loads(body) == wanted | ({"parameters": parameters} if parameters else {})
    assert sandbox.messages(ann) == []
    assert (await ask(chat_id=ann, text="Hi"))[0] == 200


async def test_reset_happens_before_anything_is_done(sandbox, ask, ann):
    sandbox.faults.add("reset")
    with pytest.raises(aiohttp.ClientError):
        await ask(chat_id=ann, text="Hi")
    assert sandbox.messages(ann) == []


async def test_a_lost_answer_comes_after_everything_is_done(sandbox, ask, ann):
    sandbox.faults.add("answer_lost")
    with pytest.raises(aiohttp.ClientError):
        await ask(chat_id=ann, text="Hi")
    assert [message["text"] for message in sandbox.messages(ann)] == ["Hi"]


async def test_hang_answers_nothing(sandbox, ann):
    sandbox.faults.add("hang", delay=30)
    timeout = aiohttp.ClientTimeout(total=0.1)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        with pytest.raises(TimeoutError):
            await http.get(f"{sandbox.url}/bot{sandbox.token}/getMe")


async def test_hang_ends_with_a_cut(sandbox, ask):
    sandbox.faults.add("hang", delay=0.01)
    with pytest.raises(aiohttp.ClientError):
        await ask("getMe")


async def test_slow_answers_later(sandbox, ask):
    sandbox.faults.add("slow", delay=0.1)
    begun = time.monotonic()
    assert (await ask("getMe"))[0] == 200
    assert time.monotonic() - begun >= 0.1


async def test_not_json(sandbox, ask):
    for details, status in (({}, 502), ({"status": 200}, 200)):
        sandbox.faults.add("not_json", **details)
        got, body = await ask("getMe")
        assert (got, body[:6]) == (status, "<html>")


async def test_python_telegram_bot_feels_each_of_them(sandbox, ann):
    bot = telegram.Bot(sandbox.token, f"{sandbox.url}/bot")
    async with bot:
        for kind, error in (
            ("forbidden", Forbidden),
            ("bad_request", BadRequest),
            ("unauthorized", InvalidToken),
            ("not_found", InvalidToken),
            ("conflict", Conflict),
            ("server_error", NetworkError),
            ("reset", NetworkError),
            ("answer_lost", NetworkError),
            ("not_json", NetworkError),
        ):
            sandbox.faults.add(kind)
            with pytest.raises(error):
                await bot.send_message(ann, "Hi")
        sandbox.faults.add("migrated", migrate_to_chat_id=-100)
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(ann, "Hi")
    assert moved.value.new_chat_id == -100


async def test_a_fault_is_for_its_method_chat_and_count(sandbox, ask, ann):
    ben = sandbox.add_person("Ben", started=True).id
    sandbox.faults.add("forbidden", method="SendMessage", chat_id=ben, count=2, skip=1)
    seen = [(await ask(chat_id=chat, text="Hi"))[0] for chat in (ann, ben, ben, ann, ben, ben)]
    assert seen == [200, 200, 403, 200, 403, 200]
    assert (await ask("sendChatAction", chat_id=ben, action="typing"))[0] == 200


async def test_a_fault_for_some_time_ends(sandbox, ask):
    sandbox.faults.add("server_error", seconds=0.05)
    assert (await ask("getMe"))[0] == 500
    await asyncio.sleep(0.06)
    assert (await ask("getMe"))[0] == 200
    assert sandbox.faults.listed() == []


async def test_a_fault_can_last_until_removed(sandbox, ask):
    fault = sandbox.faults.add("server_error", count=0)
    assert [(await ask("getMe"))[0] for _ in range(3)] == [500] * 3
    sandbox.faults.remove(fault.id)
    assert (await ask("getMe"))[0] == 200


def test_a_fault_that_makes_no_sense_is_refused():
    faults = Faults()
    for kind, details in (("earthquake", {}), ("slow", {"delay": "long"}), ("slow", {"colour": 1})):
        with pytest.raises(ValueError, match="fault"):
            faults.add(kind, **details)
    assert len(set(KINDS)) == 13


async def test_limits_are_kept_when_switched_on(sandbox, ask, ann):
    sandbox.limits.enforced = True
    seen = [await ask(chat_id=ann, text="Hi") for _ in range(4)]
    assert [status for status, _ in seen] == [200, 200, 200, 429]
    assert json.loads(seen[-1][1])["parameters"]["retry_after"] == 1
    assert (await ask("sendChatAction", chat_id=ann, action="typing"))[0] == 200


def test_limits_in_numbers():
    limits = SendLimits()
    assert [limits.seconds_to_wait(1, 0) for _ in range(99)] == [0] * 99
    limits.enforced = True
    assert [limits.seconds_to_wait(chat, 100.0) for chat in range(1, 32)] == [0] * 30 + [1]
    assert limits.seconds_to_wait(31, 101.0) == 0
    group = -5
    passed = [second for second in range(200, 240) if limits.seconds_to_wait(group, second) == 0]
    assert passed == list(range(200, 220))
    assert limits.seconds_to_wait(group, 240) == 20
    assert limits.refused == 1 + 20 + 1


async def test_sends_are_counted_by_window(sandbox, ask, ann):
    for _ in range(5):
        await ask(chat_id=ann, text="Hi")
    await ask("getMe")
    assert sandbox.calls.most_sends_within(60) == 5
    assert sandbox.calls.most_sends_within(60, chat_id=7) == 0
    for index, record in enumerate(sandbox.calls.sends()):
        record.at = index * 0.4
    assert sandbox.calls.most_sends_within(1.0) == 3
    sandbox.calls.clear()
    assert sandbox.calls.most_sends_within() == 0


async def test_latency_holds_every_call_but_polling(ann):
    async with Sandbox(latency=0.1) as sandbox, aiohttp.ClientSession() as http:
        for method, least in (("getMe", 0.1), ("getUpdates", 0.0)):
            begun = time.monotonic()
            async with http.get(f"{sandbox.url}/bot{sandbox.token}/{method}") as answer:
                assert answer.status == 200
            assert time.monotonic() - begun >= least


async def test_a_bug_of_the_sandbox_is_a_500_and_is_logged(sandbox, ask, caplog, monkeypatch):
    monkeypatch.delattr(sandbox.world, "profile")
    status, body = await ask("getMyCommands")
    assert (status, json.loads(body)["error_code"]) == (500, 500)
    assert "getMyCommands" in caplog.text
