"""Plain text: the answer to what the bot asked, a wish for a reminder, or a question."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from content.schema.faq import Topic
from tgbot.domain import languages
from tgbot.domain.asides import above, aside_for, room_under
from tgbot.domain.languages import not_understood
from tgbot.domain.questions import Intent, Question
from tgbot.domain.red_flags import screen
from tgbot.domain.replies import Reply, Say, Show
from tgbot.domain.times import AskBack, Kind, NotATime, Reason, When, parse_when, read_weekdays
from tgbot.services import (
    faq,
    hydration,
    hydration_view,
    manners,
    nutrients,
    pauses,
    reminder_questions,
    reminders,
    settings,
    welcome,
    zones,
)
from tgbot.services.request import Request
from tgbot.services.times_in_words import local_now, to_mask
from tgbot.storage import notes
from tgbot.storage.notes import NoteKind

LONGEST: Final = 4096
"""Characters of a Telegram message; more cannot be typed, only forged."""

WISH: Final = re.compile(r"(?i)\s*(?:please\s+|can you\s+|could you\s+)?remind me\b")
"""Words that ask for a reminder whatever the bot has asked before."""


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
    if waiting is not None and hydration.is_answer(request, waiting, words):
        return await hydration.take(request, waiting, words)
    # An answer to what the bot asked leans on that, not on the last question: "Dublin" is no food.
    question = await nutrients.read(request, words, leaning=waiting is None)
    topic = faq.topic_of(words, question, request.knowledge.catalogue)
    if waiting is not None and waiting.get("what") != "time" and WISH.match(words):
        waiting = None
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


async def hear_place(request: Request, zone: str | None) -> Sequence[Reply]:
    """A shared place, as the zone that was looked up; one that nobody asked for is passed over."""
    waiting = await notes.read(
        request.connection, request.person.id, NoteKind.EXPECTING, request.now
    )
    if waiting is None or waiting.get("what") != "zone":
        return await welcome.explain_text_only(request)
    return await zones.take_place(request, zone)


async def _take(request: Request, waiting: Mapping[str, Any], words: str) -> Sequence[Reply]:
    match waiting.get("what"):
        case "country":
            return await settings.take_country(request, words)
        case "zone":
            return await zones.take(request, words)
        case hydration_view.HERE:
            return await hydration.take(request, waiting, words)
        case "quiet":
            return await manners.take_quiet(request, words)
        case "pause":
            return await pauses.take_until(request, words, waiting.get("reminder"))
        case "days" if not isinstance(parse_when(words, local_now(request)), When):
            days = read_weekdays(words)
            if days is None:
                return [Say(request.say("reminders.days_unclear"))]
            return await reminders.take_days(request, to_mask(days), dict(waiting))
        case _:
            return await _take_time(request, words, waiting.get("reminder"))


async def _take_reminder(request: Request, words: str) -> Sequence[Reply]:
    """Understands a wish: "remind me at 7" sets one; "reminders" alone shows them."""
    if pauses.WISH.match(words):
        return await pauses.take_wish(request, words)
    reading = parse_when(words, local_now(request))
    if isinstance(reading, NotATime) and reading.reason is Reason.NOT_A_TIME:
        return await reminders.show_all(request)
    return await _take_time(request, words, None, reminders.EVERY_DAY)


async def _take_time(
    request: Request, words: str, reminder_id: int | None, unsaid: int | None = None
) -> Sequence[Reply]:
    """Typed times. ``unsaid``: the days that are meant when none are named; None asks for them."""
    reading = parse_when(words, local_now(request))
    if isinstance(reading, When | AskBack) and reading.kind is Kind.DRINK and reminder_id is None:
        times = reading.all_times() if isinstance(reading, When) else ()
        return await hydration.wish(request, times)
    match reading:
        case When(date=day) if day is not None:
            return [_one_day_only(request, reading, day, reminder_id)]
        case When(days=days, daily=daily):
            mask = to_mask(days) if days else reminders.EVERY_DAY if daily else unsaid
            return await reminders.take_times(request, reading.all_times(), mask, reminder_id)
        case AskBack(candidates=()) as back:
            return [Say(request.say(f"times.ask_{back.what}"))]
        case AskBack(candidates=candidates, days=days):
            mask = to_mask(days) if days else unsaid
            return [reminder_questions.choose_time(request, candidates, reminder_id, mask)]
        case NotATime(reason=reason):
            return [Say(request.say(f"times.no_{reason}"))]


def _one_day_only(
    request: Request, reading: When, day: date, reminder_id: int | None
) -> Say | Show:
    times = reading.all_times()
    if reminder_id is not None or len(times) > reminders.MOST:
        return Say(request.say("reminders.once_moved"))
    return reminder_questions.offer_series(request, times, day.weekday())
