"""Posting updates to the bot's webhook: in order per chat, several chats at once, until taken."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.updates import Pending, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
TAKEN = range(200, 300)
POST_TIMEOUT = 60.0
DEFAULT_CONNECTIONS = 40


@dataclass(frozen=True, slots=True)
class Target:
    """Where to post, and how."""

    url: str
    secret: str
    max_connections: int


class Webhook:
    """The webhook of the bot; without a target it does nothing."""

    def __init__(self, queue: UpdateQueue, clock: SandboxClock) -> None:
        self.target: Target | None = None
        self.first_pause = 0.2  # seconds before the second attempt; doubles up to last_pause
        self.last_pause = 10.0
        self._queue = queue
        self._clock = clock
        self._error: tuple[int, str] | None = None
        self._chats: dict[int, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        self._slots = asyncio.Semaphore(DEFAULT_CONNECTIONS)

    async def set(self, target: Target) -> None:
        """Post to `target` from now on, beginning with what already waits."""
        await self.remove()
        self.target = target
        self._slots = asyncio.Semaphore(target.max_connections)
        self._session = ClientSession(timeout=ClientTimeout(total=POST_TIMEOUT))
        self._queue.on_push = self._feed
        for pending in self._queue.waiting():
            self._feed(pending)

    async def remove(self) -> None:
        """Stop posting; what was not taken stays in the queue."""
        self.target, self._error, self._queue.on_push = None, None, None
        self._chats.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> dict[str, Any]:
        """Return the Bot API's WebhookInfo."""
        info: dict[str, Any] = {
            "url": self.target.url if self.target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if self.target:
            info["max_connections"] = self.target.max_connections
        if self._error:
            info["last_error_date"], info["last_error_message"] = self._error
        if self._queue.allowed:
            info["allowed_updates"] = list(self._queue.allowed)
        return info

    def _feed(self, pending: Pending) -> None:
        if pending.chat_id in self._chats:
            self._chats[pending.chat_id].append(pending)
            return
        self._chats[pending.chat_id] = deque([pending])
        task = asyncio.get_running_loop().create_task(self._drain(pending.chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, chat_id: int) -> None:
        waiting = self._chats[chat_id]
        while waiting:
            await self._deliver(waiting[0])
            waiting.popleft()
        self._chats.pop(chat_id, None)

    async def _deliver(self, pending: Pending) -> None:
        pause = self.first_pause
        while not await self._attempt(pending):
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.last_pause)
        self._queue.remove(pending.number)

    async def _attempt(self, pending: Pending) -> bool:
        if self.target is None or self._session is None:
            return False
        headers = {"Content-Type": "application/json"}
        if self.target.secret:
            headers[SECRET_HEADER] = self.target.secret
        try:
            async with (
                self._slots,
                self._session.post(
                    self.target.url, data=pending.raw, headers=headers, allow_redirects=False
                ) as answer,
            ):
                await answer.read()  # so that the connection can be used again
                if answer.status in TAKEN:
                    return True
                wrong = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, OSError, TimeoutError) as error:
            wrong = (
                "Read timeout expired" if isinstance(error, TimeoutError) else "Connection failed"
            )
        self._error = self._clock.timestamp(), wrong
        return False
