"""getUpdates: confirming, waiting, waking, conflicts, which kinds come."""

import asyncio

import aiohttp
import pytest

from tgbot.sandbox.server import Sandbox

OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def poll(sandbox):
    async with aiohttp.ClientSession() as http:

        async def poll(**params):
            url = f"{sandbox.url}/bot{sandbox.token}/getUpdates"
            async with http.post(url, json=params) as answer:
                body = await answer.json()
                return body["result"] if body["ok"] else body

        yield poll


@pytest.fixture
def ann(sandbox):
    return sandbox.add_person("Ann").id


def texts(updates):
    return [update["message"]["text"] for update in updates]


async def polling(sandbox):
    """Wait until a long poll really waits."""
    while sandbox.world.updates._waiter is None:  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.001)


async def test_updates_come_again_until_they_are_confirmed(sandbox, poll, ann):
    for text in "abc":
        sandbox.send_text(ann, text)
    first = await poll(limit=2)
    assert texts(first) == ["a", "b"]
    assert texts(await poll(limit=2)) == ["a", "b"]
    ids = [update["update_id"] for update in first]
    assert ids[1] == ids[0] + 1
    assert texts(await poll(offset=ids[1] + 1)) == ["c"]
    assert await poll(offset=ids[1] + 2) == []
    assert len(sandbox.world.updates) == 0


async def test_a_negative_offset_keeps_the_last_ones(sandbox, poll, ann):
    for text in "abc":
        sandbox.send_text(ann, text)
    assert texts(await poll(offset=-1)) == ["c"]
    assert texts(await poll()) == ["c"]


async def test_the_limit_is_moved_into_its_range(sandbox, poll, ann):
    for number in range(130):
        sandbox.send_text(ann, str(number))
    assert len(await poll(limit=1000)) == 100
    assert len(await poll(limit=0)) == 1
    assert len(await poll(limit="many")) == 1


async def test_a_long_poll_wakes_at_once(sandbox, poll, ann):
    waiting = asyncio.create_task(poll(timeout=50))
    await polling(sandbox)
    sandbox.send_text(ann, "now")
    async with asyncio.timeout(5):
        assert texts(await waiting) == ["now"]


async def test_a_long_poll_ends_empty(sandbox):
    assert await sandbox.world.updates.poll(0, 100, 0.01) == []


async def test_a_second_poll_ends_the_first(sandbox, poll, ann):
    first = asyncio.create_task(poll(timeout=50))
    await polling(sandbox)
    second = asyncio.create_task(poll(timeout=50))
    assert await first == {"ok": False, "error_code": 409, "description": OTHER}
    await polling(sandbox)
    sandbox.send_text(ann, "mine")
    assert texts(await second) == ["mine"]


async def test_a_webhook_ends_a_poll_and_forbids_others(sandbox, poll):
    waiting = asyncio.create_task(poll(timeout=50))
    await polling(sandbox)
    base = f"{sandbox.url}/bot{sandbox.token}"
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{base}/setWebhook", json={"url": "http://127.0.0.1:9/"}) as answer:
            assert (await answer.json())["result"] is True
        assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"
        assert (await poll())["description"] == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        async with http.post(f"{base}/deleteWebhook") as answer:
            assert (await answer.json())["result"] is True
    assert await poll() == []


async def test_allowed_updates_are_remembered_and_reset(sandbox, poll, ann):
    await poll(allowed_updates=["callback_query"])
    sandbox.send_text(ann, "unheard")
    assert await poll() == []
    await poll(allowed_updates="[]")
    sandbox.send_text(ann, "heard")
    assert texts(await poll()) == ["heard"]
    assert (await poll(allowed_updates="{"))["error_code"] == 400


async def test_any_object_can_be_pushed(sandbox, poll):
    sandbox.push_update({"update_id": 5, "message": "not a message"})
    sandbox.push_update({"new_thing": {"x": 1}})
    broken, unknown = await poll()
    assert broken == {"update_id": 5, "message": "not a message"}
    assert unknown["new_thing"] == {"x": 1}


async def test_the_same_update_can_be_pushed_twice(sandbox, poll):
    for _ in range(2):
        sandbox.push_update({"update_id": 800_000_000, "x": 1})
    assert [update["update_id"] for update in await poll()] == [800_000_000] * 2
    assert await poll(offset=800_000_001) == []


async def test_a_client_that_hangs_up_loses_nothing(sandbox, poll, ann):
    waiting = asyncio.create_task(poll(timeout=50))
    await polling(sandbox)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    sandbox.send_text(ann, "still here")
    assert texts(await poll()) == ["still here"]


async def test_a_private_group_bot_hears_what_is_meant_for_it():
    async with Sandbox(reads_groups=False) as sandbox:
        ann = sandbox.add_person("Ann").id
        group = sandbox.add_group("Walkers", [ann]).id
        sent = sandbox.world.post(
            sandbox.world.groups[group], sandbox.world.bot, {"text": "Hi"}, by_bot=True
        ).body
        sandbox.send_text(group, "unheard", ann)
        sandbox.send_text(group, "/start@other_bot", ann)
        for text in ("/start", "/help@surefoot_bot", "hey @surefoot_bot !"):
            sandbox.send_text(group, text, ann)
        sandbox.send_text(group, "a reply", ann, reply_to=sent["message_id"])
        assert len(sandbox.messages(group)) == 7
        assert len(sandbox.world.updates) == 1 + 4


async def test_dates_come_from_the_clock(sandbox, poll, ann):
    before = sandbox.clock.timestamp()
    sandbox.clock.advance(86_400)
    sandbox.send_text(ann, "tomorrow")
    [update] = await poll()
    assert update["message"]["date"] >= before + 86_400
