"""Says where another authority's figure is quite another one, such as the limit of vitamin B6."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Intake, Nutrient, Nutrients
from content.schema.tablets import Authority
from tgbot.domain.questions.figures import amount_shown, limit_shown
from tgbot.domain.questions.intakes import find, scope_of
from tgbot.domain.questions.paragraphs import Paragraph
from tgbot.domain.questions.question import PersonHint

MATTERS: Final = 1.4
"""How many times as large one figure must be as the other to be worth a line."""
AUTHORITIES: Final[tuple[Authority, ...]] = ("US", "EFSA", "UK")


def other_amounts(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The day's amount elsewhere, where it is quite another one."""
    own = _highest(find(catalogue, nutrient.id, person, authority).rows)
    if own is None:
        return
    others = {
        each: row
        for each in AUTHORITIES
        if (row := _highest(_rows(nutrient, person, each, authority, catalogue)))
        and _differ(own.value, row.value)
    }
    if others:
        amounts = {
            each: amount_shown(row.value, row.unit, nutrient) for each, row in others.items()
        }
        yield _paragraph("elsewhere_amount", amounts, [r.source for r in others.values()], messages)


def other_limits(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The upper limit elsewhere, where it is quite another one or only they set one."""
    own = _limit(find(catalogue, nutrient.id, person, authority).rows)
    others = {
        each: row
        for each in AUTHORITIES
        if (row := _limit(_rows(nutrient, person, each, authority, catalogue)))
        and own is not None
        and _differ(own.limit or 0, row.limit or 0)
    }
    if others:
        yield _limits("elsewhere_limit", others, nutrient, catalogue, messages)


def stricter_limit(
    taken: float,
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """That a dose which is fine here is above the limit elsewhere."""
    rows = {
        each: row
        for each in AUTHORITIES
        if (row := _limit(_rows(nutrient, person, each, authority, catalogue)))
        and taken > (row.limit or 0)
    }
    if rows:
        yield _limits("elsewhere_over", rows, nutrient, catalogue, messages)


def _limits(
    key: str,
    rows: Mapping[Authority, Intake],
    nutrient: Nutrient,
    catalogue: Nutrients,
    messages: Messages,
) -> Paragraph:
    """Limits of others, each with what it counts: the UK line for B6 is for tablets."""
    said, sources = {}, []
    for each, row in rows.items():
        scope = scope_of(catalogue, nutrient.id, each)
        covers = scope.covers if scope else "everything"
        said[each] = limit_shown(row.limit or 0, row.unit, nutrient, covers, messages)
        sources.append(scope.source if scope else row.source)
    return _paragraph(key, said, sources, messages)


def _paragraph(
    key: str, said: Mapping[Authority, str], sources: Iterable[str], messages: Messages
) -> Paragraph:
    places = (messages.text(f"nutrients.place_{each}", amount=said[each]) for each in said)
    text = messages.text(f"nutrients.{key}", listed="; ".join(places))
    return Paragraph(text, tuple(dict.fromkeys(sources)), must=True)


def _rows(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    own: Authority,
    catalogue: Nutrients,
) -> tuple[Intake, ...]:
    """The rows of another authority itself; none where it is the person's own or has none."""
    if authority == own:
        return ()
    found = find(catalogue, nutrient.id, person, authority)
    return () if found.foreign else found.rows


def _highest(rows: tuple[Intake, ...]) -> Intake | None:
    return max(rows, key=lambda row: row.value, default=None)


def _limit(rows: tuple[Intake, ...]) -> Intake | None:
    """The row with the lowest limit, which is the one that may apply to anybody."""
    limited = [row for row in rows if row.limit is not None]
    return min(limited, key=lambda row: row.limit or 0, default=None)


def _differ(one: float, other: float) -> bool:
    return max(one, other) >= MATTERS * min(one, other)
