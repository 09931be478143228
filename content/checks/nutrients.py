"""What the nutrient content must satisfy: rows, sources, units, limits, facets, plain words."""

import re
from collections.abc import Iterable, Iterator
from math import isclose
from typing import Final

from content.checks.reading import grade
from content.schema.nutrients import FACETS, Claim, Intake, Nutrient, Nutrients

HARDEST: Final = 6.0
_AMOUNT: Final = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s*(mcg|mg|IU|g|L)\b(?!/)")
_SCALE: Final = {"mcg": 1.0, "mg": 1e3, "g": 1e6}
INTENTS: Final = frozenset(
    {
        *FACETS,
        "hydration",
        "which_nutrient",
        "exercise",
        "faq",
        "reminder",
        "off_topic",
        "smalltalk",
    }
)


def problems(nutrients: Nutrients) -> Iterator[str]:
    """Each thing that is wrong, as a plain sentence that names the row."""
    yield from _words(nutrients)
    yield from _sources(nutrients)
    yield from _intakes(nutrients)
    yield from _foods(nutrients)
    for nutrient in nutrients.details.values():
        yield from _nutrient(nutrient, nutrients)


def unverified(nutrients: Nutrients) -> Iterator[str]:
    """Each sentence still marked K, for the list in docs/clinical-safety.md."""
    for nutrient in nutrients.details.values():
        for facet, claim in _claims(nutrient):
            if claim.mark == "K":
                yield f"{nutrient.id}, {facet}: {claim.says} ({claim.source})"


def _words(nutrients: Nutrients) -> Iterator[str]:
    names = nutrients.vocabulary.names
    seen: dict[str, str] = {}
    for nutrient, name in names.items():
        for alias in name.aliases:
            if seen.setdefault(alias, nutrient) != nutrient:
                yield f"words: {alias} is a name of both {seen[alias]} and {nutrient}"
    groups = [(group.names, group.nutrients) for group in nutrients.vocabulary.medicines]
    groups += [(food.names, food.nutrients) for food in nutrients.vocabulary.foods]
    groups += [(hint.names, hint.nutrients) for hint in nutrients.vocabulary.hints]
    groups += [(risk.names, risk.nutrients) for risk in nutrients.vocabulary.situations]
    groups += [(sign.all, sign.nutrients) for sign in nutrients.vocabulary.signs]
    for written, pointed in groups:
        yield from (
            f"words: {written[0]} points to {each}, which has no name"
            for each in pointed
            if each not in names
        )
    for place, rule in enumerate(nutrients.vocabulary.rules, start=1):
        if rule.intent not in INTENTS:
            yield f"words: rule {place} has the unknown intent {rule.intent}"
        yield from _patterns(place, rule.patterns)


