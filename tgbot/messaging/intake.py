"""Takes raw updates in: stores them, and owes the warning for a danger sign in the same commit."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Say
from tgbot.domain.updates import Envelope, read_envelope
from tgbot.services.alarms import Alarm, find_alarms, raise_alarm
from tgbot.services.knowledge import Knowledge
from tgbot.services.ports import Clock
from tgbot.storage import inbox, outbox, people
from tgbot.storage.writer import Writer

log = logging.getLogger(__name__)

FLOOD: Final = 40
"""Messages of one chat waiting at once, beyond which they are answered together."""

MINUTE: Final = 60


class Intake:
    """Accepts updates from polling or webhook. ``accept`` returns only after the commit."""

    def __init__(
        self, writer: Writer, clock: Clock, knowledge: Knowledge, wake: Callable[[], None]
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._knowledge = knowledge
        self._wake = wake

    async def accept(self, updates: Sequence[Any]) -> None:
        """Stores updates once each; those that came before are passed over.

        Raises:
            sqlalchemy.exc.DBAPIError: nothing was stored; do not acknowledge.
        """
        envelopes = [_open(update) for update in updates]
        known = {
            e.update_id: (e, update) for e, update in zip(envelopes, updates, strict=True) if e
        }
        if not known:
            return
        arrivals = [
            inbox.Arrival(e.update_id, e.chat_id, e.kind, json.dumps(update))
            for e, update in known.values()
        ]
        alarms = find_alarms([e for e, _ in known.values()], self._knowledge)

        async def job(connection: AsyncConnection) -> None:
            now = self._clock.now()
            new = await inbox.add(connection, arrivals, now)
            private = {known[one][0].chat_id for one in new if known[one][0].private}
            await people.add_all(connection, private - {0}, now)
            fresh = [alarm for alarm in alarms if alarm.envelope.update_id in new]
            for alarm in fresh:
                await self._warn(connection, alarm)
            if fresh:
                await inbox.mark_alarms(connection, [a.envelope.update_id for a in fresh])
            chats = {known[one][0].chat_id for one in new} - {0}
            for chat_id in await inbox.crowded(connection, chats, FLOOD):
                await self._calm(connection, chat_id)

        await self._writer.run(job)
        self._wake()

    async def _warn(self, connection: AsyncConnection, alarm: Alarm) -> None:
        now = self._clock.now()
        replies = await raise_alarm(connection, alarm, self._knowledge, now)
        calls = render(replies, Place(alarm.envelope.chat_id))
        await outbox.queue(connection, calls, f"w{alarm.envelope.update_id}", now)

    async def _calm(self, connection: AsyncConnection, chat_id: int) -> None:
        """Answers a flood once instead of five hundred times; its danger signs were screened."""
        now = self._clock.now()
        await inbox.clear_messages(connection, chat_id, now)
        await outbox.withdraw_answers(connection, chat_id, now)
        text = self._knowledge.catalogue.messages.text("errors.flood")
        key = f"f{chat_id}:{int(now.timestamp()) // MINUTE}"
        await outbox.queue(connection, render([Say(text)], Place(chat_id)), key, now)
        log.warning("a flood was answered once")


def _open(update: Any) -> Envelope | None:  # noqa: ANN401 - whatever came in
    envelope = read_envelope(update)
    if envelope is None:
        log.warning("an update without a usable update_id was dropped")
    return envelope
