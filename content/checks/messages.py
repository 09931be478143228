"""Sentences: readable by a sixth-grader, well-formed, and short enough to send."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import Final

from content.checks.reading import grade
from content.schema.messages import Messages

HARDEST: Final = 6.0
"""Reading grade at most (product.md: grade 6 or below)."""

JUDGED: Final = 8
"""Words from which a grade means something; a button of three words has none."""

PLAIN: Final = frozenset(
    [
        "ambulance",
        "country",
        "emergency",
        "exercise",
        "exercises",
        "medicine",
        "medicines",
        "reminder",
        "reminders",
        "telegram",
        "vitamin",
        "vitamins",
        "mineral",
        "minerals",
        "surefoot",
        "hospital",
        "adrenaline",
        "maternity",
        "antibiotic",
        "cholesterol",
        "pharmacist",
        "pregnancy",
        "potassium",
    ]
)
"""Words that people must see as they are, because there is no simpler one."""

LIMIT: Final = 4096
TAG: Final = re.compile(r"<(/?)(\w+)[^>]*>")
ALLOWED: Final = frozenset({"b", "i", "u", "s", "code", "pre", "a", "blockquote"})


def problems(messages: Messages) -> Iterator[str]:
    """What is wrong with the sentences, each as a plain sentence naming the key."""
    for key, text in messages.texts.items():
        yield from (f"messages {key}: {what}" for what in _wrong(text))


def _wrong(text: str) -> Iterator[str]:
    if not text.strip():
        yield "is empty"
    if len(text.encode("utf-16-le")) // 2 > LIMIT:
        yield "is longer than a Telegram message"
    found = grade(text, PLAIN)
    if len(text.split()) >= JUDGED and found > HARDEST:
        yield f"reads at grade {found:.1f}, above {HARDEST:.0f}"
    try:
        list(Formatter().parse(text))
    except ValueError as broken:
        yield f"has a broken place: {broken}"
    yield from _markup(text)


def _markup(text: str) -> Iterator[str]:
    open_tags: list[str] = []
    for closing, name in TAG.findall(text):
        if name not in ALLOWED:
            yield f"has a tag that Telegram does not know: {name}"
        elif not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            yield f"closes a tag that is not open: {name}"
    if open_tags:
        yield f"leaves a tag open: {open_tags[-1]}"
