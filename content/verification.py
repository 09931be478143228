"""Which rows of the content were read at their source and which were not, as a page for reviewers."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from content.checks import languages, tablets
from content.checks.nutrients import unverified
from content.loader import Catalogue

PAGE: Final = Path(__file__).parent.parent / "docs" / "clinical-safety.md"
BEGIN: Final = "<!-- from here on written by: python -m content --safety -->"


def lists(catalogue: Catalogue) -> str:
    """The lists in Markdown, always the same for the same content."""
    return "\n".join(
        [
            *_red_flags(catalogue),
            *_sources(catalogue),
            *_exercises(catalogue),
            *_countries(catalogue),
            *_section(
                "Nutrient sentences not read at their source", unverified(catalogue.nutrients)
            ),
            *_section(
                "Rows about tablets not read at their source",
                tablets.unverified(catalogue.nutrients),
            ),
            *_section(
                "Lines in other languages that no native speaker has read",
                languages.unverified(catalogue.languages),
            ),
        ]
    )


def write_page(catalogue: Catalogue) -> None:
    """Puts the lists into docs/clinical-safety.md, below the part that is written by hand."""
    by_hand = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
    PAGE.write_text(f"{by_hand}{BEGIN}\n\n{lists(catalogue)}", encoding="utf-8")


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"### {title}\n"
    yield from (f"- {row}" for row in rows)
    yield ""


def _red_flags(catalogue: Catalogue) -> Iterator[str]:
    for mark in ("verified", "verified-secondary", "partly", "from-knowledge"):
        rules = [rule for rule in catalogue.red_flags.rules if rule.verification == mark]
        if rules:
            rows = (f"{one.id}: {one.condition}, {one.level} ({one.source})" for one in rules)
            yield from _section(f"Danger rules for free text: {mark}", rows)


def _sources(catalogue: Catalogue) -> Iterator[str]:
    sources = catalogue.checkup.sources
    rows = (f"{key}: {one.name}, {one.year}: {one.status}" for key, one in sources.items())
    yield from _section("Sources of the symptom check's rules and groups", rows)


def _exercises(catalogue: Catalogue) -> Iterator[str]:
    rows = (f"{one.id}: {one.basis}" for one in catalogue.exercises.moves.values())
    yield from _section("Exercises: what they rest on", rows)


def _countries(catalogue: Catalogue) -> Iterator[str]:
    rows = (f"{one.name}: {one.ambulance}" for one in catalogue.countries if not one.verified)
    yield from _section("Emergency numbers that a second source did not confirm", rows)
