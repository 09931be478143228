"""Reads the numbers of a message: doses, blood levels and weights, each with its unit."""

import re
from typing import Final, Literal

from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import BLOOD_UNITS, SPELLINGS

_UNITS: Final = "|".join(re.escape(unit) for unit in sorted(SPELLINGS, key=len, reverse=True))
_NUMBER: Final = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d{1,4})?)(?P<thousand>k(?=\b))?"
    rf"\s*(?P<unit>{_UNITS})?(?![\w])(?!\.\d)"
)
_UNIT_LATER: Final = re.compile(rf"units?\W+(?:is\s+|are\s+|in\s+)?(?P<unit>{_UNITS})(?!\w)")
_LEVEL_WORDS: Final = re.compile(
    r"\b(?:levels?|results?|bloods?|test|tested|came|serum|labs?|report|ferritin\w*|lo+w\?|high)\b"
)
_DOSE_WORDS: Final = re.compile(
    r"\b(?:tablets?|pills?|capsules?|caps|box|bottle|dose|take|taking|daily|a day|drops|per day|side"
    r" effects|glycinate|oxide|citrate)\b"
)
_LEVEL_BEFORE: Final = re.compile(
    r"(?:\b(?:k|na|ca|mg|d3?|b12)|ferritin\w*)\s*(?:was|is|of|:|=)?\s*$"
)
_THOUSAND: Final = 1000
MANY: Final = 8


def values_in(normal: str, ages: frozenset[str]) -> tuple[tuple[Value, int], ...]:
    """The numbers that are not the person's age, with their places, in order.

    A number without a unit is a dose or a level only where a word beside it says so.
    """
    found = []
    for match in _NUMBER.finditer(normal):
        if match["unit"] is None and match["number"] in ages:
            continue
        value = _value(match, normal)
        if value is not None:
            found.append((value, match.start()))
    return tuple(found[:MANY])


def _value(match: re.Match[str], normal: str) -> Value | None:
    number = float(match["number"].replace(",", "")) * (_THOUSAND if match["thousand"] else 1)
    unit = SPELLINGS.get(match["unit"] or "", "")
    if not unit:
        bare_kind = _bare_kind(match, normal)
        later = _UNIT_LATER.search(normal)
        unit = SPELLINGS[later["unit"]] if later else ""
        return Value(number, unit, bare_kind) if bare_kind else None
    return Value(number, unit, _kind(unit))


def _kind(unit: str) -> Literal["dose", "level", "weight"]:
    if unit in BLOOD_UNITS:
        return "level"
    return "weight" if unit == "kg" else "dose"


def _bare_kind(match: re.Match[str], normal: str) -> Literal["dose", "level"] | None:
    if _LEVEL_BEFORE.search(normal[: match.start()]) or _LEVEL_WORDS.search(normal):
        return "level"
    return "dose" if _DOSE_WORDS.search(normal) else None
