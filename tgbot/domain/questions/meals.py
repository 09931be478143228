"""Paragraphs about the foods of one nutrient, from the food table."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Food, Nutrient, Nutrients
from content.schema.tablets import Authority
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.intakes import Day, day_of
from tgbot.domain.questions.paragraphs import Paragraph
from tgbot.domain.questions.people import described
from tgbot.domain.questions.question import PersonHint, Question
from tgbot.domain.questions.units import convert

LINES: Final = 6
REST: Final = 3
"""Foods listed, and those listed beside some that were named."""
MORE_LOW: Final = 2
"""Foods that hold little need more lines: a list of them is a meal."""
NAMED: Final = 8
"""Rows shown where foods were named."""
TIMES: Final = 2.5
"""Days' amounts in a serving from which it is told as so many times, not as per cent."""
EATEN_BY: Final = {
    "vegan": frozenset({"vegan"}),
    "vegetarian": frozenset({"vegan", "vegetarian"}),
    "fish": frozenset({"fish", "shellfish"}),
    "meat": frozenset({"meat"}),
}
"""The diets of the food table that a diet named in a question allows."""
DIETS: Final = ("vegan", "vegetarian", "halal", "fish", "meat")
NOT_IN_PREGNANCY: Final = re.compile(r"\bliver\b|\bsushi\b")
"""Foods of the table that are never listed for someone who carries a baby."""
_PLURALS: Final = (("oes", "o"), ("ies", "y"), ("ss", "ss"), ("us", "us"), ("s", ""))


def foods(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
    lines: int = LINES,
) -> Iterator[Paragraph]:
    """The foods that were named, against each other; where none was, the richest ones."""
    day = day_of(catalogue, nutrient.id, question.person, authority)
    if question.low:
        yield from _lowest(question, nutrient, catalogue, messages, lines)
        return
    if question.foods:
        yield from _named(question, nutrient, day, catalogue, messages)
    best = richest(nutrient, question.diet, question.person, catalogue)
    if not best:
        yield Paragraph(messages.text("nutrients.foods_none"), must=True)
        return
    head = _head(question, nutrient, best[0], day, messages)
    shown = best[: REST if question.foods else lines]
    html = "\n".join((head, *(line(row, nutrient, day, messages) for row in shown)))
    yield Paragraph(html, _sources(shown, day), must=not question.foods)
    yield Paragraph(messages.text("nutrients.foods_only"), must=True)


def richest(
    nutrient: Nutrient, diet: str | None, person: PersonHint | None, catalogue: Nutrients
) -> list[Food]:
    """The foods for a diet and a person, those with most of the nutrient in a serving first."""
    own = [row for row in catalogue.foods if row.nutrient == nutrient.id and _allowed(row, diet)]
    if person and person.pregnant:
        own = [row for row in own if not NOT_IN_PREGNANCY.search(row.food.lower())]
    return sorted(own, key=lambda row: -row.per_serving)


