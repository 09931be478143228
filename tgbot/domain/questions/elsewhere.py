"""Says where another authority's figure is quite another one, such as the limit of vitamin B6."""

from collections.abc import Iterator
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Authority, Intake, Nutrient, Nutrients
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.intakes import find
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
        said = {each: row.value for each, row in others.items()}
        yield _paragraph("elsewhere_amount", said, list(others.values()), nutrient, messages)


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
        said = {each: row.limit or 0 for each, row in others.items()}
        yield _paragraph("elsewhere_limit", said, list(others.values()), nutrient, messages)


def stricter_limit(
    taken: float,
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """That a dose which is fine here is above the limit elsewhere."""
    rows = [
        (each, row)
        for each in AUTHORITIES
        if (row := _limit(_rows(nutrient, person, each, authority, catalogue)))
        and taken > (row.limit or 0)
    ]
    if rows:
        said = {each: row.limit or 0 for each, row in rows}
        yield _paragraph("elsewhere_over", said, [row for _, row in rows], nutrient, messages)


def _paragraph(
    key: str,
    said: dict[Authority, float],
    rows: list[Intake],
    nutrient: Nutrient,
    messages: Messages,
) -> Paragraph:
    listed = "; ".join(
        messages.text(
            f"nutrients.place_{each}", amount=amount_shown(number, rows[0].unit, nutrient)
        )
        for each, number in said.items()
    )
    sources = tuple(dict.fromkeys(row.source for row in rows))
    return Paragraph(messages.text(f"nutrients.{key}", listed=listed), sources, must=True)


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
