"""A drink limit that a care team gave: reading it as it is typed, and counting down from it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST_ML: Final = 300
MOST_ML: Final = 3000
"""A limit below or above is hardly one that a care team gave for a day (our own rule)."""
NEAR: Final = 0.8
"""Share of the limit from which the bot says gently that little is left."""


class Puzzle(StrEnum):
    """Why a typed limit cannot be taken."""

    NO_AMOUNT = "no_amount"
    NO_UNIT = "no_unit"
    NEEDS_SUM = "needs_sum"
    """It depends on something else ("500 ml plus urine"): the care team must say one number."""
    SEVERAL = "several"
    NOT_A_DAY = "not_a_day"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit for one day, in millilitres."""

    ml: int


_WORDS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_MAKE_FIGURES: Final = (
    (re.compile(r"\bhalf an? (?=l)"), "0.5 "),
    (re.compile(r"\b(?:one|a|1) and a half\b"), "1.5"),
    (re.compile(r"\btwo and a half\b"), "2.5"),
    (re.compile(r"\b(?:one|a|1) (lit(?:re|er)) and a half\b"), r"1.5 \1"),
    (re.compile(r"\ba (?=lit(?:re|er)\b)"), "1 "),
    (re.compile(r"(\d)[,\s](?=\d{3}(?!\d))"), r"\1"),
    (re.compile(r"(\d),(?=\d)"), r"\1."),
)
_WORD: Final = re.compile(rf"\b({'|'.join(_WORDS)})\b")
_AMOUNT: Final = re.compile(
    r"(?P<minus>(?<!\d)[-−–]\s?)?(?P<number>\d+(?:\.\d+)?|\.\d+)"  # noqa: RUF001 - the marks people really type
    r"\s*(?P<unit>ml|millilit(?:re|er)s?|cc|cl|dl|l|lit(?:re|er)s?|ltrs?|cups?|glass(?:es)?|mugs?"
    r"|(?:fl(?:uid)? ?)?(?:oz|ounces?)|pints?|pt|quarts?|gallons?)?(?![\w.])"
)
_UNITS: Final = (
    (re.compile(r"ml|millilit(?:re|er)s?|cc"), 1.0),
    (re.compile(r"cl"), 10.0),
    (re.compile(r"dl"), 100.0),
    (re.compile(r"l|lit(?:re|er)s?|ltrs?"), 1000.0),
    (re.compile(r"(?:fl(?:uid)? ?)?(?:oz|ounces?)"), 29.5),
)
"""Millilitres of each. Pints and the like are missing, for they differ from country to country.

An ounce is rounded down: a limit is better too low than too high.
"""
_CUP: Final = re.compile(r"cups?|glass(?:es)?|mugs?")
_DEPENDS: Final = re.compile(r"\b(plus|urine|pee|wee|output|and what|add)\b|\+")
_NOT_A_DAY: Final = re.compile(r"\b(hours?|hourly|week(?:ly)?s?|month|meals?)\b|\bat a time\b")


def read_limit(text: str, cup_ml: int) -> Limit | Puzzle:
    """The limit for a day in a typed text, or why there is none that can be taken."""
    plain = _in_figures(text)
    found = list(_AMOUNT.finditer(plain))
    if not found:
        return Puzzle.NO_AMOUNT
    if _DEPENDS.search(plain):
        return Puzzle.NEEDS_SUM
    if _NOT_A_DAY.search(plain):
        return Puzzle.NOT_A_DAY
    if len(found) > 1:
        return Puzzle.SEVERAL
    return _weigh(found[0], cup_ml)


def _weigh(found: re.Match[str], cup_ml: int) -> Limit | Puzzle:
    number = float(found["number"])
    if found["minus"] or number == 0:
        return Puzzle.TOO_SMALL
    each = _ml_of(found["unit"] or "", found["number"], cup_ml)
    if each is None:
        return Puzzle.NO_UNIT
    ml = number * each
    if ml < LEAST_ML:
        return Puzzle.TOO_SMALL
    return Puzzle.TOO_LARGE if ml > MOST_ML else Limit(int(ml) // 10 * 10)


def _ml_of(unit: str, number: str, cup_ml: int) -> float | None:
    """Millilitres of one of the unit; a bare number is one only where just one reading is likely."""
    if not unit:
        if "." in number:
            return 1000.0
        return 1.0 if float(number) >= LEAST_ML else None
    if _CUP.fullmatch(unit):
        return float(cup_ml)
    return next((ml for pattern, ml in _UNITS if pattern.fullmatch(unit)), None)


def _in_figures(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:500]).casefold()
    plain = plain.replace("1\N{FRACTION SLASH}2", ".5")
    for pattern, figures in _MAKE_FIGURES:
        plain = pattern.sub(figures, plain)
    return _WORD.sub(lambda word: str(_WORDS[word[1]]), plain)


class Standing(StrEnum):
    """How a day's drinks stand against the limit."""

    UNDER = "under"
    NEAR = "near"
    REACHED = "reached"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Countdown:
    """A day's drinks and the limit, in millilitres."""

    had_ml: int
    limit_ml: int

    @property
    def left_ml(self) -> int:
        """What is left today; never below nothing."""
        return max(0, self.limit_ml - self.had_ml)

    @property
    def standing(self) -> Standing:
        """How the day stands."""
        if self.had_ml > self.limit_ml:
            return Standing.OVER
        if self.had_ml == self.limit_ml:
            return Standing.REACHED
        return Standing.NEAR if self.had_ml >= NEAR * self.limit_ml else Standing.UNDER
