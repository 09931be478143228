"""The foods of a nutrient as a picture, and the same in words for those who cannot see it."""

from dataclasses import dataclass
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Food, Nutrient, Nutrients
from tgbot.domain.charts import Bar, Chart
from tgbot.domain.questions import figures
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.food_buttons import ANY_DIET
from tgbot.domain.questions.intakes import Day, authority_of, day_of
from tgbot.domain.questions.meals import line, richest, share, share_shown
from tgbot.domain.questions.offering import capitalised
from tgbot.domain.questions.paragraphs import Paragraph, source_shown
from tgbot.domain.questions.people import described
from tgbot.domain.questions.question import PersonHint
from tgbot.domain.questions.units import convert, shown
from tgbot.domain.replies import Button, Keyboard, column

CAPTION: Final = 1024
"""Characters of a caption (sendPhoto); counted with the markup, so a little less."""
BARS: Final = 8
"""Foods in one picture: more cannot be read on a phone."""


@dataclass(frozen=True, slots=True)
class FoodPicture:
    """What is drawn, and the caption that says the same."""

    chart: Chart
    caption: str
    buttons: Keyboard


def food_picture(
    nutrient: str,
    diet: str | None,
    person: PersonHint | None,
    catalogue: Nutrients,
    messages: Messages,
    country: str,
) -> FoodPicture | None:
    """The picture of a nutrient's richest foods; None where the table has no row that fits."""
    detail = catalogue.details.get(nutrient)
    rows = richest(detail, diet, person, catalogue)[:BARS] if detail else []
    if not detail or not rows:
        return None
    authority = authority_of(catalogue, country)
    day = day_of(catalogue, nutrient, person, authority)
    if day and share(rows[0], detail, day) is None:
        day = None
    chart = _chart(detail, diet, rows, day, person, catalogue, messages)
    safety = figures.safety(detail, person, authority, catalogue, messages)
    lines = [line(row, detail, day, messages) for row in rows]
    caption = _caption(chart, lines, safety, messages)
    back = Button(messages.text("nutrients.button_words"), ("foods", nutrient, diet or ANY_DIET))
    return FoodPicture(chart, caption, column(back))


def _chart(
    detail: Nutrient,
    diet: str | None,
    rows: list[Food],
    day: Day | None,
    person: PersonHint | None,
    catalogue: Nutrients,
    messages: Messages,
) -> Chart:
    name = capitalised(catalogue.vocabulary.names[detail.id].name)
    key = "nutrients.picture_title_diet" if diet else "nutrients.picture_title"
    sources = {row.source: None for row in rows} | ({day.source: None} if day else {})
    return Chart(
        title=messages.text(key, nutrient=name, diet=diet),
        subtitle=_day_line(detail, day, person, messages) if day else "",
        bars=tuple(_bar(row, detail, day, messages) for row in rows),
        day_low=_in_unit_of(rows[0], day.low, day, detail) if day else 0,
        day_high=_in_unit_of(rows[0], day.high, day, detail) if day else 0,
        source="; ".join(source_shown(catalogue.sources[each]) for each in sources),
    )


def _bar(row: Food, detail: Nutrient, day: Day | None, messages: Messages) -> Bar:
    number = shown(row.per_serving, row.unit)
    part = share(row, detail, day)
    words = number if part is None else f"{number} ({share_shown(part, messages)})"
    return Bar(row.food, row.serving, row.per_serving, words)


def _day_line(detail: Nutrient, day: Day, person: PersonHint | None, messages: Messages) -> str:
    who = described(person or PersonHint(), messages)
    number = amount_shown(day.high, day.unit, detail)
    if day.low != day.high:
        low = shown(day.low, "")
        return messages.text("nutrients.picture_span", who=who, low=low, day=number)
    return messages.text("nutrients.picture_day", who=who, day=number)


def _in_unit_of(row: Food, number: float, day: Day, detail: Nutrient) -> float:
    return convert(number, day.unit, row.unit, detail.conversions) or 0


def _caption(chart: Chart, lines: list[str], safety: Paragraph, messages: Messages) -> str:
    """The words of the picture: all its lines, or as many as a caption takes."""
    head = [messages.text("nutrients.picture_words", title=chart.title)]
    head += [chart.subtitle] if chart.subtitle else []
    source = messages.text("nutrients.source", sources=chart.source)
    for kept in range(len(lines), 0, -1):
        text = "\n\n".join(("\n".join((*head, *lines[:kept])), safety.html, source))
        if len(text) <= CAPTION:
            break
    return text
