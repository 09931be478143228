"""Brings a message into one plain form and finds whole words in it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
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
    rf"\b(\d+(?:\.5)?|a|{'|'.join(_ONES)}) (hundred|thousand|lakh)(?: (thousand)\b)?(?:(?: and)? (\d{{1,3}})\b)?"
)
"""``five thousand``, ``two hundred and fifty``: only where a hundred or more is said."""
_HUNDREDS: Final = {"hundred": 100, "thousand": 1000, "lakh": 100_000}
_ONE: Final = "|".join(_ONES)
_UNIT: Final = (
    r"(?:mg|milligrams?|g|grams?|mcg|micrograms?|l|litres?|liters?|units|iu|glasses|cups)\b"
)
_HALVES: Final = re.compile(rf"\b(\d+|{_ONE}) and a half\b")
_ONE_AND_HALF: Final = re.compile(r"\b(?:an? )?(litre|liter|gram) and a half\b")
_POINT: Final = re.compile(rf"\b(\d+|{_ONE}) point (\d+|{_ONE})\b")
_BEFORE_UNIT: Final = re.compile(rf"\b({_ONE})(?= {_UNIT})")
_AGED: Final = re.compile(
    rf"\b((?:boy|girl|son|daughter|child|kid|grandson|granddaughter) (?:of |aged |is |who is |whos )?|hes |shes |aged )"
    rf"({_ONE})\b(?! (?:mg|times|tablets?|a day|drops|weeks?|of))"
)
_HUNDRED_AND: Final = re.compile(r"\bone (\d\d)(?=\s*(?:$|[,;.?!)](?!\d)))")
"""``one forty eight`` is what people say of a level of 148."""
_DECADES: Final = {
    "forties": "40s",
    "fifties": "50s",
    "sixties": "60s",
    "seventies": "70s",
    "eighties": "80s",
    "nineties": "90s",
}
_DECADE: Final = re.compile(rf"\b({'|'.join(_DECADES)})\b")
_GLUED: Final = re.compile(r"\b(?:(k|na|ca|hb|zn|fe)(?=\d{2,3}\b|\d\.\d)|(mg)(?=\.\d|\d\.\d))")
"""``k4.4 na138``, as on a slip of paper."""
_PERCENT: Final = re.compile(r"(?<=\d) ?per ?cent\b")
_COMMA: Final = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_GAP: Final = re.compile(
    r"\b(\d{1,3})((?: \d{3})+)(?=\s?(?:iu|ui|units?|mcg|ug|mg|milligrams?|micrograms?|ml)\b)"
)
_BY: Final = re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)|(?<=[0-9a-z] )[x×](?=\d)|(?<=mg|iu)[x×](?=\d)")
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
    flat = _DECADE.sub(lambda match: _DECADES[match[1]], _GLUED.sub(r"\g<0> ", flat))
    flat = _HALVES.sub(lambda match: f"{_figure(match[1])}.5", flat)
    flat = _ONE_AND_HALF.sub(r"1.5 \1", flat)
    flat = _POINT.sub(lambda match: f"{_figure(match[1])}.{_figure(match[2])}", flat)
    flat = _BEFORE_UNIT.sub(lambda match: _figure(match[1]), flat)
    flat = _AGED.sub(lambda match: match[1] + _figure(match[2]), flat)
    flat = _COMMA.sub(".", _NUMERALS.sub(_hundreds_in_figures, flat))
    flat = _HUNDRED_AND.sub(r"1\1", flat)
    flat = _GAP.sub(lambda match: match[1] + match[2].replace(" ", ""), flat)
    flat = _PERCENT.sub("%", flat)
    return _SPACES.sub(" ", _BY.sub(" x ", flat))


def _figure(written: str) -> str:
    """A number up to nine that may stand in words."""
    return written if written.isdigit() else str(_ONES.index(written) + 1)


def _hundreds_in_figures(spelled: re.Match[str]) -> str:
    """``five thousand`` in figures."""
    first = spelled[1]
    count = 1.0 if first == "a" else float(first if first[0].isdigit() else _figure(first))
    number = count * _HUNDREDS[spelled[2]] * (1000 if spelled[3] else 1)
    return str(round(number) + int(spelled[4] or 0))


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
    return _any_of(frozenset(words))


Tree = dict[str, "Tree"]
"""Words by their letters, one after another."""
_END: Final = ""


@lru_cache(maxsize=64)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Words that begin alike share their beginning, so that a search tries each letter once."""
    first: Tree = {}
    for word in sorted(words):
        node = first
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return re.compile(rf"(?<!\w){_branches(first)}(?!\w)" if first else r"(?!)")


def _branches(node: Tree) -> str:
    ways = [
        (r"\s+" if letter == " " else re.escape(letter)) + _branches(rest)
        for letter, rest in node.items()
        if letter != _END
    ]
    if not ways:
        return ""
    inner = f"(?:{'|'.join(ways)})" if len(ways) > 1 or _END in node else ways[0]
    return f"{inner}?" if _END in node else inner
