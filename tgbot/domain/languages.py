"""Knows that a message is in a language the bot does not speak, and what to say then."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from content.schema.languages import Foreign
from content.schema.messages import Messages
from tgbot.domain.questions import Intent, Question

LONGEST: Final = 400
"""Characters that are looked at: a language shows in a line."""
LATIN: Final = "LATIN"
MOSTLY: Final = 0.5
"""The part of the letters that another script must make up."""
ENOUGH: Final = 2
SHARE: Final = 0.3
"""Everyday words of a language that must be seen, and the part of all words that they make up."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
KNOWN: Final = frozenset({Intent.reminder, Intent.emergency})
ANOTHER: Final = Foreign("another language", "", "K")
"""A script that no language of the list is written in."""


def not_understood(question: Question) -> bool:
    """Whether nothing was known in a message: no nutrient, no food, no medicine, no reminder."""
    named = question.nutrients or question.foods or question.medicines
    return not named and question.intent not in KNOWN


def language_of(text: str, languages: Sequence[Foreign]) -> Foreign | None:
    """The language of a message; None for English, and where it cannot be told."""
    start = unicodedata.normalize("NFC", text[:LONGEST]).casefold()
    words = _WORD.findall(start.replace("’", "'"))
    script = _script(start)
    if script is None:
        return None
    if script == LATIN:
        return _by_words(words, [each for each in languages if not each.script])
    written = [each for each in languages if each.script == script]
    by_words = _by_words(words, [each for each in written if each.words])
    return by_words or next((each for each in written if not each.words), ANOTHER)


def told(language: Foreign, number: str, messages: Messages) -> str:
    """What the bot can do and whom to call, in that language as far as it goes, and in English."""
    # Of a country not known there are two numbers, and no English word shall stand between them.
    own = language.says.format(number=" / ".join(re.findall(r"\d+", number)) or number)
    english = messages.text("nutrients.other_language", number=number)
    return f"{own}\n\n{english}" if own else english


def _script(text: str) -> str | None:
    """The script of most letters, by how Unicode names them; None for a text without letters."""
    letters = [each for each in text if each.isalpha()]
    counted = Counter(unicodedata.name(each, "?").partition(" ")[0] for each in letters)
    counted["CJK"] += counted.pop("CJK UNIFIED IDEOGRAPH", 0)
    if not letters:
        return None
    if counted["HIRAGANA"]:
        return "HIRAGANA"
    foreign = len(letters) - counted[LATIN]
    if foreign < MOSTLY * len(letters):
        return LATIN
    del counted[LATIN]
    return counted.most_common(1)[0][0]


def _by_words(words: Sequence[str], languages: Sequence[Foreign]) -> Foreign | None:
    """The language with most of its everyday words among ``words``, if they are enough."""
    if not words:
        return None
    seen = {place: sum(w in each.words for w in words) for place, each in enumerate(languages)}
    best = max(seen, key=seen.__getitem__, default=None)
    if best is None or seen[best] < min(ENOUGH, len(words)) or seen[best] < SHARE * len(words):
        return None
    return languages[best]
