"""/healthz and /readyz tell of progress, over HTTP."""

import asyncio
from time import monotonic

import aiohttp
import pytest

from tgbot.app import running
from tgbot.messaging.vitals import STALE, Vitals
from tgbot.sandbox.server import Sandbox
from tgbot.settings import read_settings

LISTEN = "127.0.0.1:{}"


async def get(http, port, path):
    async with http.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.json()


async def test_health_follows_what_telegram_says(tmp_path, knowledge):
    port = 16_000 + hash(str(tmp_path)) % 2_000
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        settings = read_settings(
            token=sandbox.token,
            api_base=sandbox.api_base,
            state_dir=tmp_path,
            health_listen=LISTEN.format(port),
        )
        fault = sandbox.faults.add("unauthorized", method="getUpdates", count=0)
        async with running(settings, sandbox.clock, knowledge):

            async def becomes(path, expected):
                deadline = monotonic() + 10
                while (found := await get(http, port, path)) != expected:
                    assert monotonic() < deadline, found
                    await asyncio.sleep(0.05)

            refused = {"problems": ["Telegram rejects the token"]}
            await becomes("/healthz", (503, refused))
            await becomes("/readyz", (503, {"ready": False}))
            sandbox.faults.remove(fault.id)
            await becomes("/healthz", (200, {"problems": []}))
            await becomes("/readyz", (200, {"ready": True}))


@pytest.mark.parametrize(
    ("part", "words"),
    [("last_poll", "no answer from Telegram"), ("last_tick", "reminders have not been looked at")],
)
def test_a_part_without_progress_for_a_minute_is_named(part, words):
    vitals = Vitals()
    vitals.polled()
    vitals.ticked()
    assert vitals.ready
    setattr(vitals, part, monotonic() - STALE - 1)
    assert [problem for problem in vitals.problems() if words in problem]
    assert not vitals.ready


def test_a_webhook_is_not_blamed_for_not_polling():
    vitals = Vitals(webhook=True)
    vitals.started_at = monotonic() - 1000
    vitals.ticked()
    assert vitals.problems() == []
