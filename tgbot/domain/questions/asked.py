"""A question with what its answer needs besides: a tablet's salt, a lone number, foods low in it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from content.schema.nutrients import Nutrients
from tgbot.domain.questions import understanding
from tgbot.domain.questions.lexicon import lexicon_of
from tgbot.domain.questions.names import mentions
from tgbot.domain.questions.question import Context, Intent, Question, Value
from tgbot.domain.questions.units import UNITS, unit_of
from tgbot.domain.questions.words import any_of, bare, normalised

_OFTEN: Final = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4}
_NUMBER: Final = re.compile(
    r"\s*(?:i (?:take|am taking) |taking |is )?(?P<number>\d{1,6}(?:\.\d{1,3})?)\s*"
    rf"(?:(?P<often>{'|'.join(_OFTEN)}|[2-6])?\s*(?:times\s+)?(?:(?:a|per|each)\s+day|daily))?"
    r"\s*(?:too much|too high|ok|okay|safe|enough)?\s*"
)
_JUST_BEFORE: Final = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>{UNITS})\s+(?:of\s+)?$")
_ELEMENTAL: Final = re.compile(r"\belement(?:al)?\b")
_TO_EAT: Final = re.compile(
    r"\b(?:foods?|diet|dishes|fruits?|veg\w*|snacks?|meals?|breakfast|lunch|dinner|eat|eating|drinks?"
    r"|recipes?|options|list|things)\b"
)
_LOW_IN: Final = r"\b(?:low(?:er|est)? in|least|lowest|without|little)\s+$"
_LOW: Final = r"(?:^|(?<!for )(?<!have )(?<!has )(?<!had )(?<!my )(?<!with )(?<!got )(?<!a )(?<!very )\b)low(?:er)?\s+$"
"""Before a nutrient's name: "low potassium foods", and not "foods for low potassium"."""
_MUCH: Final = re.compile(r"\b(?:high|too much)\s+(?:blood )?$")
_IS_HIGH: Final = re.compile(r"^\s+(?:is|was|level)?\s*(?:too |very |a bit )?high\b")
_WHAT_TO_EAT: Final = re.compile(r"\bwhat (?:can|should|do|may) (?:i|he|she|we|they) eat\b")


def understand(text: str, catalogue: Nutrients, context: Context | None) -> Question:
    """The question in a message, with the previous one as context; total, for any text."""
    question = understanding.understand(text, catalogue, context)
    normal = normalised(text)
    plain = bare(normal)
    servings: tuple[Value, ...] = ()
    values = (
        _rebound(question.values, normal, catalogue)
        or _lone_number(plain, question, catalogue)
        or (servings := _servings(plain, question))
    )
    question = replace(question, values=values)
    if servings:
        question = replace(question, intent=Intent.which_nutrient, sure=True)
    if question.values and not _ELEMENTAL.search(plain):
        question = replace(question, values=_with_salts(question.values, plain, catalogue))
    return _low(question, plain, catalogue)


def _lone_number(plain: str, question: Question, catalogue: Nutrients) -> tuple[Value, ...]:
    """The number of "zinc 50", which is no more than a name and a number: its unit is to be asked."""
    named = mentions(plain, lexicon_of(catalogue))
    if len(named) != 1 or question.nutrients != (named[0].nutrient,):
        return ()
    rest = plain[: named[0].start] + " " + plain[named[0].end :]
    number = _NUMBER.fullmatch(rest)
    if number is None or not float(number["number"]):
        return ()
    often = number["often"] or "once"
    times = _OFTEN.get(often) or int(often)
    return (Value(float(number["number"]), "", "dose", named[0].nutrient, times),)


def _servings(plain: str, question: Question) -> tuple[Value, ...]:
    """How many of a food, where nothing else is said: 50 bananas a day."""
    rest = re.fullmatch(r"\s*(\d{1,3})\s+(.+?)(?:\s+(?:a|per|every|each) day|\s+daily)?\s*", plain)
    if question.nutrients or not rest or question.foods != (rest[2],):
        return ()
    return (Value(float(rest[1]), "", "dose"),)


def _rebound(values: Iterable[Value], normal: str, catalogue: Nutrients) -> tuple[Value, ...]:
    """The values, the dose in "20 mcg vitamin d" with that nutrient, whatever stands before."""
    beside = {
        (float(match["number"].replace(",", "")), unit_of(match["unit"])): mention.nutrient
        for mention in mentions(bare(normal), lexicon_of(catalogue))
        if (match := _JUST_BEFORE.search(normal[: mention.start]))
    }
    return tuple(
        replace(value, nutrient=beside.get((value.number, value.unit), value.nutrient))
        if value.what == "dose"
        else value
        for value in values
    )


def _with_salts(values: Iterable[Value], plain: str, catalogue: Nutrients) -> tuple[Value, ...]:
    """The doses of a mineral with the name of the salt that the message gives it."""
    names: dict[str, set[str]] = {}
    for row in catalogue.salts:
        names.setdefault(row.nutrient, set()).update(row.written)
    found = {
        nutrient: match.group()
        for nutrient, written in names.items()
        if (match := any_of(written).search(plain))
    }
    return tuple(
        replace(value, salt=" ".join(found.get(value.nutrient or "", "").split()))
        if value.what == "dose"
        else value
        for value in values
    )


def _low(question: Question, plain: str, catalogue: Nutrients) -> Question:
    """The question as one about foods that hold little, where that is wanted."""
    if question.intent is Intent.off_topic:
        return question
    for mention in mentions(plain, lexicon_of(catalogue)):
        before, after = plain[: mention.start], plain[mention.end :]
        detail = catalogue.details.get(mention.nutrient)
        watched = detail is not None and detail.low_below is not None
        low_in = re.search(_LOW_IN, before) and _TO_EAT.search(plain)
        low = watched and re.search(_LOW, before) and _TO_EAT.search(after)
        much = watched and (_MUCH.search(before) or _IS_HIGH.search(after))
        if low_in or low or (much and _WHAT_TO_EAT.search(plain)):
            return replace(
                question,
                intent=Intent.foods,
                nutrients=(mention.nutrient,),
                low=True,
                sure=True,
                foods=(),
            )
    return question
