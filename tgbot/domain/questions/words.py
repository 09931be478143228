"""Brings a message into one plain form and finds whole words in it."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 1500
"""Characters that are read; a nutrient question is never longer."""
NEARBY: Final = 30
_APOSTROPHES: Final = re.compile(r"['’‘`´]")  # noqa: RUF001 - the marks people really type
_NOT_WORDS: Final = re.compile(r"[^\w.%]|(?<!\d)\.|\.(?!\d)|_")
_SPACES: Final = re.compile(r"\s+")
_ONES: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SPELLED: Final = re.compile(rf"\b({'|'.join(_TENS)})(?:[ -]({'|'.join(_ONES)}))?\b")
_NUMERALS: Final = re.compile(
    rf"\b(\d+|a|{'|'.join(_ONES)}) (hundred|thousand|lakh)(?: (thousand)\b)?(?:(?: and)? (\d{{1,3}})\b)?"
)
"""``five thousand``, ``two hundred and fifty``: only where a hundred or more is said."""
_HUNDREDS: Final = {"hundred": 100, "thousand": 1000, "lakh": 100_000}
_COMMA: Final = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_GAP: Final = re.compile(
    r"\b(\d{1,3})((?: \d{3})+)(?=\s?(?:iu|ui|units?|mcg|ug|mg|milligrams?|micrograms?|ml)\b)"
)
_BY: Final = re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)|(?<=[0-9a-z] )[x×](?=\d)|(?<=mg|iu)[x×](?=\d)")  # noqa: RUF001
"""Between a count and a dose: ``2x500mg``."""
_TEENS: Final = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
]  # fmt: skip
_YOUNG: Final = re.compile(
    rf"\b({'|'.join([*_ONES, *_TEENS])})(?=[ -](?:years?|yrs?|yr|months?)[ -]olds?\b)"
)
_GROWN: Final = re.compile(rf"\b({'|'.join(_TEENS)})\b")
"""``three year old``: a small number in words is an age only where that is said."""


def normalised(text: str) -> str:
    """Lower case, one kind of each letter, no apostrophes, single spaces; the start of it only."""
    flat = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    flat = _SPACES.sub(" ", _APOSTROPHES.sub("", flat)).strip()
    flat = _YOUNG.sub(_young_in_figures, _SPELLED.sub(_in_figures, flat))
    return _one_way_of_numbers(_GROWN.sub(_young_in_figures, flat))


def _one_way_of_numbers(flat: str) -> str:
    """Numbers written with words, blanks and commas as they are mostly written."""
    flat = _COMMA.sub(".", _NUMERALS.sub(_hundreds_in_figures, flat))
    flat = _GAP.sub(lambda match: match[1] + match[2].replace(" ", ""), flat)
    return _SPACES.sub(" ", _BY.sub(" x ", flat))


def _hundreds_in_figures(spelled: re.Match[str]) -> str:
    """``five thousand`` in figures."""
    first = spelled[1]
    count = int(first) if first.isdigit() else 1 if first == "a" else _ONES.index(first) + 1
    number = count * _HUNDREDS[spelled[2]] * (1000 if spelled[3] else 1)
    return str(number + int(spelled[4] or 0))


def _in_figures(spelled: re.Match[str]) -> str:
    """``seventy two``, as people say an age, in figures."""
    ones = _ONES.index(spelled[2]) + 1 if spelled[2] else 0
    return str(10 * (_TENS.index(spelled[1]) + 2) + ones)


def _young_in_figures(spelled: re.Match[str]) -> str:
    return str([*_ONES, *_TEENS].index(spelled[1]) + 1)


def bare(normal: str) -> str:
    """``normal`` with each mark but a decimal point turned into a space: places stay the same."""
    return _NOT_WORDS.sub(" ", normal)


def before(text: str, place: int) -> str:
    """The few characters before a place, which is all that words beside it need."""
    return text[max(0, place - NEARBY) : place]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words or phrases, whole, the longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if inner else r"(?!)")
