"""Handles what waits in the inbox: in order within a chat, chats side by side, nothing for ever."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tgbot.domain.delivery import backoff
from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Say
from tgbot.errors import HandlerFailed, UnreadableUpdate
from tgbot.messaging.turns import Turn
from tgbot.services.knowledge import Knowledge
from tgbot.services.ports import Clock
from tgbot.storage import inbox, outbox, people
from tgbot.storage.engine import reading
from tgbot.storage.writer import Writer

log = logging.getLogger(__name__)

Dispatch = Callable[[Turn, Any], Awaitable[None]]

SIDE_BY_SIDE: Final = 64
"""Chats handled at the same time."""

TRIES: Final = 5
DEADLINE: Final = 10.0
"""Seconds that one handler may take."""

IDLE: Final = 1.0
"""Seconds after which the inbox is looked at even if nobody called."""


class Worker:
    """Takes each chat's oldest update, lets ``dispatch`` handle it, and sees that it ends."""

    def __init__(
        self,
        engine: AsyncEngine,
        writer: Writer,
        clock: Clock,
        knowledge: Knowledge,
        dispatch: Dispatch,
        on_done: Callable[[], None],
        deadline: float = DEADLINE,
    ) -> None:
        self._engine = engine
        self._writer = writer
        self._clock = clock
        self._knowledge = knowledge
        self._dispatch = dispatch
        self._on_done = on_done
        self._deadline = deadline
        self._wake = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._held: dict[int, float] = {}

    def wake(self) -> None:
        """There may be something new."""
        self._wake.set()

    async def serve(self) -> None:
        """Works until cancelled; then ``drain`` lets what is under way finish."""
        while True:
            self._wake.clear()
            try:
                await self._start_ready()
            except DBAPIError:
                log.warning("the inbox cannot be read; trying again")
                self._wake.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()

    async def drain(self, seconds: float) -> None:
        """Waits for running handlers, then cancels the rest; their updates stay in the inbox."""
        tasks = list(self._running.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _pause(self) -> float:
        now = asyncio.get_running_loop().time()
        return max(0.0, min([IDLE, *(until - now for until in self._held.values())]))

    async def _start_ready(self) -> None:
        loop = asyncio.get_running_loop()
        self._held = {chat: until for chat, until in self._held.items() if until > loop.time()}
        free = SIDE_BY_SIDE - len(self._running)
        if not free:
            return
        async with reading(self._engine) as connection:
            found = await inbox.heads(connection, [*self._running, *self._held], free)
            known = await people.find_all(connection, [one.chat_id for one in found])
        now = self._clock.now()
        for pending in found:
            wait = (pending.available_at - now).total_seconds()
            if wait > 0:
                # The chat's order is kept: what came later waits with it.
                self._held[pending.chat_id] = loop.time() + wait
            elif pending.chat_id not in self._running:
                person = known.get(pending.chat_id)
                task = asyncio.create_task(self._handle(pending, person))
                self._running[pending.chat_id] = task

    async def _handle(self, pending: inbox.Pending, person: people.Person | None) -> None:
        try:
            await self._try(pending, person)
        except DBAPIError:
            log.warning("the database refused a commit; the update waits")
            self._held[pending.chat_id] = asyncio.get_running_loop().time() + IDLE
        finally:
            del self._running[pending.chat_id]
            self.wake()

    async def _try(self, pending: inbox.Pending, person: people.Person | None) -> None:
        turn = Turn(
            pending.update_id,
            self._writer,
            self._clock,
            self._knowledge,
            Place(pending.chat_id),
            pending.chat_id,
            person,
        )
        try:
            if not pending.alarm:
                await self._dispatch_in_time(turn, pending)
            await turn.end()
            self._on_done()
        except UnreadableUpdate:
            await self._park(pending, "UnreadableUpdate")
        except HandlerFailed as failure:
            if turn.committed:
                log.warning("a handler failed after its commit: %s", failure.cause_name)
            elif pending.attempts + 1 >= TRIES:
                await self._park(pending, failure.cause_name)
            else:
                await self._postpone(pending, failure.cause_name)

    async def _dispatch_in_time(self, turn: Turn, pending: inbox.Pending) -> None:
        try:
            async with asyncio.timeout(self._deadline):
                await self._dispatch(turn, json.loads(pending.body))
        except TimeoutError:
            raise HandlerFailed("TimeoutError") from None

    async def _postpone(self, pending: inbox.Pending, error: str) -> None:
        attempts = pending.attempts + 1
        until = self._clock.now() + timedelta(seconds=backoff(attempts))
        log.warning("a handler failed, try %d of %d: %s", attempts, TRIES, error)
        await self._writer.run(
            lambda connection: inbox.postpone(connection, pending.update_id, attempts, until, error)
        )

    async def _park(self, pending: inbox.Pending, error: str) -> None:
        """Puts the update aside and tells the person, so that silence is never the answer."""

        async def job(connection: AsyncConnection) -> None:
            now = self._clock.now()
            await inbox.park(connection, pending.update_id, now, error)
            if pending.chat_id and pending.kind in {"message", "callback_query"}:
                text = self._knowledge.catalogue.messages.text("errors.parked")
                calls = render([Say(text)], Place(pending.chat_id))
                await outbox.queue(connection, calls, f"p{pending.update_id}", now)

        log.error("update %d was parked: %s", pending.update_id, error)
        await self._writer.run(job)
        self._on_done()
