"""The one writer of a process: runs short jobs in shared transactions, so that one commit serves many.

A commit costs a disk flush. Jobs that arrive while a transaction is under way go into the next one
together, and hear of success only after the commit. When one of them fails, nothing of the group is
kept and each is run again in a transaction of its own: savepoints would cost all of them dearly for
what hardly ever happens.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
Job = Callable[[AsyncConnection], Awaitable[T]]
Closing = Callable[[AsyncConnection, Sequence[T]], Awaitable[None]]

GROUP: Final = 64
"""Jobs that share a commit at most; more would make an urgent one wait too long."""


@dataclass(slots=True)
class _Entry:
    job: Job[Any]
    closing: Closing[Any] | None
    future: asyncio.Future[Any]
    started: bool = False


class Writer:
    """Serialises the writes of this process.

    Jobs must be short, must not touch the network, and may be run twice: they may have no effect
    but on the database.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: deque[_Entry] = deque()
        self._wake = asyncio.Event()

    async def run(self, job: Job[T], closing: Closing[T] | None = None) -> T:
        """Runs ``job`` in a transaction and returns its result once that is committed.

        ``closing`` is called before the commit, once for all jobs of the group that name it, with
        their results: what many jobs write alike is then one statement.

        Raises:
            whatever the job raised (its changes are undone), or the error of the commit.
        """
        entry = _Entry(job, closing, asyncio.get_running_loop().create_future())
        self._queue.append(entry)
        self._wake.set()
        try:
            return await asyncio.shield(entry.future)
        except asyncio.CancelledError:
            if entry.started:
                # Too late to take it back: the caller must learn how it ended.
                await asyncio.wait([entry.future])
            entry.future.cancel()
            raise

    async def serve(self) -> None:
        """Runs the jobs as they come, for ever; when it ends, nobody is left waiting."""
        group: list[_Entry] = []
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self._queue:
                    group = [self._queue.popleft() for _ in range(min(GROUP, len(self._queue)))]
                    await self._commit([entry for entry in group if not entry.future.cancelled()])
        finally:
            for entry in (*group, *self._queue):
                entry.future.cancel()

    async def _commit(self, group: list[_Entry]) -> None:
        """One transaction for the group, or one for each when a job failed."""
        if not group:
            return
        try:
            results = await self._transact(group)
        except Exception as failure:  # noqa: BLE001 - whoever waits must hear of it
            if len(group) > 1 and _is_of_one_job(failure):
                for entry in group:
                    await self._commit([entry])
                return
            for entry in group:
                if not entry.future.done():
                    entry.future.set_exception(failure)
        else:
            for entry, result in zip(group, results, strict=True):
                if not entry.future.done():
                    entry.future.set_result(result)

    async def _transact(self, group: list[_Entry]) -> list[Any]:
        async with self._engine.begin() as connection:
            results = []
            for entry in group:
                entry.started = True
                results.append(await entry.job(connection))
            for closing in dict.fromkeys(entry.closing for entry in group):
                if closing is not None:
                    own = [r for e, r in zip(group, results, strict=True) if e.closing == closing]
                    await closing(connection, own)
        return results


def _is_of_one_job(failure: Exception) -> bool:
    """Whether the others of the group may still succeed: the database itself did not fail."""
    return not isinstance(failure, DBAPIError) or isinstance(failure, IntegrityError)
