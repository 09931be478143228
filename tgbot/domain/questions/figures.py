"""Paragraphs with numbers from the tables: the day's amount, the upper limit, a dose placed between."""

from collections.abc import Iterator
from dataclasses import replace
from math import isclose
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Authority, Intake, Nutrient, Nutrients
from tgbot.domain.questions.intakes import ADULT, NOBODY, Found, find, limited, merged
from tgbot.domain.questions.paragraphs import Paragraph, from_claim
from tgbot.domain.questions.people import band, described
from tgbot.domain.questions.question import PersonHint, Value
from tgbot.domain.questions.units import convert, shown

FAR: Final = 2
"""Days' amounts at once that are far above one where no limit is set."""
UNLIKE: Final = frozenset({"protein", "total_water"})
"""Nutrients whose amounts a dose is not set against in its own unit."""
PER_KILO: Final = "/kg"
SALTS: Final = frozenset({"calcium", "iron", "magnesium", "zinc", "potassium", "copper"})
"""Minerals that tablets hold as a salt, whose weight is not that of the mineral."""


def amount_shown(number: float, unit: str, nutrient: Nutrient) -> str:
    """An amount in the table's unit, with the other common one: ``15 mcg (600 IU)``."""
    plain = shown(number, unit)
    if not nutrient.also_in or nutrient.also_in == unit:
        return plain
    other = convert(number, unit, nutrient.also_in, nutrient.conversions)
    return plain if other is None else f"{plain} ({shown(other, nutrient.also_in)})"


