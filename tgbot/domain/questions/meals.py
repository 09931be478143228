"""Paragraphs about foods, from the food table."""

from collections.abc import Iterator, Sequence
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Food, Nutrient, Nutrients
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.paragraphs import Paragraph
from tgbot.domain.questions.units import shown

LINES: Final = 6
EATEN_BY: Final = {
    "vegan": frozenset({"vegan"}),
    "vegetarian": frozenset({"vegan", "vegetarian"}),
    "fish": frozenset({"fish", "shellfish"}),
    "meat": frozenset({"meat"}),
}
"""The diets of the food table that a diet named in a question allows."""


def foods(
    nutrient: Nutrient,
    diet: str | None,
    named: Sequence[str],
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The richest foods of a nutrient, per serving; only those named, where some were named."""
    rows = [row for row in catalogue.foods if row.nutrient == nutrient.id and _allowed(row, diet)]
    chosen = [row for row in rows if any(_is(row, word) for word in named)]
    best = sorted(chosen or rows, key=lambda row: -row.per_serving)[:LINES]
    if not best:
        yield Paragraph(messages.text("nutrients.foods_none"), must=True)
        return
    lines = [_line(row, nutrient, messages) for row in best]
    html = "\n".join((messages.text(f"nutrients.foods_{'named' if chosen else 'head'}"), *lines))
    yield Paragraph(html, tuple(dict.fromkeys(row.source for row in best)), must=True)


def food_card(
    named: Sequence[str], catalogue: Nutrients, messages: Messages
) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """What one food holds of every nutrient that has content, and those nutrients; maybe empty."""
    found = [
        row
        for row in catalogue.foods
        if row.nutrient in catalogue.details and any(_is(row, word) for word in named)
    ]
    if not found:
        return (), ()
    rows = [row for row in found if row.fdc_id == found[0].fdc_id]
    head = messages.text("nutrients.food_head", food=found[0].food, serving=found[0].serving)
    lines = [
        messages.text(
            "nutrients.food_line",
            nutrient=catalogue.vocabulary.names[row.nutrient].name,
            amount=shown(row.per_serving, row.unit),
        )
        for row in rows
    ]
    text = Paragraph("\n".join((head, *lines)), (rows[0].source,), must=True)
    return (text,), tuple(dict.fromkeys(row.nutrient for row in rows))


def _line(row: Food, nutrient: Nutrient, messages: Messages) -> str:
    number = amount_shown(row.per_serving, row.unit, nutrient)
    return messages.text("nutrients.foods_line", food=row.food, serving=row.serving, amount=number)


def _allowed(row: Food, diet: str | None) -> bool:
    if diet == "halal":
        return row.halal == "yes"
    return diet is None or row.diet in EATEN_BY.get(diet, frozenset({row.diet}))


def _is(row: Food, word: str) -> bool:
    return word in row.food.lower()
