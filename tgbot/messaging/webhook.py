"""Takes updates that Telegram posts; says yes only after the commit."""

import hmac
import json
import logging
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from tgbot.domain.updates import KINDS
from tgbot.messaging.api import BotApi
from tgbot.messaging.intake import Intake

log = logging.getLogger(__name__)

LARGEST: Final = 1024 * 1024
"""Bytes of a post at most; a real update is a few thousand."""

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """The address that Telegram posts to. Whoever does not know the secret gets nothing."""

    def __init__(self, intake: Intake, url: str, secret: str) -> None:
        self._intake = intake
        self._url = url
        self._secret = secret

    def application(self) -> web.Application:
        """The web application; its only path is that of the public address."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        return app

    async def register(self, api: BotApi) -> None:
        """Tells Telegram where to post.

        Raises:
            ApiRefused, ApiUnreachable: it did not work.
        """
        params = {"url": self._url, "secret_token": self._secret, "allowed_updates": KINDS}
        await api.call("setWebhook", params)

    async def _receive(self, request: web.Request) -> web.Response:
        shown = request.headers.get(HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            log.warning("a post was not JSON")
            return web.Response(status=400)
        try:
            await self._intake.accept([update])
        except DBAPIError:
            log.warning("an update could not be stored; Telegram will post it again")
            return web.Response(status=503)
        return web.Response()
