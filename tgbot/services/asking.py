"""One message in, one answer out, without a chat: for the command line and for reports."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tgbot.domain import warnings
from tgbot.domain.asides import aside_for, with_aside
from tgbot.domain.questions import Answer, Context, Intent, answer, understand
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
    catalogue = knowledge.catalogue
    screening = screen(text, knowledge.rules)
    if screening.action is not ScreenAction.NONE:
        alarm = warnings.warning(screening, catalogue.messages, catalogue.known_country(country))
        found = Answer(alarm.text, alarm.buttons)
        return _asked(screening, Intent.emergency, (), found)
    context = None
    for earlier in after:
        context = Context.of(understand(earlier, catalogue.nutrients, context))
    question = understand(text, catalogue.nutrients, context)
    topic = faq.topic_of(text, question, catalogue)
    intent = question.intent
    if topic is None:
        found = answer(question, catalogue.nutrients, catalogue.messages, country)
    else:
        found = faq.compose(topic, catalogue, country)
        intent = intent if intent in NAMED_ELSEWHERE else Intent.faq
    aside = aside_for(screening, catalogue.messages, catalogue.known_country(country))
    found = replace(found, text=with_aside(found.text, aside))
    return _asked(screening, intent, question.nutrients, found)


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
