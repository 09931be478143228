"""Sends what is owed: the most urgent first, within the limits, and never forgets how it ended."""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import uuid4

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.delivery import Again, Decision, Finish, Outcome, SendClass, decide
from tgbot.domain.rendering import as_new, plain
from tgbot.errors import ApiRefused, ApiUnreachable
from tgbot.messaging import pictures
from tgbot.messaging.api import BotApi
from tgbot.messaging.limiter import Limiter
from tgbot.messaging.outcomes import classify
from tgbot.services.ports import Clock
from tgbot.storage import outbox, people
from tgbot.storage.outbox import Leased
from tgbot.storage.writer import Closing, Job, Writer

T = TypeVar("T")

log = logging.getLogger(__name__)

IN_FLIGHT: Final = 64
"""Calls under way at the same time; urgent ones may go beyond it."""

IDLE: Final = 1.0
"""Seconds after which the outbox is looked at even if nobody called."""

BREATH: Final = 0.04
"""Seconds to wait when calls are ready but the budget of this moment is used up."""

LATE: Final = timedelta(minutes=10)
"""Age at which a call that still fails is reported."""

ANSWERS_TAP: Final = frozenset({"answerCallbackQuery", "answerInlineQuery"})
"""Methods that are not addressed to a chat."""


class Sender:
    """Leases calls from the outbox, sends them side by side, and commits each outcome.

    ``alone``: no other process sends from this database, so leases left by a crash are free at once.
    """

    def __init__(
        self, api: BotApi, writer: Writer, clock: Clock, per_second: float, *, alone: bool
    ) -> None:
        self._api = api
        self._writer = writer
        self._clock = clock
        self._limiter = Limiter(per_second)
        self._alone = alone
        self._owner = uuid4().hex
        self._wake = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._busy: Counter[int] = Counter()
        self._waiting: dict[int, float] = {}
        self._starved = False
        self._late: set[int] = set()
        self.outcomes: Counter[Outcome] = Counter()

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    async def serve(self) -> None:
        """Sends until cancelled; then ``drain`` lets what is under way finish."""
        if self._alone:
            await self._store(outbox.release)
        while True:
            self._wake.clear()
            try:
                leased = await self._writer.run(self._lease)
            except DBAPIError:
                log.warning("the outbox cannot be read; trying again")
                leased = []
            for call in leased:
                self._start(call)
            if not leased:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._pause()):
                        await self._wake.wait()

    async def drain(self, seconds: float) -> None:
        """Waits for calls under way, cancels the rest, and gives their leases back."""
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(DBAPIError):
            await self._writer.run(lambda c: outbox.release(c, owner=self._owner))

    async def tidy(self) -> None:
        """Frees leases of processes that died, and memory of chats that are quiet."""
        self._limiter.forget_idle(_monotonic())
        await self._store(lambda c: outbox.release(c, before=self._clock.now() - outbox.LEASE))

    def _pause(self) -> float:
        now = _monotonic()
        soonest = min([IDLE, *(until - now for until in self._waiting.values())])
        return max(0.001, min(soonest, BREATH) if self._starved else soonest)

    async def _lease(self, connection: AsyncConnection) -> list[Leased]:
        moment = _monotonic()
        self._waiting = {chat: at for chat, at in self._waiting.items() if at > moment}
        self._starved = False
        taken: list[Leased] = []
        for send_class in SendClass:
            await self._choose(connection, send_class, moment, taken)
        if taken:
            ids = [call.id for call in taken]
            await outbox.lease(connection, ids, self._owner, self._clock.now())
        return taken

    async def _choose(
        self, connection: AsyncConnection, send_class: SendClass, moment: float, taken: list[Leased]
    ) -> None:
        """Takes as many ready calls of a class as the limits allow now, one per chat at a time."""
        room = self._limiter.room(send_class, moment) - len(taken)
        urgent = send_class is SendClass.URGENT
        if not urgent:
            room = min(room, IN_FLIGHT - len(self._tasks) - len(taken))
        if room <= 0:
            self._starved = True
            return
        busy = {*self._busy, *(call.chat_id for call in taken)}
        held = list(self._waiting) if urgent else [*self._waiting, *busy]
        for call in await outbox.ready(connection, send_class, held, self._clock.now(), room):
            if self._admit(call, send_class, moment, busy):
                busy.add(call.chat_id)
                taken.append(call)

    def _admit(self, call: Leased, send_class: SendClass, moment: float, busy: set[int]) -> bool:
        urgent = send_class is SendClass.URGENT
        if call.method not in ANSWERS_TAP:
            free_at = self._limiter.chat_free_at(call.chat_id, send_class, moment)
            if free_at > moment:
                if not urgent or free_at > moment + 1:
                    self._waiting[call.chat_id] = free_at
                self._starved = True
                return False
        if not urgent and call.chat_id in busy:
            self._starved = True
            return False
        return True

    def _start(self, call: Leased) -> None:
        self._busy[call.chat_id] += 1
        self._limiter.note_send(call.chat_id, call.method, _monotonic())
        task = asyncio.create_task(self._deliver(call))
        self._tasks[call.id] = task
        task.add_done_callback(lambda _done: self._forget(call))

    def _forget(self, call: Leased) -> None:
        del self._tasks[call.id]
        self._busy[call.chat_id] -= 1
        if not self._busy[call.chat_id]:
            del self._busy[call.chat_id]
        self._wake.set()

    async def _deliver(self, call: Leased) -> None:
        outcome, failure = await self._send(call)
        refused = failure if isinstance(failure, ApiRefused) else None
        age = self._clock.now() - call.created_at
        decision = decide(
            outcome,
            SendClass(call.send_class),
            call.attempts + 1,
            age,
            refused.retry_after if refused else None,
        )
        if refused and outcome is Outcome.LIMITED:
            self._limiter.note_limit(
                call.chat_id, SendClass(call.send_class), refused.retry_after or 1.0, _monotonic()
            )
        self._report(call, outcome, decision, late=age > LATE)
        if isinstance(decision, Finish) and not decision.silence_chat:
            await self._store(_ended(call.id, outcome), self._finish_calls)
        else:
            new_chat = refused.migrate_to if refused else None
            await self._store(lambda c: self._settle(c, call, outcome, decision, new_chat))
        self.outcomes[outcome] += 1

    async def _send(self, call: Leased) -> tuple[Outcome, ApiRefused | ApiUnreachable | None]:
        if call.expires_at is not None and call.expires_at <= self._clock.now():
            return Outcome.EXPIRED, None
        params = json.loads(call.params)
        if call.method not in ANSWERS_TAP:
            params["chat_id"] = call.chat_id
        try:
            await pictures.send(self._api, call.method, params)
        except (ApiRefused, ApiUnreachable) as failure:
            return classify(failure), failure
        return Outcome.SENT, None

    def _report(self, call: Leased, outcome: Outcome, decision: Decision, *, late: bool) -> None:
        match decision:
            case Finish():
                self._late.discard(call.id)
                if outcome in {
                    Outcome.REFUSED,
                    Outcome.UNSURE,
                    Outcome.UNAVAILABLE,
                    Outcome.TOKEN_REFUSED,
                }:
                    log.error("a %s was given up: %s", call.method, outcome)
            case Again() if late and call.id not in self._late:
                self._late.add(call.id)
                log.error("a %s is more than ten minutes late: %s", call.method, outcome)
            case Again():
                pass

    async def _settle(
        self,
        connection: AsyncConnection,
        call: Leased,
        outcome: Outcome,
        decision: Decision,
        new_chat: int | None,
    ) -> None:
        now = self._clock.now()
        if isinstance(decision, Finish):
            await outbox.finish_all(connection, self._owner, [(call.id, outcome)], now)
            await people.block(connection, call.chat_id, now)
            await outbox.drop_chat(connection, call.chat_id, outcome, now)
            return
        if decision.move_chat and new_chat is not None:
            await outbox.move_chat(connection, call.chat_id, new_chat)
        at = None  # its old place in the order
        if decision.delay:
            # What came later in this chat waits too, so that the order stays.
            self._waiting[call.chat_id] = _monotonic() + decision.delay
            at = now + timedelta(seconds=decision.delay)
        await outbox.retry(connection, call.id, self._owner, outcome, at, _changes(call, decision))

    async def _finish_calls(
        self, connection: AsyncConnection, ends: Sequence[tuple[int, Outcome]]
    ) -> None:
        await outbox.finish_all(connection, self._owner, ends, self._clock.now())

    async def _store(self, job: Job[T], closing: Closing[T] | None = None) -> None:
        """Commits, however long the database takes to come back: what was sent must be noted."""
        while True:
            try:
                await self._writer.run(job, closing)
            except DBAPIError:
                await asyncio.sleep(IDLE)
            else:
                return


def _ended(call_id: int, outcome: Outcome) -> Job[tuple[int, Outcome]]:
    async def job(_connection: AsyncConnection) -> tuple[int, Outcome]:
        return call_id, outcome

    return job


def _changes(call: Leased, decision: Again) -> dict[str, Any]:
    """How the row changes for its next try."""
    params = json.loads(call.params)
    if decision.plain:
        return {"params": json.dumps(plain(params))}
    if decision.as_new:
        return {"method": "sendMessage", "params": json.dumps(as_new(params))}
    return {}


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
