"""Decides what a message asks for, by the ordered rules of the content."""

from dataclasses import dataclass, replace
from typing import assert_never

from content.schema.nutrients import Rule
from tgbot.domain.questions.lexicon import Lexicon
from tgbot.domain.questions.question import Intent, Value


@dataclass(frozen=True, slots=True)
class Clues:
    """What was found in a message before its intent is known."""

    plain: str
    nutrients: tuple[str, ...]
    medicines: tuple[str, ...]
    foods: tuple[str, ...]
    values: tuple[Value, ...]
    diets: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    """Where in ``plain`` the nutrients are named."""
    described: bool = False
    """Whether a person's age, pregnancy or breastfeeding is told."""
    after: str = ""
    """The intent of the question that this one follows, where it leans on one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say: the intent, whether that is sure, and whether nothing may change it."""

    intent: Intent
    sure: bool = True
    firm: bool = False
    by_rule: bool = False
    """Whether a rule says so, and not only what is named."""


def said_of(clues: Clues, lexicon: Lexicon, *, leans: bool, read: bool) -> Said:
    """The intent by the first rule that fits, or by what is named.

    ``leans``: the nutrients are those of the question before; ``read``: a person is described.
    """
    rule = intent_of(clues, lexicon)
    if rule is None and leans:
        rule = intent_of(replace(clues, nutrients=()), lexicon)
    if rule:
        return Said(Intent(rule.intent), rule.sure, rule.firm, by_rule=True)
    if leans:
        return Said(_carried(clues, lexicon, read=read))
    intent, sure = fallback(clues)
    if clues.after and clues.nutrients and not sure:
        return Said(Intent(clues.after), firm=True)
    return Said(intent, sure, firm=_is_bare(clues) or _is_food(clues))


def intent_of(clues: Clues, lexicon: Lexicon) -> Rule | None:
    """The first rule that fits, or None when none does."""
    for each in lexicon.rules:
        if _met(each.rule, clues) and each.pattern.search(clues.plain):
            return each.rule
    return None


def hits(clues: Clues, lexicon: Lexicon) -> tuple[int, ...]:
    """Which rules have a pattern in the message, whatever else they need."""
    return tuple(n for n, each in enumerate(lexicon.rules) if each.pattern.search(clues.plain))


def fallback(clues: Clues) -> tuple[Intent, bool]:
    """The intent where no rule fits, and whether that is sure: a bare name never is."""
    if any(value.what == "level" for value in clues.values) and clues.nutrients:
        return Intent.test, True
    if clues.medicines:
        return Intent.interaction, bool(clues.nutrients)
    if clues.nutrients and any(value.what == "dose" for value in clues.values):
        return Intent.upper_limit, True
    if clues.nutrients and clues.foods:
        return Intent.foods, True
    if clues.nutrients and clues.described:
        return Intent.amount, True
    if clues.nutrients:
        return Intent.role, False
    if clues.foods:
        return Intent.which_nutrient, True
    return Intent.off_topic, True


def _carried(clues: Clues, lexicon: Lexicon, *, read: bool) -> Intent:
    """The intent of a follow-up that no rule knows: mostly that of the question before."""
    before = Intent(clues.after) if clues.after else Intent.which_nutrient
    if clues.diets:
        return Intent.foods
    if clues.medicines:
        return Intent.interaction
    if read or clues.values or clues.foods or lexicon.points_back.search(clues.plain):
        return before
    return Intent.off_topic


def _is_bare(clues: Clues) -> bool:
    """Whether nothing is said but names."""
    named = sum(len(clues.plain[start:end].split()) for start, end in clues.places)
    joined = sum(word in {"or", "and", "vs"} for word in clues.plain.split())
    return bool(clues.places) and len(clues.plain.split()) <= named + joined


def _is_food(clues: Clues) -> bool:
    """Whether nothing is said but a food: seaweed?"""
    return bool(clues.foods) and " ".join(clues.foods) == " ".join(clues.plain.split())


def _met(rule: Rule, clues: Clues) -> bool:
    match rule.needs:
        case "anything":
            return True
        case "nutrient":
            return bool(clues.nutrients)
        case "no_nutrient":
            return not clues.nutrients
        case "medicine":
            return bool(clues.medicines)
        case "value":
            return bool(clues.values)
        case "level":
            return any(value.what == "level" for value in clues.values)
        case "water":
            return "total_water" in clues.nutrients
        case "food":
            return bool(clues.foods and clues.nutrients)
        case _:
            assert_never(rule.needs)
