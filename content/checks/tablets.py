"""What the tables about tablets must satisfy: scopes of limits, salts by their formula, food names."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from content.schema.nutrients import Nutrients
from content.schema.tablets import Salt

WEIGHTS: Final = {
    "H": 1.008,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "Na": 22.990,
    "Mg": 24.305,
    "S": 32.06,
    "Cl": 35.45,
    "K": 39.098,
    "Ca": 40.078,
    "Fe": 55.845,
    "Zn": 65.38,
}
"""Atomic weights (IUPAC 2021, shortened)."""
SYMBOLS: Final = {
    "iron": "Fe",
    "calcium": "Ca",
    "magnesium": "Mg",
    "potassium": "K",
    "zinc": "Zn",
    "sodium": "Na",
}
NEAR: Final = 0.03
"""How far a printed amount may be from the formula's: books round, and tablets hold some water."""
_GROUP: Final = re.compile(r"\(([A-Za-z0-9]+)\)(\d*)")
_ATOM: Final = re.compile(r"([A-Z][a-z]?)(\d*)")


def problems(nutrients: Nutrients) -> Iterator[str]:
    """Each thing that is wrong, as a plain sentence that names the row."""
    yield from _scopes(nutrients)
    yield from _salts(nutrients)
    yield from _food_names(nutrients)


def unverified(nutrients: Nutrients) -> Iterator[str]:
    """Each row still marked K, for the list in docs/clinical-safety.md."""
    for scope in nutrients.scopes:
        if scope.mark == "K":
            yield f"{scope.nutrient}, {scope.authority}: its limit counts {scope.covers}"
    for row in nutrients.salts:
        if row.mark == "K":
            yield f"{row.salt} {row.tablet_mg:g} mg holds {row.mineral_mg:g} mg ({row.source})"


def share(row: Salt) -> float:
    """How much of the salt is the mineral, by weight, worked out from its formula."""
    atoms = _atoms(row.formula)
    whole = sum(WEIGHTS[atom] * count for atom, count in atoms.items())
    symbol = SYMBOLS[row.nutrient]
    return WEIGHTS[symbol] * atoms[symbol] / whole


def _atoms(formula: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for inner, times in _GROUP.findall(formula):
        for atom, count in _atoms(inner).items():
            counted[atom] += count * int(times or 1)
    for atom, count in _ATOM.findall(_GROUP.sub("", formula)):
        counted[atom] += int(count or 1)
    return counted


def _scopes(nutrients: Nutrients) -> Iterator[str]:
    limited = {(row.authority, row.nutrient) for row in nutrients.intakes if row.limit is not None}
    told = Counter((row.authority, row.nutrient) for row in nutrients.scopes)
    for authority, nutrient in sorted(limited - set(told)):
        yield f"limit scope: {authority}, {nutrient} has a limit, and it is not said what it counts"
    for (authority, nutrient), count in told.items():
        if count > 1 or (authority, nutrient) not in limited:
            yield f"limit scope: {authority}, {nutrient} stands twice or has no limit"
    for row in nutrients.scopes:
        if row.source not in nutrients.sources:
            yield f"limit scope: {row.authority}, {row.nutrient}: no source {row.source}"


def _salts(nutrients: Nutrients) -> Iterator[str]:
    for row in nutrients.salts:
        where = f"salt {row.salt} {row.tablet_mg:g} mg"
        if row.source not in nutrients.sources:
            yield f"{where}: no source {row.source}"
        worked_out = row.tablet_mg * share(row)
        if abs(worked_out - row.mineral_mg) > NEAR * worked_out:
            yield f"{where}: {row.mineral_mg:g} mg, but by its formula {worked_out:.1f} mg"


def _food_names(nutrients: Nutrients) -> Iterator[str]:
    foods = [row.food.lower() for row in nutrients.foods]
    meant = {a for name in nutrients.vocabulary.names.values() for a in (name.name, *name.aliases)}
    for name, food in nutrients.food_names.items():
        if not any(food in each for each in foods):
            yield f"food name {name}: no row has {food} in its name"
        if name in meant:
            yield f"food name {name}: it is the name of a nutrient too"
