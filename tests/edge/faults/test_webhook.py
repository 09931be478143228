"""What a webhook takes and what it does not."""

import json
from io import BytesIO

import aiohttp
import pytest

from tests.edge.faults.road import said, settings_for, until
from tgbot.app import running
from tgbot.errors import SettingsError
from tgbot.messaging.webhook import HEADER
from tgbot.settings import read_settings


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
