"""Checks of the common questions: readable, short enough for a screen, with a source, all linked."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from content.checks.messages import HARDEST
from content.checks.reading import grade
from content.schema.faq import NUTRIENT, PLACES, Faq, Topic

SCREEN: Final = 900
"""Characters of an answer, which with its last lines must fit a phone's screen (1,200)."""
WORDINGS: Final = 2
"""Ways of asking that a topic must know, at least."""
LONGEST_TITLE: Final = 48
"""Characters of a title, which must fit a button."""


def problems(faq: Faq) -> Iterator[str]:
    """What is wrong with the common questions, each as a plain sentence naming the topic."""
    for topic in faq.topics():
        yield from (f"faq {topic.id}: {what}" for what in _wrong(topic, faq))
    yield from _doubles(faq)


def _wrong(topic: Topic, faq: Faq) -> Iterator[str]:
    if not topic.answer.strip():
        yield "its answer is empty"
    if len(topic.answer) > SCREEN:
        yield f"its answer has {len(topic.answer)} characters, more than {SCREEN}"
    if len(topic.title) > LONGEST_TITLE:
        yield f"its title is longer than {LONGEST_TITLE} characters"
    if len(set(topic.asks)) < WORDINGS:
        yield f"it knows fewer than {WORDINGS} ways of asking"
    found = grade(topic.answer)
    if found > HARDEST:
        yield f"its answer reads at grade {found:.1f}, above {HARDEST:.0f}"
    yield from _sources(topic, faq)
    yield from _links(topic, faq)


def _sources(topic: Topic, faq: Faq) -> Iterator[str]:
    if not topic.sources:
        yield "it has no source"
    for source in topic.sources:
        if source not in faq.sources:
            yield f"no source {source}"
        elif not faq.sources[source].year.strip("- "):
            yield f"its source {source} has no year, nor says that it has none"


def _links(topic: Topic, faq: Faq) -> Iterator[str]:
    for button in topic.buttons:
        known = button in PLACES or button.startswith(NUTRIENT) or faq.topic(button)
        if not known or button == topic.id:
            yield f"its button {button} leads nowhere"


def _doubles(faq: Faq) -> Iterator[str]:
    for topic_id, count in Counter(topic.id for topic in faq.topics()).items():
        if count > 1:
            yield f"faq {topic_id}: is there {count} times"
    for name, count in Counter(n for topic in faq.topics() for n in set(topic.names)).items():
        if count > 1:
            yield f"faq: {name} is a name of {count} topics"
    for ask, count in Counter(a for topic in faq.topics() for a in set(topic.asks)).items():
        if count > 1:
            yield f"faq: {ask!r} is asked {count} times"
