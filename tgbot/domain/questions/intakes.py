"""Finds the rows of the intake tables that are for one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.schema.nutrients import Intake, Nutrients
from content.schema.tablets import Authority, Covers, LimitScope
from tgbot.domain.questions.question import PersonHint

ADULT = 19
"""Years: where the adult rows of the US tables begin (IOM 2011)."""
NOBODY = PersonHint()


@dataclass(frozen=True, slots=True)
class Found:
    """Rows for a person; ``foreign`` when the person's own table has none and the US one is used."""

    rows: tuple[Intake, ...]
    foreign: bool = False
    covers: Covers = "everything"
    """What the upper limit of these rows counts."""
    source: str = ""
    """Where the upper limit comes from, which is often not where the day's amount does."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a day takes for a person: one amount, or a span where too little is known of them."""

    low: float
    high: float
    unit: str
    source: str


def authority_of(catalogue: Nutrients, country: str) -> Authority:
    """Whose figures a country (two letters, any case) uses; the US ones where none are listed."""
    return catalogue.authorities.get(country.upper(), "US")


def find(
    catalogue: Nutrients, nutrient: str, person: PersonHint | None, authority: Authority
) -> Found:
    """The rows that fit all that is known about the person; an unsaid age means an adult's."""
    of_nutrient = [row for row in catalogue.intakes if row.nutrient == nutrient]
    own = [row for row in of_nutrient if row.authority == authority]
    rows = _fitting(own, person or NOBODY)
    if rows or authority == "US":
        return Found(rows)
    return Found(
        _fitting([row for row in of_nutrient if row.authority == "US"], person or NOBODY),
        foreign=True,
    )


def limited(
    catalogue: Nutrients, nutrient: str, person: PersonHint | None, authority: Authority
) -> Found:
    """As ``find``, but the US rows where only those set an upper limit."""
    found = find(catalogue, nutrient, person, authority)
    if not found.foreign and all(row.limit is None for row in found.rows):
        us = find(catalogue, nutrient, person, "US")
        if any(row.limit for row in us.rows):
            found = replace(us, foreign=authority != "US")
    return _scoped(found, catalogue)


def scope_of(catalogue: Nutrients, nutrient: str, authority: Authority) -> LimitScope | None:
    """What an authority's upper limit of a nutrient counts; None where it sets none."""
    own = (each for each in catalogue.scopes if each.nutrient == nutrient)
    return next((each for each in own if each.authority == authority), None)


def _scoped(found: Found, catalogue: Nutrients) -> Found:
    """The rows with what their limit counts, where they set one."""
    row = next((row for row in found.rows if row.limit is not None), None)
    scope = scope_of(catalogue, row.nutrient, row.authority) if row else None
    return replace(found, covers=scope.covers, source=scope.source) if scope else found


def day_of(
    catalogue: Nutrients, nutrient: str, person: PersonHint | None, authority: Authority
) -> Day | None:
    """The day's amount for a person; None where no table has a row for them."""
    rows = find(catalogue, nutrient, person, authority).rows
    if not rows:
        return None
    amounts = [row.value for row in rows]
    return Day(min(amounts), max(amounts), rows[0].unit, rows[0].source)


def _fitting(rows: Sequence[Intake], person: PersonHint) -> tuple[Intake, ...]:
    return tuple(row for row in rows if _fits(row, person))


def _fits(row: Intake, person: PersonHint) -> bool:
    if (row.pregnant, row.lactating) != (person.pregnant, person.lactating and not person.pregnant):
        return False
    if person.sex and row.sex not in ("both", person.sex):
        return False
    if person.age is None:
        return row.age_below > ADULT
    return row.age_from <= person.age < row.age_below


def merged(rows: Sequence[Intake]) -> tuple[Intake, ...]:
    """Rows joined where only age or sex differs and amount and limit are the same, by age."""
    joined: list[Intake] = []
    for row in rows:
        for place, earlier in enumerate(joined):
            if both := _as_one(earlier, row):
                joined[place] = both
                break
        else:
            joined.append(row)
    if len(joined) < len(rows):
        return merged(joined)
    return tuple(sorted(joined, key=lambda row: (row.age_from, row.sex != "male", row.sex)))


def _as_one(one: Intake, other: Intake) -> Intake | None:
    if _figures(one) != _figures(other):
        return None
    if one.sex == other.sex and one.age_below == other.age_from:
        return replace(one, age_below=other.age_below)
    same_age = (one.age_from, one.age_below) == (other.age_from, other.age_below)
    return replace(one, sex="both") if same_age and one.sex != other.sex else None


def _figures(row: Intake) -> tuple[object, ...]:
    return row.value, row.limit, row.pregnant, row.lactating, row.authority
