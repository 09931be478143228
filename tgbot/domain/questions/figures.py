"""Paragraphs with numbers from the tables: the day's amount, the upper limit, the safety line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Intake, Nutrient, Nutrients
from content.schema.tablets import Authority, Covers
from tgbot.domain.questions.intakes import ADULT, NOBODY, Found, find, limited, merged
from tgbot.domain.questions.paragraphs import Paragraph, from_claim
from tgbot.domain.questions.people import band, described
from tgbot.domain.questions.question import PersonHint, Value
from tgbot.domain.questions.units import convert, shown

PER_KILO: Final = "/kg"


def amount_shown(number: float, unit: str, nutrient: Nutrient) -> str:
    """An amount in the table's unit, with the other common one: ``15 mcg (600 IU)``."""
    plain = shown(number, unit)
    if not nutrient.also_in or nutrient.also_in == unit:
        return plain
    other = convert(number, unit, nutrient.also_in, nutrient.conversions)
    return plain if other is None else f"{plain} ({shown(other, nutrient.also_in)})"


def limit_shown(
    number: float, unit: str, nutrient: Nutrient, covers: Covers, messages: Messages
) -> str:
    """An upper limit with what it counts: ``10 mg from tablets``."""
    limit = amount_shown(number, unit, nutrient)
    if covers == "everything":
        return limit
    pure = shown(convert(number, unit, "mcg", nutrient.conversions) or 0, "mcg")
    return messages.text(f"nutrients.counts_{covers}", limit=limit, pure=pure)


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
    yield Paragraph(_amounts(rows, nutrient, person, messages), sources_of(rows), must=True)
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
    text = _limits(rows, nutrient, found.covers, person, messages)
    yield Paragraph(text, (found.source,) if found.source else sources_of(rows), must=True)
    if found.foreign:
        yield _foreign(authority, messages)


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
    yield Paragraph(text, sources_of(found.rows), must=True)


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
    found = limited(catalogue, nutrient.id, person, authority)
    limits = [row.limit for row in found.rows if row.limit is not None]
    if not limits:
        return Paragraph(messages.text("nutrients.safety_child"), must=True)
    number = amount_shown(min(limits), found.rows[0].unit, nutrient)
    who = "adult" if person.age >= ADULT else "child"
    scope = "everything" if found.covers == "everything" else "supplements"
    text = messages.text(f"nutrients.safety_{who}_{scope}", limit=number)
    return Paragraph(text, (found.source,), must=True)


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
    rows: tuple[Intake, ...],
    nutrient: Nutrient,
    covers: Covers,
    person: PersonHint | None,
    messages: Messages,
) -> str:
    limits = {row.limit for row in rows}
    if limits == {None}:
        return messages.text("nutrients.limit_none")
    if len(limits) == 1:
        who = described(person, messages) if person and person != NOBODY else ""
        who = messages.text("nutrients.limit_for", who=_lowered(who)) if who else ""
        number = limit_shown(rows[0].limit or 0, rows[0].unit, nutrient, covers, messages)
        return messages.text(f"nutrients.limit_{covers}", limit=number, who=who)
    return "\n".join(
        messages.text(
            "nutrients.limit_varies",
            who=band(row, messages),
            limit=limit_shown(row.limit, row.unit, nutrient, covers, messages),
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


def sources_of(rows: tuple[Intake, ...]) -> tuple[str, ...]:
    """The sources of some rows, each once."""
    return tuple(dict.fromkeys(row.source for row in rows))


def _foreign(authority: Authority, messages: Messages) -> Paragraph:
    return Paragraph(messages.text("nutrients.no_row_here", authority=authority), must=True)
