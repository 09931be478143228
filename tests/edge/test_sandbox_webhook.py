"""The webhook: what is posted, with which secret, how often, in which order."""

import asyncio
from collections import defaultdict

import aiohttp
import pytest
from aiohttp import web

from tgbot.sandbox.server import Sandbox


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        running.world.webhook.first_pause = 0.01
        yield running


class Receiver:
    """A bot's end of a webhook: answers with the next of `answers`, then with 200."""

    def __init__(self):
        self.answers, self.got, self.secrets = [], [], []
        self.arrived = asyncio.Condition()
        self.at_once = self.most_at_once = 0
        self.gate = None

    async def take(self, request):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.gate is not None:
            await self.gate.wait()
        self.at_once -= 1
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.got.append(await request.json())
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        async with self.arrived:
            self.arrived.notify_all()
        return web.Response(status=status)

    async def wait_for(self, count):
        async with asyncio.timeout(5), self.arrived:
            await self.arrived.wait_for(lambda: len(self.got) >= count)


@pytest.fixture
async def receiver():
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.take), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def ask(sandbox):
    async with aiohttp.ClientSession() as http:

        async def ask(method, **params):
            url = f"{sandbox.url}/bot{sandbox.token}/{method}"
            async with http.post(url, json=params) as answer:
                return (await answer.json())["result"]

        yield ask


async def emptied(sandbox):
    async with asyncio.timeout(5):
        while len(sandbox.world.updates):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.005)


async def test_updates_are_posted_with_the_secret(sandbox, receiver, ask):
    ann = sandbox.add_person("Ann").id
    sandbox.send_text(ann, "before")
    assert await ask("setWebhook", url=receiver.url, secret_token="s3cret_-")
    sandbox.send_text(ann, "after")
    await receiver.wait_for(2)
    assert [update["message"]["text"] for update in receiver.got] == ["before", "after"]
    assert receiver.secrets == ["s3cret_-"] * 2
    await emptied(sandbox)


async def test_refused_updates_come_again_in_order(sandbox, receiver, ask):
    ann = sandbox.add_person("Ann").id
    receiver.answers = [500, 403, 302]
    await ask("setWebhook", url=receiver.url)
    for text in "abc":
        sandbox.send_text(ann, text)
    await receiver.wait_for(3)
    assert [update["message"]["text"] for update in receiver.got] == ["a", "b", "c"]
    info = await ask("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 302")


async def test_order_is_kept_per_chat_while_chats_run_together(sandbox, receiver, ask):
    people = [sandbox.add_person(name).id for name in ("Ann", "Ben", "Cem")]
    receiver.gate = asyncio.Event()
    await ask("setWebhook", url=receiver.url, max_connections=2)
    for number in range(4):
        for person in people:
            sandbox.send_text(person, str(number))
    while receiver.at_once < 2:  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.005)
    receiver.gate.set()
    await receiver.wait_for(12)
    assert receiver.most_at_once == 2
    order = defaultdict(list)
    for update in receiver.got:
        order[update["message"]["chat"]["id"]].append(update["message"]["text"])
    assert dict(order) == {person: ["0", "1", "2", "3"] for person in people}


async def test_what_was_not_taken_is_polled_later(sandbox, ask):
    await ask("setWebhook", url="http://127.0.0.1:9/nobody")
    ann = sandbox.add_person("Ann").id
    sandbox.send_text(ann, "wait")
    async with asyncio.timeout(5):
        while "last_error_message" not in sandbox.world.webhook.info():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    info = await ask("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection failed")
    await ask("deleteWebhook")
    assert len(await ask("getUpdates")) == 1


async def test_pending_updates_can_be_dropped(sandbox, receiver, ask):
    ann = sandbox.add_person("Ann").id
    sandbox.send_text(ann, "old")
    await ask("setWebhook", url=receiver.url, drop_pending_updates=True)
    sandbox.send_text(ann, "new")
    await receiver.wait_for(1)
    assert [update["message"]["text"] for update in receiver.got] == ["new"]
