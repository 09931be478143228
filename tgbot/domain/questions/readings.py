"""Places a blood result in the ranges of the lab table; never more than one authority's word each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from content.schema.messages import Messages
from content.schema.nutrients import LabRange, Nutrient, Nutrients
from tgbot.domain.questions.paragraphs import Paragraph, source_shown
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import BLOOD_UNITS, convert, shown

ALWAYS_WRITTEN = frozenset({"mEq/L"})
"""Units that are no guess where none was written."""
CALM = "enough"
"""The meaning of a band in which nothing is wrong."""


def reading(
    value: Value, nutrient: Nutrient, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    """What a blood level means by each authority's range, or the question for its unit."""
    ranges = _ranges(value, nutrient, catalogue)
    if not ranges:
        yield _unknown(value, messages)
        return
    unit = ranges[0].unit
    if not value.unit and (nutrient.usual_lab_unit or value.test):
        value = replace(value, unit=unit)
    if value.unit not in BLOOD_UNITS:
        yield from _in_each_unit(value, ranges, nutrient, messages)
        return
    level = convert(value.number, value.unit, unit, nutrient.conversions)
    bands = _bands(level, ranges) if level is not None else []
    if level is None or not bands:
        yield _unknown(value, messages)
        return
    given = shown(value.number, value.unit)
    if value.unit != unit:
        given = f"{given} ({shown(level, unit)})"
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


def _ranges(value: Value, nutrient: Nutrient, catalogue: Nutrients) -> list[LabRange]:
    """The rows of the test that the value is of: the nutrient's first one where none is named."""
    rows = [row for row in catalogue.labs if row.nutrient == nutrient.id]
    return [row for row in rows if row.test == (value.test or rows[0].test)]


def _unknown(value: Value, messages: Messages) -> Paragraph:
    if value.test:
        text = messages.text("nutrients.lab_other_test", test=value.test)
        return Paragraph(text, must=True)
    return Paragraph(messages.text("nutrients.lab_unknown"), must=True)


def _in_each_unit(
    value: Value, ranges: Sequence[LabRange], nutrient: Nutrient, messages: Messages
) -> Iterator[Paragraph]:
    """Asks for the unit, and says what the number would mean in each."""
    unit = ranges[0].unit
    words = {each.meaning: each for each in nutrient.readings}
    choices = dict.fromkeys((unit, *_other_units(unit, nutrient)))
    meant, urgent = [], []
    for choice in choices:
        level = convert(value.number, choice, unit, nutrient.conversions)
        bands = _bands(level, ranges) if level is not None else []
        if bands:
            reading = words[bands[0].meaning]
            urgent.append(reading.urgent)
            meant.append(messages.text("nutrients.lab_if", unit=choice, says=reading.says))
    alarm = bool(urgent) and all(urgent)
    if alarm:
        yield Paragraph(messages.text("nutrients.lab_urgent"), must=True, urgent=True)
    asked = messages.text(
        "nutrients.lab_unit", number=shown(value.number, ""), units=_listed([*choices], messages)
    )
    doctor = messages.text("nutrients.lab_today" if any(urgent) else "nutrients.lab_doctor")
    sources = tuple(dict.fromkeys(row.source for row in ranges)) if meant else ()
    closing = () if alarm else (doctor,)
    yield Paragraph(" ".join((asked, *meant, *closing)), sources, must=True, urgent=alarm)


def _listed(units: Sequence[str], messages: Messages) -> str:
    *first, last = units
    if not first:
        return last
    return messages.text("nutrients.either", first=", ".join(first), last=last)


def _bands(level: float, ranges: Sequence[LabRange]) -> list[LabRange]:
    """The bands a level falls in, one that warns before one that calms."""
    found = [row for row in ranges if row.low <= level and (row.high is None or level < row.high)]
    return sorted(found, key=lambda row: row.meaning == CALM)


def _other_units(unit: str, nutrient: Nutrient) -> Iterator[str]:
    for step in nutrient.conversions:
        if unit in (step.unit, step.into) and step.unit not in ALWAYS_WRITTEN:
            yield step.unit if unit == step.into else step.into


def _range(row: LabRange, messages: Messages) -> str:
    low, high = f"{row.low:g}", f"{row.high:g}" if row.high is not None else ""
    if row.high is None:
        return messages.text("nutrients.lab_above", low=low, unit=row.unit)
    if row.low == 0:
        return messages.text("nutrients.lab_below", high=high, unit=row.unit)
    return messages.text("nutrients.lab_between", low=low, high=high, unit=row.unit)
