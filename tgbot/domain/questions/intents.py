"""Decides what a message asks for, by the ordered rules of the content."""

from dataclasses import dataclass
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


def intent_of(clues: Clues, lexicon: Lexicon) -> Rule | None:
    """The first rule that fits, or None when none does."""
    for each in lexicon.rules:
        if _met(each.rule, clues) and each.pattern.search(clues.plain):
            return each.rule
    return None


def fallback(clues: Clues, *, described: bool) -> tuple[Intent, bool]:
    """The intent where no rule fits, and whether that is sure: a bare name never is.

    ``described``: a person's age or pregnancy was given, so the amount is meant.
    """
    if any(value.what == "level" for value in clues.values) and clues.nutrients:
        return Intent.test, True
    if clues.medicines:
        return Intent.interaction, bool(clues.nutrients)
    if clues.nutrients and any(value.what == "dose" for value in clues.values):
        return Intent.upper_limit, True
    if clues.nutrients and clues.foods:
        return Intent.foods, True
    if clues.nutrients and described:
        return Intent.amount, True
    if clues.nutrients:
        return Intent.which_nutrient, False
    if clues.foods:
        return Intent.which_nutrient, True
    return Intent.off_topic, True


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
