"""The sandbox as one object: start it, act as people, read what the bot sent, script faults."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Self

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http_parser import RawRequestMessage
from aiohttp.web_protocol import RequestHandler

from tgbot.sandbox.acting import Actors
from tgbot.sandbox.bot_api import BotApi
from tgbot.sandbox.calls import CallLog
from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.faults import Faults
from tgbot.sandbox.limits import SendLimits
from tgbot.sandbox.page_api import PageApi
from tgbot.sandbox.page_guard import PageGuard
from tgbot.sandbox.page_time import PageTime
from tgbot.sandbox.reading import LARGEST_BODY
from tgbot.sandbox.state import Json, World

BOT_ID = 4242
SHUTDOWN_SECONDS = 0.2


class Sandbox(Actors):
    """A local Bot API server with a chat page; everything is in memory."""

    def __init__(
        self,
        *,
        token: str | None = None,
        name: str = "Surefoot",
        username: str = "surefoot_bot",
        clock: SandboxClock | None = None,
        require_start: bool = True,
        reads_groups: bool = True,
        latency: float = 0.0,
        next_due: Callable[[], Awaitable[datetime | None]] | None = None,
        on_clock: Callable[[], Awaitable[None]] | None = None,
        hosts: tuple[str, ...] = (),
    ) -> None:
        """Make a sandbox that does not listen yet.

        Args:
            token: made up when not given.
            name: the bot's first name.
            username: the bot's username.
            clock: shared with a bot in the same process.
            require_start: refuse to write to people who never wrote, as Telegram does.
            reads_groups: False is privacy mode: only commands, mentions and replies are heard.
            latency: seconds that every call but getUpdates takes at least.
            next_due: when the bot's next reminder is due, for the page's jump to it.
            on_clock: called after the clock jumped.
            hosts: further Host headers under which the page may be used; "*" is any.
        """
        self.token = token or f"{BOT_ID}:{secrets.token_urlsafe(26)}"
        self.clock = clock or SandboxClock()
        bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        world = World(bot, self.clock, require_start=require_start, reads_groups=reads_groups)
        super().__init__(world)
        self.url = ""
        self._api = BotApi(self.world, self.token)
        self._api.latency = latency
        self.time = PageTime(self.clock, self.world.events, next_due, on_clock)
        self._guard = PageGuard(hosts)
        self._page = PageApi(self, self._api.faults, self.time, self._guard)
        self._runner: web.ServerRunner | None = None

    @property
    def api_base(self) -> str:
        """Scheme, host and port, to which a bot appends /bot<token>/<method>."""
        return self.url

    @property
    def calls(self) -> CallLog:
        """What the bot called, in order."""
        return self.world.calls

    @property
    def faults(self) -> Faults:
        """The script of faults."""
        return self._api.faults

    @property
    def limits(self) -> SendLimits:
        """Telegram's sending limits; set `limits.enforced` to keep them."""
        return self._api.limits

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen and return the address; port 0 takes a free one."""
        server = web.Server(
            self._answer, request_factory=_make_request, access_log=None, keepalive_timeout=75.0
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        address = self._runner.addresses[0]
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{address[1]}"
        self._guard.own(shown, address[1])
        return self.url

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self.world.events.close()
        self.world.updates.end_poll()
        await self.world.webhook.remove()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            return await self._api.answer(request)
        if path.startswith("/file/bot"):
            return await self._api.answer_file(request)
        return await self._page.answer(request)


def _make_request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: RequestHandler,
    writer: AbstractStreamWriter,
    task: "asyncio.Task[None]",
) -> web.BaseRequest:
    """Make aiohttp's plain request, with Telegram's limit on bodies."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY
    )
