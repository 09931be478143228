"""One message in, one answer out, without a chat: for the command line and for reports."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tgbot.domain import languages, warnings
from tgbot.domain.asides import BETWEEN, aside_for, room_under, with_aside
from tgbot.domain.languages import not_understood
from tgbot.domain.questions import Answer, Context, Intent, Question, answer, understand
from tgbot.domain.red_flags import ScreenAction, Screening, screen
from tgbot.domain.rendering import without_markup
from tgbot.domain.replies import Keyboard
from tgbot.services import faq
from tgbot.services.knowledge import Knowledge

NAMED_ELSEWHERE: Final = frozenset({Intent.exercise, Intent.hydration})
"""Intents that keep their name though a common question answers them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot makes of a message: screened, understood, answered (plain text)."""

    screening: Screening
    intent: str
    nutrients: tuple[str, ...]
    reply: str
    buttons: tuple[str, ...]
    sources: tuple[str, ...]


def ask(knowledge: Knowledge, text: str, after: Sequence[str] = (), country: str = "") -> Asked:
    """Answers ``text``; ``after`` are the person's earlier messages, the oldest first.

    ``country`` is a two-letter code, or empty when unknown.
    """
    screening = screen(text, knowledge.rules)
    warned = screening.action is ScreenAction.WARN
    asked = screening.action is ScreenAction.ASK
    # Beside thoughts of self-harm there is no question about food that could not wait.
    if warned or (asked and warnings.SELF_HARM in screening.conditions):
        return _asked(screening, Intent.emergency, (), _alarm(knowledge, screening, country))
    question = _read(knowledge, text, after)
    catalogue = knowledge.catalogue
    above = aside_for(screening, catalogue.messages, catalogue.known_country(country))
    alarm = _alarm(knowledge, screening, country) if asked else None
    if alarm:
        above = f"{alarm.text}{BETWEEN}{catalogue.messages.text('nutrients.if_not')}"
    intent, found = _answer(knowledge, text, question, country, room_under(above))
    if alarm:
        buttons = (*alarm.buttons, *found.buttons)
        # What No would bring in the chat stands below the one question about an unclear message.
        found = replace(found, text=f"{above}{BETWEEN}{found.text}", buttons=buttons)
    else:
        found = replace(found, text=with_aside(found.text, above))
    return _asked(screening, intent, question.nutrients, found)


def _read(knowledge: Knowledge, text: str, after: Sequence[str]) -> Question:
    nutrients = knowledge.catalogue.nutrients
    context = None
    for earlier in after:
        context = Context.of(understand(earlier, nutrients, context))
    return understand(text, nutrients, context)


def _answer(
    knowledge: Knowledge, text: str, question: Question, country: str, room: int
) -> tuple[Intent, Answer]:
    """What is asked in the end, and the answer: a common question's, or a nutrient's."""
    catalogue = knowledge.catalogue
    topic = faq.topic_of(text, question, catalogue)
    if topic is None:
        return question.intent, _own_answer(knowledge, text, question, country, room)
    kept = question.intent in NAMED_ELSEWHERE
    return question.intent if kept else Intent.faq, faq.compose(topic, catalogue, country)


def _own_answer(
    knowledge: Knowledge, text: str, question: Question, country: str, room: int
) -> Answer:
    """What is said about nutrients, or in which language the bot can be asked."""
    catalogue = knowledge.catalogue
    if not_understood(question) and (found := languages.language_of(text, catalogue.languages)):
        number = catalogue.country(country).ambulance
        return Answer(languages.told(found, number, catalogue.messages))
    return answer(question, catalogue.nutrients, catalogue.messages, country, room)


def _alarm(knowledge: Knowledge, screening: Screening, country: str) -> Answer:
    catalogue = knowledge.catalogue
    alarm = warnings.warning(screening, catalogue.messages, catalogue.known_country(country))
    return Answer(alarm.text, alarm.buttons)


def _asked(
    screening: Screening, intent: Intent, nutrients: tuple[str, ...], found: Answer
) -> Asked:
    return Asked(
        screening,
        intent.value,
        nutrients,
        without_markup(found.text),
        _words(found.buttons),
        found.sources,
    )


def _words(buttons: Keyboard) -> tuple[str, ...]:
    return tuple(button.text for row in buttons for button in row)