def _patterns(place: int, patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as wrong:
            yield f"words: rule {place}: {pattern} is not a pattern: {wrong}"


def _sources(nutrients: Nutrients) -> Iterator[str]:
    for number, row in enumerate(nutrients.intakes, start=2):
        if row.source not in nutrients.sources:
            yield f"intake row {number} ({row.nutrient}): no source {row.source}"
    for number, lab in enumerate(nutrients.labs, start=2):
        if lab.source not in nutrients.sources:
            yield f"lab row {number} ({lab.nutrient}): no source {lab.source}"
    for number, food in enumerate(nutrients.foods, start=2):
        if food.source not in nutrients.sources:
            yield f"food row {number} ({food.food}): no source {food.source}"


def _intakes(nutrients: Nutrients) -> Iterator[str]:
    units: dict[str, str] = {}
    for number, row in enumerate(nutrients.intakes, start=2):
        where = f"intake row {number} ({row.authority}, {row.nutrient})"
        if units.setdefault(row.nutrient, row.unit) != row.unit:
            yield f"{where}: in {row.unit}, but other rows are in {units[row.nutrient]}"
        if not 0 <= row.age_from < row.age_below:
            yield f"{where}: ages {row.age_from} to {row.age_below} are not a span"
        if row.value <= 0:
            yield f"{where}: the amount {row.value} is not above nothing"
        if _over_its_limit(row, nutrients):
            yield f"{where}: the amount {row.value} is above the limit {row.limit}"


def _over_its_limit(row: Intake, nutrients: Nutrients) -> bool:
    whole = (row.authority, row.nutrient, "everything")
    scopes = {(each.authority, each.nutrient, each.covers) for each in nutrients.scopes}
    return row.limit is not None and whole in scopes and row.value > row.limit


def _foods(nutrients: Nutrients) -> Iterator[str]:
    for number, row in enumerate(nutrients.foods, start=2):
        where = f"food row {number} ({row.nutrient}, {row.food})"
        detail = nutrients.details.get(row.nutrient)
        if detail and row.unit not in (detail.unit, "g"):
            yield f"{where}: in {row.unit}, but {detail.id} is in {detail.unit}"
        if abs(row.per_100g * row.serving_g / 100 - row.per_serving) > max(
            0.02 * row.per_serving, 0.02
        ):
            yield f"{where}: the serving and the 100 g figures do not agree"


def _nutrient(nutrient: Nutrient, nutrients: Nutrients) -> Iterator[str]:
    if nutrient.id not in nutrients.vocabulary.names:
        yield f"{nutrient.id}: has no name in the vocabulary"
    yield from (
        f"{nutrient.id}: facet {f} is missing" for f in FACETS if not nutrient.facets.get(f)
    )
    yield from (f"{nutrient.id}: {f} is no facet" for f in nutrient.facets if f not in FACETS)
    yield from _rows(nutrient, nutrients)
    for facet, claim in _claims(nutrient):
        yield from _claim(f"{nutrient.id}, {facet}", claim, nutrient, nutrients)


def _rows(nutrient: Nutrient, nutrients: Nutrients) -> Iterator[str]:
    figures = (*nutrient.figures, *([nutrient.low_below] if nutrient.low_below else []))
    for figure in figures:
        if figure.source not in nutrients.sources:
            yield f"{nutrient.id}: no source {figure.source} of {figure.value:g} ({figure.what})"
    own = [row for row in nutrients.intakes if row.nutrient == nutrient.id]
    if not any(row.authority == "US" for row in own):
        yield f"{nutrient.id}: has no US intake row"
    if any(row.unit != nutrient.unit for row in own):
        yield f"{nutrient.id}: the intake rows are not in {nutrient.unit}"
    if not any(row.nutrient == nutrient.id for row in nutrients.foods):
        yield f"{nutrient.id}: has no food row"
    words = {reading.meaning for reading in nutrient.readings}
    labs = [row for row in nutrients.labs if row.nutrient == nutrient.id]
    for row in labs:
        if row.meaning not in words:
            yield f"{nutrient.id}: no words for the lab meaning {row.meaning}"
        if any(row.test == other.test and row.unit != other.unit for other in labs):
            yield f"{nutrient.id}: the lab rows of {row.test} are in two units"


def _claim(where: str, claim: Claim, nutrient: Nutrient, nutrients: Nutrients) -> Iterator[str]:
    if claim.source not in nutrients.sources:
        yield f"{where}: no source {claim.source}"
    hard = grade(claim.says, plain_words(nutrients))
    if hard > HARDEST:
        yield f"{where}: reads at grade {hard:.1f}: {claim.says}"
    for number, unit in _AMOUNT.findall(claim.says):
        if not _has_row(float(number.replace(",", "")), unit, nutrient, nutrients):
            yield f"{where}: {number} {unit} has no row"


def _has_row(number: float, unit: str, nutrient: Nutrient, nutrients: Nutrients) -> bool:
    figures = {nutrient.unit: _figures(nutrient, nutrients)}
    for step in nutrient.conversions:
        if step.unit == nutrient.unit:
            figures[step.into] = {each * step.factor for each in figures[nutrient.unit]}
    if unit in figures:
        return any(isclose(number, each) for each in figures[unit])
    if unit in _SCALE and nutrient.unit in _SCALE:
        same = number * _SCALE[unit] / _SCALE[nutrient.unit]
        return any(isclose(same, each) for each in figures[nutrient.unit])
    return False


def _figures(nutrient: Nutrient, nutrients: Nutrients) -> set[float]:
    own = [row for row in nutrients.intakes if row.nutrient == nutrient.id]
    figures = {row.value for row in own} | {row.limit for row in own if row.limit is not None}
    return figures | {figure.value for figure in nutrient.figures}


def _claims(nutrient: Nutrient) -> Iterator[tuple[str, Claim]]:
    yield "safety", nutrient.safety
    for facet, claims in nutrient.facets.items():
        for claim in claims:
            yield facet, claim


def plain_words(nutrients: Nutrients) -> frozenset[str]:
    """Names for which there is no simpler word: nutrients and medicines."""
    vocabulary = nutrients.vocabulary
    names = [name.name for name in vocabulary.names.values()]
    listed = [each for name in vocabulary.names.values() for each in name.aliases]
    medicines = [name for group in vocabulary.medicines for name in group.names]
    whole = " ".join((*names, *listed, *medicines))
    return frozenset(re.findall(r"[a-z]+", whole.lower()))
