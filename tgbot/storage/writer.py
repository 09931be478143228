"""The one writer of a process: runs short jobs in shared transactions, so that one commit serves many.

A commit costs a disk flush. Jobs that arrive while a transaction is under way go into the next one
together, each in a savepoint of its own, and hear of success only after the commit.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
Job = Callable[[AsyncConnection], Awaitable[T]]

GROUP: Final = 64
"""Jobs that share a commit at most; more would make an urgent one wait too long."""


@dataclass(slots=True)
class _Entry:
    job: Job[Any]
    future: asyncio.Future[Any]
    started: bool = False


class Writer:
    """Serialises the writes of this process. Jobs must be short and must not touch the network."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: deque[_Entry] = deque()
        self._wake = asyncio.Event()

    async def run(self, job: Job[T]) -> T:
        """Runs ``job`` in a transaction and returns its result once that is committed.

        Raises:
            whatever the job raised (its changes are undone), or the error of the commit.
        """
        entry = _Entry(job, asyncio.get_running_loop().create_future())
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
        """Runs the jobs as they come, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                group = [self._queue.popleft() for _ in range(min(GROUP, len(self._queue)))]
                await self._commit([entry for entry in group if not entry.future.cancelled()])

    async def _commit(self, group: list[_Entry]) -> None:
        done: list[tuple[_Entry, object]] = []
        try:
            async with self._engine.begin() as connection:
                for entry in group:
                    entry.started = True
                    if len(group) == 1:
                        done.append((entry, await entry.job(connection)))
                    else:
                        await self._run_apart(entry, connection, done)
        except Exception as failure:  # noqa: BLE001 - whoever waits must hear of it
            for entry in group:
                _fail(entry, failure)
        else:
            for entry, result in done:
                if not entry.future.done():
                    entry.future.set_result(result)

    async def _run_apart(
        self, entry: _Entry, connection: AsyncConnection, done: list[tuple[_Entry, object]]
    ) -> None:
        """One job in a savepoint: its failure is its own, unless the database itself failed."""
        try:
            async with connection.begin_nested():
                result = await entry.job(connection)
        except DBAPIError as failure:
            if not isinstance(failure, IntegrityError):
                raise
            _fail(entry, failure)
        except Exception as failure:  # noqa: BLE001 - the others must go on
            _fail(entry, failure)
        else:
            done.append((entry, result))


def _fail(entry: _Entry, failure: Exception) -> None:
    if not entry.future.done():
        entry.future.set_exception(failure)
