"""One update's turn: its handler calls one service, and everything that follows is one commit."""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Reply
from tgbot.services.knowledge import Knowledge
from tgbot.services.ports import Clock
from tgbot.services.request import Request
from tgbot.storage import inbox, outbox, people
from tgbot.storage.writer import Writer

P = ParamSpec("P")
Service = Callable[Concatenate[Request, P], Awaitable[Sequence[Reply]]]


@dataclass(slots=True)
class Turn:
    """What a handler gets to work with. ``place`` is set by the dispatcher once it has parsed."""

    update_id: int
    writer: Writer
    clock: Clock
    knowledge: Knowledge
    place: Place
    user_id: int
    committed: bool = field(default=False, init=False)

    async def run(self, service: Service[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Runs the service and commits its changes, its replies and the end of the update together."""

        async def job(connection: AsyncConnection) -> None:
            now = self.clock.now()
            person = await self._person(connection, now)
            request = Request(connection, now, self.knowledge, person)
            replies = await service(request, *args, **kwargs)
            if await inbox.finish(connection, self.update_id, now):
                calls = render(replies, self.place)
                await outbox.queue(connection, calls, f"u{self.update_id}", now)

        if self.committed:
            raise RuntimeError("a turn commits once: call one service")
        await self.writer.run(job)
        self.committed = True

    async def _person(self, connection: AsyncConnection, now: datetime) -> people.Person:
        # Of people who speak in a group, or to nobody, nothing is kept.
        if self.user_id and self.place.chat_id == self.user_id:
            return await people.arrive(connection, self.user_id, now)
        return people.stranger(self.user_id)

    async def end(self) -> None:
        """Ends an update that nothing answered."""
        if self.committed:
            return
        await self.writer.run(lambda c: inbox.finish(c, self.update_id, self.clock.now()))
        self.committed = True


CURRENT_TURN: ContextVar[Turn] = ContextVar("CURRENT_TURN")
"""The turn of the running handler: python-telegram-bot passes nothing of ours through itself."""
