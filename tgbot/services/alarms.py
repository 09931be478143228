"""Danger first: screens what people write and says the warning, whatever else is going on."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain import warnings
from tgbot.domain.red_flags import ScreenAction, Screening, screen
from tgbot.domain.replies import Reply
from tgbot.domain.updates import Envelope
from tgbot.services.knowledge import Knowledge
from tgbot.storage import notes, people
from tgbot.storage.notes import NoteKind

log = logging.getLogger(__name__)

COMMAND: Final = re.compile(r"/([a-z_]+)(?:@\w+)?(?!\w)")
"""A command as Telegram writes it, perhaps with the bot's name behind it."""

HELD: Final = timedelta(hours=1)
"""How long a message that was asked about waits for its "no", to be answered then."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A message that names, or may name, a danger sign. ``written`` is what was screened of it."""

    envelope: Envelope
    screening: Screening
    written: str


def find_alarms(envelopes: Sequence[Envelope], knowledge: Knowledge) -> list[Alarm]:
    """Screens every text. A fault of the screen itself must not stop the mail, so it is logged."""
    alarms = []
    for envelope in envelopes:
        written = _without_command(envelope.text, knowledge)
        if not written:
            continue
        try:
            screening = screen(written, knowledge.rules)
        except Exception:
            log.exception("the danger screen failed on a message")
            continue
        if screening.action is not ScreenAction.NONE:
            alarms.append(Alarm(envelope, screening, written))
    return alarms


def _without_command(text: str, knowledge: Knowledge) -> str:
    """What stands after one of our commands: a bare "/help" is no cry for help, "help" is."""
    command = COMMAND.match(text)
    ours = command and f"commands.{command[1]}" in knowledge.catalogue.messages.texts
    return text[command.end() :] if command and ours else text


async def raise_alarm(
    connection: AsyncConnection, alarm: Alarm, knowledge: Knowledge, now: datetime
) -> list[Reply]:
    """The warning for an alarm; in full once in ten minutes, unless something new is named."""
    user_id = alarm.envelope.user_id or alarm.envelope.chat_id
    person = await people.ensure(connection, user_id, now)
    country = knowledge.catalogue.known_country(person.country)
    messages = knowledge.catalogue.messages
    screening = alarm.screening
    if screening.action is ScreenAction.ASK and alarm.envelope.private:
        held = {"text": alarm.written}
        await notes.write(connection, user_id, NoteKind.HELD, held, now + HELD)
    if not warnings.should_repeat(screening, person.warned_of, person.warned_at, now):
        return [warnings.reminder(screening, messages, country)]
    if screening.action is ScreenAction.WARN:
        of = tuple(dict.fromkeys((*screening.conditions, *person.recently_warned_of(now))))
        await people.note_warning(connection, user_id, of, now)
    return [warnings.warning(screening, messages, country)]
