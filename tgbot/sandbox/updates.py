"""The queue of updates a bot has not confirmed yet, and the long poll that waits on it."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tgbot.sandbox.refusals import conflict

# Telegram sends these only when they are named in allowed_updates.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
BY_WEBHOOK = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that waits, already in the bytes that the bot will get."""

    number: int
    update_id: int
    raw: bytes
    chat_id: int


class UpdateQueue:
    """Updates in order of arrival; ids grow by one."""

    def __init__(self, first_id: int) -> None:
        self._pending: OrderedDict[int, Pending] = OrderedDict()
        self._next_id = first_id
        self._next_number = 0
        self._waiter: asyncio.Future[None] | None = None
        self.allowed: tuple[str, ...] = ()
        self.on_push: Callable[[Pending], None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def waiting(self) -> list[Pending]:
        """Return what is not confirmed, oldest first."""
        return list(self._pending.values())

    def push(self, kind: str, body: dict[str, Any], chat_id: int) -> int:
        """Queue one update and return its id, or 0 when the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in ON_REQUEST:
            return 0
        return self.push_raw({"update_id": self._next_id, kind: body}, chat_id)

    def push_raw(self, update: dict[str, Any], chat_id: int = 0) -> int:
        """Queue any JSON object as an update, whatever is in it; without an id it gets one."""
        update_id = update.get("update_id")
        if not isinstance(update_id, int):
            update_id = self._next_id
            update = {"update_id": update_id, **update}
        self._next_id = max(self._next_id, update_id + 1)
        self._next_number += 1
        pending = Pending(self._next_number, update_id, json.dumps(update).encode(), chat_id)
        self._pending[pending.number] = pending
        if self.on_push is not None:
            self.on_push(pending)
        self.end_poll()
        return update_id

    async def poll(self, offset: int, limit: int, timeout: float) -> list[bytes]:  # noqa: ASYNC109
        """Confirm everything below `offset`, then return updates, waiting up to `timeout` seconds.

        Raises:
            ApiError: a 409, when another poll or a webhook took over meanwhile.
        """
        self.stop_poll(OTHER_POLL)
        self.confirm(offset)
        if not self._pending and timeout > 0:
            await self._wait(timeout)
        return self._batch(offset, limit)

    def stop_poll(self, reason: str) -> None:
        """End a waiting poll with a 409."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(conflict(reason))
        self._waiter = None

    def end_poll(self) -> None:
        """Let a waiting poll answer now with what there is."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def confirm(self, offset: int) -> None:
        """Forget the updates below `offset`; a negative one keeps only that many of the last."""
        pending = self._pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popitem(last=False)
            return
        while pending and next(iter(pending.values())).update_id < offset:
            pending.popitem(last=False)

    def remove(self, number: int) -> None:
        """Forget one update, by its number in the queue."""
        self._pending.pop(number, None)

    def clear(self) -> None:
        """Forget everything."""
        self._pending.clear()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set which kinds are queued from now on; None leaves the setting, empty is the default."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    async def _wait(self, seconds: float) -> None:
        self._waiter = waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _batch(self, offset: int, limit: int) -> list[bytes]:
        batch: list[bytes] = []
        for pending in self._pending.values():
            if len(batch) == limit:
                break
            if offset <= 0 or pending.update_id >= offset:
                batch.append(pending.raw)
        return batch
