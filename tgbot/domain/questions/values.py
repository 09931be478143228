"""Reads the numbers of a message: doses, blood levels and weights, each with its unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal

from tgbot.domain.questions.bare_numbers import (
    CLOCK,
    HOURS,
    PIECES,
    SAID_AS_WORDS,
    SALTS,
    Kind,
    is_beside,
    is_swallowed,
    kind_by_size,
    no_value,
)
from tgbot.domain.questions.blood_tests import iron_itself, other_test
from tgbot.domain.questions.counts import ANY_WORD, counts, times_a_day
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import BLOOD_UNITS, HEAVY, UNITS, unit_of
from tgbot.domain.questions.words import before

_NUMBER: Final = re.compile(
    r"(?<![\w.])(?<!\d-)(?P<number>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+(?=\s?(?:iu|ui)\b)"
    r"|\d{1,7}(?:\.\d{1,4})?|\.\d{1,4})(?P<thousand>k(?=\b))?"
    rf"\s*(?P<unit>{UNITS})?(?![\w])(?!\.\d)(?!-\d)(?!\s?/\s?\w{{0,3}}l\b)"
)
_RANGE: Final = re.compile(
    rf"(?<![\w.,-])(\d[\d.,]*)\s?(?:-|–|to|or)\s?(?=\d[\d.,]*\s?(?P<unit>{UNITS})(?!\w))"
)
"""``400-600 mg``: the unit is said once for both."""
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_TAKEN_AFTER: Final = re.compile(r"\s*(?:(?:a|per|each|/)\s?(?:day|dose|tablet)|daily|tablets?)\b")
"""After mmol it tells that an amount is meant and not a level."""
_PORTION_BEFORE: Final = re.compile(r"\b(?:per|each|in|every)\s+$")
_OR_BEFORE: Final = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) (?:or|vs) $")
_HYDROXY: Final = re.compile(r"\W?(?:oh|hydroxy)\w*\b")
_NAME_BEFORE: Final = re.compile(r"\bomega\W{0,2}$")
"""What makes a number a food's weight that amounts are told for, or part of a name."""
_UNIT_LATER: Final = re.compile(
    rf"(?:units?\W+(?:is\s+|are\s+|in\s+)?|is that |both (?:in )?|all in )(?P<unit>{UNITS})(?!\w)"
)
_LEVEL_WORDS: Final = re.compile(
    r"\b(?:levels?|results?|bloods?|test|tested|came|serum|labs?|report|ferritin\w*|low|high|normal|mine)\b"
)
_DOSE_WORDS: Final = re.compile(
    r"\b(?:tablets?|pills?|capsules?|caps|box|bottle|dose|take|taking|daily|a day|drops|per day|side"
    r" effects|glycinate|oxide|citrate)\b"
)
_LEVEL_BEFORE: Final = re.compile(
    r"(?:\b(?:k|na|ca|mg|d3?|b12|hb|hgb|ha?emoglobin|crp|albumin|inr|tsat|osmolality)\+*"
    r"|fer+itin\w*|saturation)\s*(?:was|is|of|been|:|=|<|>|only)?\s*$"
)
_CAME_BEFORE: Final = re.compile(r"(?:\b(?:was|came back(?: at)?|result(?: was| is)?)|[<>])\s*$")
_BLOOD_UNIT: Final = re.compile(
    rf"\d\s*(?:{'|'.join(re.escape(unit.lower()) for unit in sorted(BLOOD_UNITS))})(?!\w)"
)
"""Where one number has a unit of blood, the others beside nutrients are levels too."""
_DECIMAL_BEFORE: Final = re.compile(
    r"\b(?:k|na|ca|mg|potas\w+|calcium|magnesium|phosph\w+|folate|zinc|copper)\+*"
    r"\s*(?:was|is|of|at|level|:|=|<|>|only)?\s*$"
)
"""What a number with a decimal point stands behind when it is a blood result."""
_SODIUM_BEFORE: Final = re.compile(r"\bsodium\s*(?:was|is|of|at|level|<|:|=)?\s*$")
_FERRITIN_BEFORE: Final = re.compile(
    r"\bf[ei]r+[eia]t+[ia]n\w*\s*(?:was|is|of|at|level|<|>|:|=)?\s*$"
)
_POTASSIUM_BEFORE: Final = re.compile(r"\bpotas+ium\s*(?:was|is|of|at|level|<|>|:|=)?\s*$")
_SODIUM: Final = range(100, 180)
_CHANGE_BEFORE: Final = re.compile(r"\b(?:lost|gained|put on|dropped)\s+$")
_OF_A_THING: Final = re.compile(
    r"\s*(?:of\b|in (?:my|the|her|his|a)\b|dumb\w*|weights?\b|kettle\w*|baby\b)"
)
"""After a weight that is not the body's."""
_HALF_BEFORE: Final = re.compile(r"\b(?:half|1/2)(?: of)?(?: an?| my| the| one)? $")
_YEARS: Final = range(1980, 2040)
_THOUSAND: Final = 1000
MANY: Final = 8
NUMBERS: Final = 40
"""Numbers that are looked at, and values that are kept; more is not a question."""
_COUNT_OF: Final = re.compile(
    r"\s*(?:times|x)\b|\s*(?:\+|am\b|pm\b|of (?:those|these|them)\b|(?:stone|quid|pounds"
    r"|lbs?|cigarettes|degrees|miles?|km|steps|stairs|people|different|kids|children|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?)\b)"
)
"""What makes a number a count or a time, and not a dose."""
_FEW_OF: Final = re.compile(rf"\s*{ANY_WORD}{PIECES}\b|\s*(?:a|per|each|every) day\b")
FEW: Final = 20
"""Tablets that somebody may take; a larger number before the word is what is in one."""
_PERCENT_TEST: Final = re.compile(
    r"\b(?:t?sat|saturation|omega\W?3? index|index|ala)\W*(?:was|is|of|at)?\W*$"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a number without a unit is judged by, beside the words."""

    owners: Sequence[tuple[int, int, str]] = ()
    """The nutrients that are named, with where each begins and ends."""
    follows: Kind | None = None
    """What a number is where the question before leaves nothing else open."""


NOTHING_AROUND: Final = Around()
_NOT_DAILY: Final = re.compile(
    r"\b(?:weekly|(?:a|per|every|each)(?: \d+)? weeks?|monthly|(?:a|per|every|each)(?: \d+)?"
    r" (?:months?|years?)|yearly|annual\w*|fortnight\w*|every other day|alternate days|stat|loading|once only)\b"
)


def values_in(
    normal: str, ages: frozenset[str], around: Around = NOTHING_AROUND
) -> tuple[tuple[Value, int], ...]:
    """The numbers that are not the person's age, with their places, in order.

    A number without a unit is a dose or a level only where a word beside it says so.
    """
    found: list[tuple[Value, int]] = []
    normal = _RANGE.sub(lambda match: f"{match[1]} {match['unit']} ", normal)
    times, daily = times_a_day(normal), not _NOT_DAILY.search(normal)
    for match in islice(_NUMBER.finditer(normal), NUMBERS):
        if match["unit"] is None and match["number"] in ages:
            continue
        value = _value(match, normal, around) or _or_else(match, normal, found)
        if value is not None:
            found.append((value, match.start()))
    doses = [value for value, _ in found if value.what == "dose"]
    found += counts(normal) if around.owners and not found else ()
    if len(doses) != 1:
        times = 1
    return tuple(
        (replace(value, times=times, daily=daily) if value.what == "dose" else value, place)
        for value, place in found[:MANY]
    )


def _or_else(match: re.Match[str], normal: str, found: Sequence[tuple[Value, int]]) -> Value | None:
    """The other of two numbers without a unit of which one is asked for: 1000 or 1200."""
    pair = found and _OR_BEFORE.search(before(normal, match.start()))
    if not pair or match["unit"] or found[-1][0].unit or float(pair[1]) != found[-1][0].number:
        return None
    return replace(found[-1][0], number=_number(match))


def _value(match: re.Match[str], normal: str, around: Around) -> Value | None:
    near = before(normal, match.start())
    if _is_no_value(match, near):
        return None
    number, unit = _number(match), unit_of(match["unit"] or "")
    test = other_test(near)
    if not unit:
        return _bare_value(match, number, test, normal, around)
    kind = _kind(unit)
    if kind == "weight" and (_CHANGE_BEFORE.search(near) or _OF_A_THING.match(normal, match.end())):
        return None
    if kind == "dose" and _HALF_BEFORE.search(near):
        number /= 2
    if kind == "level" and "/" not in match["unit"] and _TAKEN_AFTER.match(normal, match.end()):
        return None
    return Value(number, unit, kind, test=test if kind == "level" else "")


def _bare_value(
    match: re.Match[str], number: float, test: str, normal: str, around: Around
) -> Value | None:
    """A number without a unit, where a word beside it or its size says what it is."""
    near = before(normal, match.start())
    beside = _owner_beside(match, normal, around.owners)
    if not (around.owners or around.follows or test) or (number <= FEW and near.endswith(" x ")):
        return None
    if not test and _counts_only(match, number, normal, beside):
        return None
    kind = "level" if test else _kind_beside(match, number, normal, beside) or around.follows
    later = _UNIT_LATER.search(normal)
    unit = unit_of(later["unit"]) if later else ""
    if kind and unit in BLOOD_UNITS:
        kind = "level"
    if kind == "level" and not test:
        test = iron_itself(near, normal)
    return Value(number, unit, kind, test=test) if kind else None


def _counts_only(match: re.Match[str], number: float, normal: str, beside: str | None) -> bool:
    """Whether a number says how many, how often or when, and not how much."""
    end = match.end()
    if number in _YEARS and number % 50:
        return True
    if normal.startswith("%", end):
        return not _PERCENT_TEST.search(before(normal, match.start()))
    return bool(
        _COUNT_OF.match(normal, end)
        or (number <= FEW and _FEW_OF.match(normal, end))
        or is_swallowed(normal, match.start(), end)
        or (number < HOURS and CLOCK.search(normal))
        or (
            (not beside or number in SAID_AS_WORDS) and no_value(number, match.start(), end, normal)
        )
    )


def _kind_beside(
    match: re.Match[str], number: float, normal: str, beside: str | None
) -> Kind | None:
    """What a number is by the words, else by its size beside a nutrient."""
    by_size = kind_by_size(number, beside) if beside else None
    if (by_size == "level" and number % 1) or (by_size == "dose" and beside in SALTS):
        return by_size
    if said := _bare_kind(match, normal):
        return said
    if beside and _BLOOD_UNIT.search(normal):
        return "level"
    return by_size


def _owner_beside(
    match: re.Match[str], normal: str, owners: Sequence[tuple[int, int, str]]
) -> str | None:
    for start, end, nutrient in reversed(owners):
        if end <= match.start() and is_beside(normal[end : match.start()]):
            return nutrient
        if (
            start >= match.end()
            and float(match["number"].replace(",", "")) > FEW
            and normal[match.end() : start].strip() in {"", "of"}
        ):
            return nutrient
    return None


def _is_no_value(match: re.Match[str], near: str) -> bool:
    if match["number"] == "100" and match["unit"] in {"g", "gr", "gm", "grams"}:
        return bool(_PORTION_BEFORE.search(near))
    if match["number"] == "25" and _HYDROXY.match(match.string, match.end()):
        return True
    return match["number"] == "3" and bool(_NAME_BEFORE.search(near))


def _number(match: re.Match[str]) -> float:
    written = match["number"].replace(",", "")
    if unit_of(match["unit"] or "") == "IU" and _DOTTED.fullmatch(written):
        written = written.replace(".", "")
    return float(written) * (_THOUSAND if match["thousand"] else 1)


def _kind(unit: str) -> Literal["dose", "level", "weight"]:
    if unit in BLOOD_UNITS:
        return "level"
    return "weight" if unit in HEAVY else "dose"


def _bare_kind(match: re.Match[str], normal: str) -> Kind | None:
    number, near = match["number"], before(normal, match.start())
    if number.isdigit() and int(number) in _YEARS and int(number) % 50:
        return None
    if _FERRITIN_BEFORE.search(near) or (len(number) == 1 and _POTASSIUM_BEFORE.search(near)):
        return "level"
    if "." in number and _DECIMAL_BEFORE.search(near):
        return "level"
    if number.isdigit() and int(number) in _SODIUM and _SODIUM_BEFORE.search(near):
        return "level"
    if _CAME_BEFORE.search(near) or normal.startswith("%", match.end()):
        return "level"
    if _number(match) >= _THOUSAND:
        return "dose" if _DOSE_WORDS.search(normal) or _LEVEL_BEFORE.search(near) else None
    if _LEVEL_BEFORE.search(near) or _LEVEL_WORDS.search(normal):
        return "level"
    return "dose" if _DOSE_WORDS.search(normal) else None
