"""One update's turn: its handler calls one service, and everything that follows is one commit."""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.rendering import Call, Place, render
from tgbot.domain.replies import Reply
from tgbot.services.knowledge import Knowledge
from tgbot.services.ports import Clock
from tgbot.services.request import Request
from tgbot.storage import inbox, outbox, people
from tgbot.storage.writer import Writer

P = ParamSpec("P")
Service = Callable[Concatenate[Request, P], Awaitable[Sequence[Reply]]]


@dataclass(frozen=True, slots=True)
class Ended:
    """An update that was handled at an instant, and the calls that answer it."""

    update_id: int
    calls: Sequence[Call]
    at: datetime


async def finish_turns(connection: AsyncConnection, turns: Sequence[Ended]) -> None:
    """Marks updates as handled and owes their calls; what was handled before is not answered again."""
    open_until_now = await inbox.finish_all(connection, {t.update_id: t.at for t in turns})
    causes = [
        outbox.Cause(f"{outbox.ANSWER_KEY}{t.update_id}", t.calls, t.at)
        for t in turns
        if t.update_id in open_until_now
    ]
    await outbox.queue_all(connection, causes)


@dataclass(slots=True)
class Turn:
    """What a handler gets to work with. ``place`` is set by the dispatcher once it has parsed."""

    update_id: int
    writer: Writer
    clock: Clock
    knowledge: Knowledge
    place: Place
    user_id: int
    known: people.Person | None = None
    """The person of the chat, as read when the update was taken from the inbox."""
    committed: bool = field(default=False, init=False)

    async def run(self, service: Service[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Runs the service and commits its changes, its replies and the end of the update together."""

        async def job(connection: AsyncConnection) -> Ended:
            now = self.clock.now()
            person = await self._person(connection, now)
            request = Request(connection, now, self.knowledge, person)
            replies = await service(request, *args, **kwargs)
            return Ended(self.update_id, render(replies, self.place), now)

        if self.committed:
            raise RuntimeError("a turn commits once: call one service")
        await self.writer.run(job, finish_turns)
        self.committed = True

    async def _person(self, connection: AsyncConnection, now: datetime) -> people.Person:
        # Of people who speak in a group, or to nobody, nothing is kept.
        if self.user_id and self.place.chat_id == self.user_id:
            return await people.arrive(connection, self.user_id, now, self.known)
        return people.stranger(self.user_id)

    async def end(self) -> None:
        """Ends an update that nothing answered."""
        if self.committed:
            return

        async def job(_connection: AsyncConnection) -> Ended:
            return Ended(self.update_id, [], self.clock.now())

        await self.writer.run(job, finish_turns)
        self.committed = True


CURRENT_TURN: ContextVar[Turn] = ContextVar("CURRENT_TURN")
"""The turn of the running handler: python-telegram-bot passes nothing of ours through itself."""
