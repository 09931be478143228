"""What one food holds, and how two foods compare, over all nutrients of the food table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Food, Nutrient, Nutrients
from content.schema.tablets import Authority
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.intakes import day_of
from tgbot.domain.questions.meals import TIMES, rows_of, share, share_shown
from tgbot.domain.questions.paragraphs import Paragraph, from_claim
from tgbot.domain.questions.question import PersonHint

COMPARED: Final = 2
OTHERS: Final = 3
"""Further rows of the same food that are named."""


def food_card(
    named: Sequence[str],
    count: float,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """One food's card, or two foods side by side, and the nutrients in it; nothing if unknown.

    ``count``: how many servings a day were named, 0 where none was.
    """
    kept = [(word, rows) for word in named if (rows := _rows(word, catalogue))]
    if not kept:
        return (), ()
    unknown = [word for word in named if word not in dict(kept)]
    admitted = tuple(_admitted(unknown, messages))
    if len(kept) >= COMPARED:
        pair = [rows for _, rows in kept[:COMPARED]]
        compared, nutrients = _side_by_side(pair, catalogue, messages)
        if compared:
            return (*compared, *admitted), nutrients
    card, nutrients = _card(kept[0][1], person, authority, catalogue, messages)
    many = tuple(_many(kept[0][1], count, person, authority, catalogue, messages))
    return (*many, *card, *admitted), nutrients


def unknown_foods(named: Sequence[str], messages: Messages) -> tuple[Paragraph, ...]:
    """That the food table has no row for what was named."""
    return tuple(_admitted(named, messages))


def _rows(word: str, catalogue: Nutrients) -> list[Food]:
    return [row for row in rows_of(word, catalogue) if row.nutrient in catalogue.details]


def _card(
    rows: list[Food],
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> tuple[list[Paragraph], tuple[str, ...]]:
    own = _of_one_food(rows)
    head = messages.text("nutrients.food_head", food=own[0].food, serving=own[0].serving)
    lines, sources = [head], [own[0].source]
    for row in own:
        detail = catalogue.details[row.nutrient]
        day = day_of(catalogue, row.nutrient, person, authority)
        part = share(row, detail, day)
        key = "nutrients.food_line" if part is None or day is None else "nutrients.food_line_share"
        lines.append(
            messages.text(
                key,
                nutrient=_name(row, catalogue),
                amount=_short(row.per_serving, row, detail),
                in_100=_short(row.per_100g, row, detail),
                share="" if part is None else share_shown(part, messages),
            )
        )
        sources += [day.source] if day and part is not None else []
    card = [
        Paragraph("\n".join(lines), tuple(dict.fromkeys(sources)), must=True),
        Paragraph(messages.text("nutrients.food_share")),
    ]
    others = [row.food for row in rows if row.food != own[0].food]
    if others:
        listed = "; ".join([*dict.fromkeys(others)][:OTHERS])
        card.append(Paragraph(messages.text("nutrients.food_others", foods=listed)))
    return card, tuple(row.nutrient for row in own)


def _many(
    rows: list[Food],
    count: float,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """That so many servings are too much, where that can harm: of potassium, salt or phosphorus."""
    listed = []
    for row in _of_one_food(rows):
        detail = catalogue.details[row.nutrient]
        day = day_of(catalogue, row.nutrient, person, authority)
        part = (share(row, detail, day) or 0) * count
        if detail.low_below is not None and part >= TIMES:
            amount = _short(row.per_serving * count, row, detail)
            values = {"amount": amount, "nutrient": _name(row, catalogue)}
            told = share_shown(part, messages)
            listed.append((part, messages.text("nutrients.food_count_item", **values, share=told)))
            safety = detail.safety
    if listed:
        items = ", ".join(item for _, item in sorted(listed, reverse=True))
        text = messages.text("nutrients.food_count", count=f"{count:g}", listed=items)
        yield Paragraph(text, must=True)
        yield from_claim(safety, must=True)


def _side_by_side(
    pair: list[list[Food]], catalogue: Nutrients, messages: Messages
) -> tuple[list[Paragraph], tuple[str, ...]]:
    one, other = map(_of_one_food, pair)
    if one[0].fdc_id == other[0].fdc_id:
        return [], ()
    theirs = {row.nutrient: row for row in other}
    both = [(row, theirs[row.nutrient]) for row in one if row.nutrient in theirs]
    if not both:
        return [], ()
    names = [f"{rows[0].food}, {rows[0].serving}" for rows in (one, other)]
    lines = [messages.text("nutrients.compare_head", one=names[0], other=names[1])]
    for left, right in both:
        detail = catalogue.details[left.nutrient]
        amounts = [_short(row.per_serving, row, detail) for row in (left, right)]
        more = left if left.per_serving >= right.per_serving else right
        lines.append(
            messages.text(
                "nutrients.compare_line",
                nutrient=_name(left, catalogue),
                more=more.food.partition(",")[0],
                one=amounts[0],
                other=amounts[1],
            )
        )
    sources = tuple(dict.fromkeys(row.source for rows in (one, other) for row in rows))
    text = Paragraph("\n".join(lines), sources, must=True)
    return [text], tuple(left.nutrient for left, _ in both)


def _of_one_food(rows: list[Food]) -> list[Food]:
    """The rows of the food that the table knows most about, in the table's order."""
    counted = Counter(row.fdc_id for row in rows)
    best = max(counted.values())
    chosen = next(row.fdc_id for row in rows if counted[row.fdc_id] == best)
    own = {row.nutrient: row for row in rows if row.fdc_id == chosen}
    return list(own.values())


def _admitted(words: Sequence[str], messages: Messages) -> Iterator[Paragraph]:
    if words:
        yield Paragraph(messages.text("nutrients.food_unknown", foods=", ".join(words)), must=True)


def _name(row: Food, catalogue: Nutrients) -> str:
    return catalogue.vocabulary.names[row.nutrient].name


def _short(number: float, row: Food, nutrient: Nutrient) -> str:
    """The amount in the table's unit alone: a card has many lines."""
    return amount_shown(number, row.unit, nutrient).partition(" (")[0]
