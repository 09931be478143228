"""Plain text: the answer to what the bot asked, a wish for a reminder, or a question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from content.schema.faq import Topic
from tgbot.domain import languages
from tgbot.domain.asides import above, aside_for, room_under
from tgbot.domain.languages import not_understood
from tgbot.domain.questions import Intent, Question
from tgbot.domain.red_flags import screen
from tgbot.domain.replies import Reply, Say
from tgbot.domain.times import AskBack, NotATime, When, parse_when
from tgbot.services import faq, nutrients, reminder_cards, reminders, settings, zones
from tgbot.services.request import Request
from tgbot.services.times_in_words import to_mask
from tgbot.storage import notes
from tgbot.storage.notes import NoteKind

LONGEST: Final = 4096
"""Characters of a Telegram message; more cannot be typed, only forged."""


async def hear(request: Request, text: str) -> Sequence[Reply]:
    """Answers a text that is not a command. Danger signs were screened when it came in."""
    words = text[:LONGEST].strip()
    aside = _aside(request, words)
    return above(await _hear(request, words, aside), aside)


async def ask(request: Request, words: str) -> Sequence[Reply]:
    """``/ask vitamin d``, ``/ask what is myasthenia``; without words it says what can be asked."""
    words = words[:LONGEST]
    if not words:
        return await nutrients.ask(request, "")
    question = await nutrients.read(request, words)
    topic = faq.topic_of(words, question, request.knowledge.catalogue)
    aside = _aside(request, words)
    return above(await _answer(request, words, question, topic, aside), aside)


async def _hear(request: Request, words: str, aside: str) -> Sequence[Reply]:
    waiting = await notes.read(
        request.connection, request.person.id, NoteKind.EXPECTING, request.now
    )
    # An answer to what the bot asked leans on that, not on the last question: "Dublin" is no food.
    question = await nutrients.read(request, words, leaning=waiting is None)
    topic = faq.topic_of(words, question, request.knowledge.catalogue)
    if waiting is not None and topic is None and not (question.sure and question.nutrients):
        return await _take(request, waiting, words)
    if question.intent is Intent.reminder:
        return await _take_reminder(request, words)
    return await _answer(request, words, question, topic, aside)


async def _answer(
    request: Request, words: str, question: Question, topic: Topic | None, aside: str
) -> Sequence[Reply]:
    if topic is not None:
        return await faq.reply_to(request, topic)
    catalogue = request.knowledge.catalogue
    if not_understood(question) and (found := languages.language_of(words, catalogue.languages)):
        number = catalogue.country(request.person.country).ambulance
        return [Say(languages.told(found, number, catalogue.messages))]
    return await nutrients.reply_to(request, question, room_under(aside))


def _aside(request: Request, words: str) -> str:
    """What to do if it happens, where a danger sign is only asked about; it stands above all."""
    catalogue = request.knowledge.catalogue
    country = catalogue.known_country(request.person.country)
    screening = screen(words, request.knowledge.rules)
    return aside_for(screening, catalogue.messages, country)


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