def _lowest(
    question: Question,
    nutrient: Nutrient,
    catalogue: Nutrients,
    messages: Messages,
    lines: int,
) -> Iterator[Paragraph]:
    """Foods with little in a serving: not only the very least, which would be all fruit."""
    edge, diet = nutrient.low_below, f" ({question.diet})" if question.diet else ""
    rows = richest(nutrient, question.diet, question.person, catalogue)[::-1]
    rows = [row for row in rows if edge is None or row.per_serving <= edge.value]
    if not rows:
        yield Paragraph(messages.text("nutrients.foods_none"), must=True)
        return
    shown = rows[:: max(1, len(rows) // (lines + MORE_LOW))][: lines + MORE_LOW]
    head = messages.text("nutrients.low_head_any", diet=diet)
    if edge is not None:
        limit = amount_shown(edge.value, nutrient.unit, nutrient)
        head = messages.text("nutrients.low_head", diet=diet, limit=limit)
    html = "\n".join((head, *(line(row, nutrient, None, messages) for row in shown)))
    sources = (*_sources(shown, None), *([edge.source] if edge else []))
    yield Paragraph(html, sources, must=True)
    yield Paragraph(messages.text("nutrients.low_servings"), must=True)


def rows_of(word: str, catalogue: Nutrients) -> list[Food]:
    """The rows of a food as somebody wrote it, one or many."""
    pattern = _one_or_many(catalogue.food_names.get(word, word))
    return [row for row in catalogue.foods if pattern.search(row.food.lower())]


def share(row: Food, nutrient: Nutrient, day: Day | None) -> float | None:
    """How much of a day's amount a serving holds, of the higher amount where two may apply.

    None where they cannot be set against each other: protein a day goes by body weight.
    """
    if day is None:
        return None
    amount = convert(row.per_serving, row.unit, day.unit, nutrient.conversions)
    return None if amount is None else amount / day.high


def share_shown(part: float, messages: Messages) -> str:
    """A share as per cent, or as so many times where that says more."""
    if part >= TIMES:
        return messages.text("nutrients.share_times", times=round(part))
    return messages.text("nutrients.share_percent", share=round(100 * part))


def line(row: Food, nutrient: Nutrient, day: Day | None, messages: Messages) -> str:
    """One food with its serving, its amount and the share of a day."""
    values = {
        "food": row.food,
        "serving": row.serving,
        "amount": amount_shown(row.per_serving, row.unit, nutrient),
    }
    part = share(row, nutrient, day)
    if part is None:
        return messages.text("nutrients.foods_line", **values)
    return messages.text("nutrients.foods_line_share", **values, share=share_shown(part, messages))


def whose(person: PersonHint | None, day: Day, messages: Messages) -> str:
    """Whom the day's amount is for; that it is the higher one where two may apply."""
    words = described(person or PersonHint(), messages)
    words = words[:1].lower() + words[1:]
    return words if day.low == day.high else messages.text("nutrients.day_highest", who=words)


def _named(
    question: Question,
    nutrient: Nutrient,
    day: Day | None,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    name = catalogue.vocabulary.names[nutrient.id].name
    found = {
        word: [row for row in rows_of(word, catalogue) if row.nutrient == nutrient.id]
        for word in question.foods
    }
    unknown = [word for word, rows in found.items() if not rows]
    every = dict.fromkeys(row for rows in found.values() for row in rows)
    known = sorted(every, key=lambda row: -row.per_serving)[:NAMED]
    if known:
        compared = len(found) - len(unknown) > 1
        key = "nutrients.foods_more" if compared else "nutrients.foods_named"
        head = messages.text(key, food=known[0].food, nutrient=name)
        lines = [line(row, nutrient, day, messages) for row in known]
        yield Paragraph("\n".join((head, *lines)), _sources(known, day), must=True)
    if unknown:
        listed = ", ".join(unknown)
        text = messages.text("nutrients.foods_unknown", nutrient=name, foods=listed)
        yield Paragraph(text, must=True)


def _head(
    question: Question, nutrient: Nutrient, best: Food, day: Day | None, messages: Messages
) -> str:
    if question.foods:
        return messages.text("nutrients.foods_rest")
    special = f"nutrients.foods_head_{nutrient.id}"
    key = special if special in messages.texts else "nutrients.foods_head"
    diet = f" ({question.diet})" if question.diet else ""
    if day is None or share(best, nutrient, day) is None:
        return messages.text(key, diet=diet) + ":"
    number = amount_shown(day.high, day.unit, nutrient)
    who = whose(question.person, day, messages)
    of_day = messages.text("nutrients.foods_of_day", day=number, who=who)
    return f"{messages.text(key, diet=diet)}, {of_day}:"


def _allowed(row: Food, diet: str | None) -> bool:
    if diet == "halal":
        return row.halal == "yes"
    return diet is None or row.diet in EATEN_BY.get(diet, frozenset({row.diet}))


def _sources(rows: Sequence[Food], day: Day | None) -> tuple[str, ...]:
    of_day = (day.source,) if day else ()
    return tuple(dict.fromkeys((*(row.source for row in rows), *of_day)))


def _one_or_many(word: str) -> re.Pattern[str]:
    single = word
    for ending, instead in _PLURALS:
        if word.endswith(ending):
            single = word.removesuffix(ending) + instead
            break
    if single.endswith("y"):
        return re.compile(rf"\b{re.escape(single[:-1])}(?:y|ies)\b")
    return re.compile(rf"\b{re.escape(single)}(?:e?s)?\b")
