"""Plain text: the answer to what the bot asked, a wish for a reminder, or a question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tgbot.domain.questions import Intent
from tgbot.domain.replies import Reply, Say
from tgbot.domain.times import AskBack, NotATime, When, parse_when
from tgbot.services import nutrients, reminder_cards, reminders, settings, zones
from tgbot.services.request import Request
from tgbot.services.times_in_words import to_mask
from tgbot.storage import notes
from tgbot.storage.notes import NoteKind

LONGEST: Final = 4096
"""Characters of a Telegram message; more cannot be typed, only forged."""


async def hear(request: Request, text: str) -> Sequence[Reply]:
    """Answers a text that is not a command. Danger signs were screened when it came in."""
    words = text[:LONGEST].strip()
    waiting = await notes.read(
        request.connection, request.person.id, NoteKind.EXPECTING, request.now
    )
    question = await nutrients.read(request, words)
    if waiting is not None and not (question.sure and question.nutrients):
        return await _take(request, waiting, words)
    if question.intent is Intent.reminder:
        return await _take_reminder(request, words)
    return await nutrients.reply_to(request, question)


async def _take(request: Request, waiting: Mapping[str, Any], words: str) -> Sequence[Reply]:
    match waiting.get("what"):
        case "country":
            return await settings.take_country(request, words)
        case "zone":
            return await zones.take(request, words)
        case _:
            return await _take_time(request, words, waiting.get("reminder"))


async def _take_reminder(request: Request, words: str) -> Sequence[Reply]:
    """Understands a wish: "remind me at 7" sets one; "reminders" alone shows them."""
    reading = parse_when(words, _local(request))
    if isinstance(reading, NotATime):
        return await reminders.show_all(request)
    return await _take_time(request, words, None, reminders.EVERY_DAY)


async def _take_time(
    request: Request, words: str, reminder_id: int | None, unsaid: int | None = None
) -> Sequence[Reply]:
    """A typed time. ``unsaid``: the days that are meant when none are named; None asks for them."""
    match parse_when(words, _local(request)):
        case When(times=(at,), days=days, date=None):
            mask = to_mask(days) if days is not None else unsaid
            return await reminders.take_time(request, at, mask, reminder_id)
        case When():
            return [Say(request.say("reminders.one_at_a_time"))]
        case AskBack(candidates=()) as back:
            return [Say(request.say(f"times.ask_{back.what}"))]
        case AskBack(candidates=candidates, days=days):
            mask = to_mask(days) if days else unsaid
            return [reminder_cards.choose_time(request, candidates, reminder_id, mask)]
        case NotATime(reason=reason):
            return [Say(request.say(f"times.no_{reason}"))]


def _local(request: Request) -> datetime:
    zone = ZoneInfo(request.person.zone or "UTC")
    return request.now.astimezone(zone).replace(tzinfo=None)
