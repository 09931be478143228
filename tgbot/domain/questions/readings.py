"""Places a blood result in the ranges of the lab table; never more than one authority's word each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from content.schema.messages import Messages
from content.schema.nutrients import LabRange, Nutrient, Nutrients
from tgbot.domain.questions.paragraphs import Paragraph, source_shown
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import BLOOD_UNITS, convert, shown


def reading(
    value: Value, nutrient: Nutrient, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    """What a blood level means by each authority's range, or the question for its unit."""
    ranges = [row for row in catalogue.labs if row.nutrient == nutrient.id]
    if not ranges:
        yield Paragraph(messages.text("nutrients.lab_unknown"), must=True)
        return
    unit = ranges[0].unit
    if not value.unit and nutrient.usual_lab_unit:
        value = replace(value, unit=unit)
    if value.unit not in BLOOD_UNITS:
        yield _in_each_unit(value, ranges, nutrient, messages)
        return
    level = convert(value.number, value.unit, unit, nutrient.conversions)
    if level is None:
        yield Paragraph(messages.text("nutrients.lab_unknown"), must=True)
        return
    given = shown(value.number, value.unit)
    if value.unit != unit:
        given = f"{given} ({shown(level, unit)})"
    bands = _bands(level, ranges)
    words = {each.meaning: each for each in nutrient.readings}
    urgent = any(words[row.meaning].urgent for row in bands)
    if urgent:
        yield Paragraph(messages.text("nutrients.lab_urgent"), must=True, urgent=True)
    for place, row in enumerate(bands):
        key = "nutrients.lab" if place == 0 else "nutrients.lab_also"
        text = messages.text(
            key,
            given=given,
            says=words[row.meaning].says,
            range=_range(row, messages),
            source=source_shown(catalogue.sources[row.source]),
        )
        yield Paragraph(text, (row.source,), must=True, urgent=urgent)
    if not urgent:
        yield Paragraph(messages.text("nutrients.lab_doctor"), must=True)


def _in_each_unit(
    value: Value, ranges: Sequence[LabRange], nutrient: Nutrient, messages: Messages
) -> Paragraph:
    """Asks for the unit, and says what the number would mean in each."""
    unit = ranges[0].unit
    words = {each.meaning: each.says for each in nutrient.readings}
    choices = dict.fromkeys((unit, *_other_units(unit, nutrient)))
    meant = []
    for choice in choices:
        level = convert(value.number, choice, unit, nutrient.conversions)
        bands = _bands(level, ranges) if level is not None else []
        if bands:
            says = words[bands[0].meaning]
            meant.append(messages.text("nutrients.lab_if", unit=choice, says=says))
    asked = messages.text(
        "nutrients.lab_unit", number=shown(value.number, ""), units=" / ".join(choices)
    )
    doctor = messages.text("nutrients.lab_doctor")
    sources = tuple(dict.fromkeys(row.source for row in ranges)) if meant else ()
    return Paragraph(" ".join((asked, *meant, doctor)), sources, must=True)


def _bands(level: float, ranges: Sequence[LabRange]) -> list[LabRange]:
    return [row for row in ranges if row.low <= level and (row.high is None or level < row.high)]


def _other_units(unit: str, nutrient: Nutrient) -> Iterator[str]:
    for step in nutrient.conversions:
        if unit in (step.unit, step.into):
            yield step.unit if unit == step.into else step.into


def _range(row: LabRange, messages: Messages) -> str:
    low, high = f"{row.low:g}", f"{row.high:g}" if row.high is not None else ""
    if row.high is None:
        return messages.text("nutrients.lab_above", low=low, unit=row.unit)
    if row.low == 0:
        return messages.text("nutrients.lab_below", high=high, unit=row.unit)
    return messages.text("nutrients.lab_between", low=low, high=high, unit=row.unit)
