"""The doses that were named, set against the upper limit and the day's amount, and added up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isclose
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Nutrient, Nutrients
from content.schema.tablets import Salt
from tgbot.domain.questions.figures import PER_KILO, amount_shown, limit_shown, sources_of
from tgbot.domain.questions.intakes import Found
from tgbot.domain.questions.paragraphs import Paragraph
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import convert, shown

FAR: Final = 2
"""Days' amounts at once that are far above one where no limit is set."""
UNLIKE: Final = frozenset({"total_water"})
"""Nutrients whose amounts a dose in another unit is not set against: mg of water."""
MINERALS: Final = frozenset({"calcium", "iron", "magnesium", "zinc", "potassium", "copper"})
"""What tablets hold as a salt, whose weight is not that of the mineral."""
SAME_TABLET: Final = 0.05
"""How near a second number is to what the first tablet holds, to be that and no dose of its own."""


def doses(
    values: Sequence[Value],
    nutrient: Nutrient,
    found: Found,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """What is said of all doses of one nutrient: one is judged alone, several by their sum too."""
    if not found.rows:
        return
    for value in values:
        if not value.unit:
            yield Paragraph(_asked_unit(value, nutrient, found, messages), must=True)
    if any(value.unit and not value.daily for value in values):
        yield Paragraph(messages.text("nutrients.dose_not_daily"), must=True)
    told = [value for value in values if value.unit and value.daily]
    for value in told:
        yield from _salt(value, nutrient, catalogue, messages)
    parts = _each_taken(told, nutrient, found, catalogue)
    if parts:
        yield Paragraph(
            _judged(parts, nutrient, found, messages), sources_of(found.rows), must=True
        )
    elif told and found.rows[0].unit.endswith(PER_KILO):
        given = shown(told[0].number * told[0].times, told[0].unit)
        yield Paragraph(messages.text("nutrients.dose_by_weight", dose=given), must=True)
    elif told and nutrient.id not in UNLIKE:
        given = shown(told[0].number * told[0].times, told[0].unit)
        text = messages.text("nutrients.dose_other_unit", dose=given, unit=found.rows[0].unit)
        yield Paragraph(text, must=True)
    if parts and nutrient.id in MINERALS and not any(value.salt for value in told):
        yield Paragraph(messages.text("nutrients.dose_elemental"))


def taken(values: Sequence[Value], nutrient: Nutrient, found: Found, catalogue: Nutrients) -> float:
    """How much all daily doses are in the table's unit; 0 where that cannot be told."""
    told = [value for value in values if value.unit and value.daily]
    return sum(amount for _, amount in _each_taken(told, nutrient, found, catalogue))


def is_over(amount_a_day: float, found: Found) -> bool:
    """Whether a dose is above the lowest limit that may apply."""
    return any(row.limit is not None and amount_a_day > row.limit for row in found.rows)


def is_far_above_a_day(amount_a_day: float, found: Found) -> bool:
    """Whether a dose is so much that what too much does must be said, though no limit is set."""
    no_limit = all(row.limit is None for row in found.rows)
    return no_limit and amount_a_day >= FAR * max(row.value for row in found.rows)


def _each_taken(
    values: Sequence[Value], nutrient: Nutrient, found: Found, catalogue: Nutrients
) -> list[tuple[Value, float]]:
    """Each dose in the table's unit, as the mineral itself where its salt is known."""
    parts: list[tuple[Value, float]] = []
    for value in values:
        if not found.rows:
            break
        held = _mineral(value, catalogue)
        whole = held.number * held.times
        amount = convert(whole, held.unit, found.rows[0].unit, nutrient.conversions)
        if amount and not any(_is_what_it_holds(held, other) for other, _ in parts):
            parts.append((held, amount))
    return parts


def _is_what_it_holds(value: Value, other: Value) -> bool:
    """Whether a number only says again what a tablet holds: "325 mg (65 mg of iron)"."""
    of_salt = bool(other.salt and value.salt)
    return of_salt and isclose(value.number, other.number, rel_tol=SAME_TABLET)


def _mineral(value: Value, catalogue: Nutrients) -> Value:
    row = _tablet(value, catalogue)
    return replace(value, number=row.mineral_mg, unit="mg") if row else value


def _tablet(value: Value, catalogue: Nutrients) -> Salt | None:
    """The row of a tablet of this salt and strength; other strengths may be of the mineral itself."""
    weight = convert(value.number, value.unit, "mg", ())
    if not value.salt or weight is None:
        return None
    rows = (row for row in catalogue.salts if value.salt in row.written)
    return next((row for row in rows if isclose(row.tablet_mg, weight)), None)


def _salt(
    value: Value, nutrient: Nutrient, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    """That the name of the tablet is not the amount of the mineral, and what is."""
    rows = [row for row in catalogue.salts if value.salt and value.salt in row.written]
    weight = convert(value.number, value.unit, "mg", ())
    if not rows or weight is None:
        return
    row = _tablet(value, catalogue)
    if row is None and any(isclose(weight, each.mineral_mg, rel_tol=SAME_TABLET) for each in rows):
        return
    usual = row or rows[0]
    held = shown(float(f"{weight * usual.mineral_mg / usual.tablet_mg:.3g}"), "mg")
    name = catalogue.vocabulary.names[nutrient.id].name
    text = messages.text(
        "nutrients.salt_holds" if row else "nutrients.salt_about",
        tablet=shown(value.number, value.unit),
        salt=usual.salt,
        held=held,
        nutrient=name,
    )
    yield Paragraph(text, (usual.source,), must=True)


def _judged(
    parts: Sequence[tuple[Value, float]], nutrient: Nutrient, found: Found, messages: Messages
) -> str:
    unit = found.rows[0].unit
    whole = sum(amount for _, amount in parts)
    if len(parts) == 1:
        return _placed(_given(*parts[0], nutrient, unit), whole, nutrient, found, messages)
    total = amount_shown(whole, unit, nutrient)
    listed = " + ".join(shown(value.number * value.times, value.unit) for value, _ in parts)
    summed = messages.text("nutrients.dose_sum", parts=listed)
    return "\n".join(
        (
            f"{summed} {_placed(total, whole, nutrient, found, messages)}",
            *_alone(parts, found, messages),
        )
    )


def _alone(parts: Sequence[tuple[Value, float]], found: Found, messages: Messages) -> Iterator[str]:
    """Each dose against the limit by itself: a sum too high may have no part that is."""
    limit = _lowest(found)
    if limit is None:
        return
    yield messages.text(
        "nutrients.dose_alone",
        listed="; ".join(
            messages.text(
                f"nutrients.alone_{_side(amount, limit)}",
                dose=shown(value.number * value.times, value.unit),
            )
            for value, amount in parts
        ),
    )


def _given(value: Value, amount: float, nutrient: Nutrient, unit: str) -> str:
    if value.unit == unit and nutrient.also_in:
        return amount_shown(amount, unit, nutrient)
    given = shown(value.number * value.times, value.unit)
    return given if value.unit == unit else f"{given} ({shown(amount, unit)})"


def _placed(given: str, amount: float, nutrient: Nutrient, found: Found, messages: Messages) -> str:
    unit, limit = found.rows[0].unit, _lowest(found)
    if limit is None:
        return messages.text("nutrients.dose_no_limit", dose=given)
    highest = limit_shown(limit, unit, nutrient, found.covers, messages)
    side = _side(amount, limit)
    within = messages.text(f"nutrients.dose_{side}", dose=given, limit=highest)
    if side == "over":
        return within
    day = max(row.value for row in found.rows)
    key = "nutrients.dose_enough" if amount >= day else "nutrients.dose_short"
    return f"{within} {messages.text(key, amount=amount_shown(day, unit, nutrient))}"


def _asked_unit(value: Value, nutrient: Nutrient, found: Found, messages: Messages) -> str:
    """The question for the unit, and what the number would be in each that is usual."""
    own, limit = found.rows[0].unit, _lowest(found)
    choices = [each for each in (_plain(own), nutrient.also_in) if each]
    whole = value.number * value.times
    units = " / ".join(choices)
    said = [messages.text("nutrients.dose_unit", number=shown(value.number, ""), units=units)]
    for choice in choices:
        amount = convert(whole, choice, own, nutrient.conversions)
        if limit is not None and amount is not None:
            key = f"nutrients.dose_if_{_side(amount, limit)}"
            highest = limit_shown(limit, own, nutrient, found.covers, messages)
            said.append(messages.text(key, dose=shown(whole, choice), limit=highest))
    return " ".join(said)


def _plain(unit: str) -> str:
    """The unit as a label has it: tablets hold mcg of folic acid, not of DFE."""
    return unit.partition(" ")[0].partition("/")[0]


def _lowest(found: Found) -> float | None:
    return min((row.limit for row in found.rows if row.limit is not None), default=None)


def _side(amount: float, limit: float) -> str:
    if isclose(amount, limit):
        return "at"
    return "over" if amount > limit else "within"
