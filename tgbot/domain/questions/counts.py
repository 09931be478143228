"""Reads how many tablets are told, and how often a day a dose is taken."""

import re
from collections.abc import Iterable
from typing import Final

from tgbot.domain.questions.bare_numbers import OF_THEM, PIECES
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import UNITS

_NUMBER_WORDS: Final = {"one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4}
_COUNTED: Final = r"\d{1,2}|one|two|three|four"
_COUNT: Final = rf"({_COUNTED})"
ANY_WORD: Final = rf"(?:(?!(?:{UNITS})\b)\w+ )?"
_TIMES: Final = re.compile(
    rf"\bx ?(\d)\b|\b{_COUNT} ?x(?: \d| a| per|$)|\b(?P<pieces>{_COUNTED}) {ANY_WORD}{PIECES}\b"
    rf"|\b{_COUNT} times? (?:a|per|each|daily)|\b(twice)\b|\bmaybe {_COUNT} a day"
)
_COUNTED_PIECES: Final = re.compile(
    rf"\b(?P<count>\d{{1,3}}|two|three|four|five|six|seven|eight|nine)\s+{OF_THEM}{ANY_WORD}"
    rf"(?:{PIECES}|multivits?|multivitamins?|scoops?|sachets?|spoons?|tbsp|tsp|teaspoons?"
    r"|tablespoons?|tubes?|drops?|cans?|shots?|bottles? of)\b"
)
_SEVERAL: Final = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]


def times_a_day(normal: str) -> int:
    """How many a day: ``50 mg x2``, ``2 tablets``, ``twice``; one where nothing says more."""
    pieces = often = 1
    for match in _TIMES.finditer(normal):
        figure = next(group for group in match.groups() if group)
        number = _NUMBER_WORDS.get(figure) or int(figure)
        if match["pieces"]:
            pieces = max(pieces, number)
        else:
            often = max(often, number)
    return pieces * often


def counts(normal: str) -> Iterable[tuple[Value, int]]:
    """How many tablets or spoons, where nothing else is told of the dose."""
    for match in _COUNTED_PIECES.finditer(normal):
        count = match["count"]
        number = _SEVERAL.index(count) + 2 if count in _SEVERAL else int(count)
        yield Value(number, "", "count"), match.start()