def amount(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The amount a day: one number where the person is known well enough, else a short list."""
    found = find(catalogue, nutrient.id, person, authority)
    rows = merged([_unlimited(row) for row in found.rows])
    if not rows:
        yield Paragraph(messages.text("nutrients.no_row"), must=True)
        return
    yield Paragraph(_amounts(rows, nutrient, person, messages), _sources(rows), must=True)
    if found.foreign:
        yield _foreign(authority, messages)


def limit(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The upper limit, or that none is set and what that does not mean."""
    found = limited(catalogue, nutrient.id, person, authority)
    rows = merged([_amountless(row) for row in found.rows])
    if not rows:
        yield Paragraph(messages.text("nutrients.no_row"), must=True)
        return
    yield Paragraph(_limits(rows, nutrient, person, messages), _sources(rows), must=True)
    if found.foreign:
        yield _foreign(authority, messages)


def dose(value: Value, nutrient: Nutrient, found: Found, messages: Messages) -> Iterator[Paragraph]:
    """A dose that was named, set against the lowest limit and the highest amount that may apply."""
    if not found.rows:
        return
    row = found.rows[0]
    if not value.unit:
        units = " / ".join(filter(None, (row.unit, nutrient.also_in)))
        text = messages.text("nutrients.dose_unit", number=shown(value.number, ""), units=units)
        yield Paragraph(text, must=True)
        return
    whole = replace(value, number=value.number * value.times, times=1)
    if not value.daily:
        yield Paragraph(messages.text("nutrients.dose_not_daily"), must=True)
        return
    amount_a_day = taken(value, nutrient, found)
    if amount_a_day:
        text = _placed(whole, amount_a_day, nutrient, found, messages)
        yield Paragraph(text, _sources(found.rows), must=True)
        if nutrient.id in SALTS:
            yield Paragraph(messages.text("nutrients.dose_elemental"), must=True)
    elif value.number and nutrient.id not in UNLIKE:
        given = shown(whole.number, value.unit)
        text = messages.text("nutrients.dose_other_unit", dose=given, unit=row.unit)
        yield Paragraph(text, must=True)


def taken(value: Value, nutrient: Nutrient, found: Found) -> float:
    """How much a daily dose is in the table's unit; 0 where that cannot be told."""
    if not found.rows or not value.unit or not value.daily:
        return 0
    whole = value.number * value.times
    return convert(whole, value.unit, found.rows[0].unit, nutrient.conversions) or 0


def is_over(amount_a_day: float, found: Found) -> bool:
    """Whether a dose is above the lowest limit that may apply."""
    return any(row.limit is not None and amount_a_day > row.limit for row in found.rows)


def is_far_above_a_day(amount_a_day: float, found: Found) -> bool:
    """Whether a dose is so much that what too much does must be said, though no limit is set."""
    no_limit = all(row.limit is None for row in found.rows)
    return no_limit and amount_a_day >= FAR * max(row.value for row in found.rows)


def by_weight(value: Value, found: Found, messages: Messages) -> Iterator[Paragraph]:
    """The day's amount for a body weight, of a nutrient that goes by it: protein."""
    kilos = convert(value.number, value.unit, "kg", ())
    if not found.rows or not found.rows[0].unit.endswith(PER_KILO) or kilos is None:
        return
    unit = found.rows[0].unit.removesuffix(PER_KILO)
    amounts = sorted({row.value * kilos for row in found.rows})
    number = " – ".join(shown(each, unit) for each in amounts)
    weight = shown(value.number, value.unit)
    text = messages.text("nutrients.by_weight", weight=weight, amount=number)
    yield Paragraph(text, _sources(found.rows), must=True)


def safety(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Paragraph:
    """The safety line, which for a child names the child's limit instead of the adult's."""
    plain = from_claim(nutrient.safety, must=True)
    if not nutrient.safety_states_limit or person is None or person.age is None:
        return plain
    rows = limited(catalogue, nutrient.id, person, authority).rows
    limits = [row.limit for row in rows if row.limit is not None]
    if not limits:
        return Paragraph(messages.text("nutrients.safety_child"), must=True)
    number = amount_shown(min(limits), rows[0].unit, nutrient)
    who = "adult" if person.age >= ADULT else "child"
    text = messages.text(f"nutrients.safety_{who}_{nutrient.limit_covers}", limit=number)
    return Paragraph(text, _sources(rows), must=True)


def _placed(
    value: Value, taken: float, nutrient: Nutrient, found: Found, messages: Messages
) -> str:
    unit = found.rows[0].unit
    limits = [row.limit for row in found.rows if row.limit is not None]
    given = shown(value.number, value.unit)
    if value.unit != unit:
        given = f"{given} ({shown(taken, unit)})"
    elif nutrient.also_in:
        given = amount_shown(taken, unit, nutrient)
    if not limits:
        return messages.text("nutrients.dose_no_limit", dose=given)
    highest = amount_shown(min(limits), unit, nutrient)
    if taken > min(limits) and not isclose(taken, min(limits)):
        return messages.text("nutrients.dose_over", dose=given, limit=highest)
    meets = isclose(taken, min(limits))
    under = "nutrients.dose_at" if meets else "nutrients.dose_within"
    within = messages.text(under, dose=given, limit=highest)
    day = max(row.value for row in found.rows)
    key = "nutrients.dose_enough" if taken >= day else "nutrients.dose_short"
    return f"{within} {messages.text(key, amount=amount_shown(day, unit, nutrient))}"


def _amounts(
    rows: tuple[Intake, ...], nutrient: Nutrient, person: PersonHint | None, messages: Messages
) -> str:
    if len({row.value for row in rows}) == 1:
        number = amount_shown(rows[0].value, rows[0].unit, nutrient)
        who = described(person or NOBODY, messages)
        return messages.text("nutrients.which_amount", who=who, amount=number)
    lines = [
        messages.text(
            "nutrients.amounts_line",
            who=band(row, messages),
            amount=amount_shown(row.value, row.unit, nutrient),
        )
        for row in rows
    ]
    return "\n".join((messages.text("nutrients.amounts_head"), *lines))


def _limits(
    rows: tuple[Intake, ...], nutrient: Nutrient, person: PersonHint | None, messages: Messages
) -> str:
    limits = {row.limit for row in rows}
    if limits == {None}:
        return messages.text("nutrients.limit_none")
    key = f"nutrients.limit_{nutrient.limit_covers}"
    if len(limits) == 1:
        who = described(person, messages) if person and person != NOBODY else ""
        who = messages.text("nutrients.limit_for", who=_lowered(who)) if who else ""
        number = amount_shown(rows[0].limit or 0, rows[0].unit, nutrient)
        return messages.text(key, limit=number, who=who)
    return "\n".join(
        messages.text(
            "nutrients.limit_varies",
            who=band(row, messages),
            limit=amount_shown(row.limit, row.unit, nutrient),
        )
        for row in rows
        if row.limit is not None
    )


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _unlimited(row: Intake) -> Intake:
    return replace(row, limit=None)


def _amountless(row: Intake) -> Intake:
    return replace(row, value=0)


def _sources(rows: tuple[Intake, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.source for row in rows))


def _foreign(authority: Authority, messages: Messages) -> Paragraph:
    return Paragraph(messages.text("nutrients.no_row_here", authority=authority), must=True)
