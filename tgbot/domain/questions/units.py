"""Amounts and their units: how they are written, read and converted."""

import re
from collections.abc import Iterable
from typing import Final

from content.schema.nutrients import Conversion

SPELLINGS: Final = {
    "iu": "IU",
    "ui": "IU",
    "i.u": "IU",
    "i.u.": "IU",
    "units": "IU",
    "mcg": "mcg",
    "ug": "mcg",
    "µg": "mcg",
    "μg": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "mg": "mg",
    "mgs": "mg",
    "milligram": "mg",
    "milligrams": "mg",
    "g": "g",
    "gr": "g",
    "gm": "g",
    "gram": "g",
    "grams": "g",
    "gramme": "g",
    "grammes": "g",
    "kg": "kg",
    "kgs": "kg",
    "kilo": "kg",
    "kilos": "kg",
    "lb": "lb",
    "lbs": "lb",
    "stone": "stone",
    "l": "L",
    "litre": "L",
    "litres": "L",
    "liter": "L",
    "liters": "L",
    "ml": "mL",
    "nmol/l": "nmol/L",
    "nmol": "nmol/L",
    "ng/ml": "ng/mL",
    "pg/ml": "pg/mL",
    "pmol/l": "pmol/L",
    "mmol/l": "mmol/L",
    "mmol": "mmol/L",
    "meq/l": "mEq/L",
    "mg/dl": "mg/dL",
    "mg/l": "mg/L",
    "mcg/dl": "mcg/dL",
    "ug/dl": "mcg/dL",
    "µg/dl": "mcg/dL",
    "μg/dl": "mcg/dL",
    "mcg/l": "mcg/L",
    "ug/l": "mcg/L",
    "µg/l": "mcg/L",
    "μg/l": "mcg/L",
    "ng/l": "ng/L",
    "umol/l": "umol/L",
    "µmol/l": "umol/L",
    "μmol/l": "umol/L",
    "umol": "umol/L",
    "pmol": "pmol/L",
    "ng": "ng/mL",
    "pg": "pg/mL",
    "g/l": "g/L",
    "g/dl": "g/dL",
    "mosm/kg": "mOsm/kg",
}
"""How people write a unit (in lower case), and how the tables write it."""

_SLASH: Final = re.compile(r"\s?(?:/|\bper\b)\s?")
UNITS: Final = "|".join(
    _SLASH.sub(lambda _: r"\s?(?:/|\bper\b)\s?", re.escape(unit))
    for unit in sorted(SPELLINGS, key=len, reverse=True)
)
"""A pattern for any unit; blood units also with blanks, or with "per"."""
BLOOD_UNITS: Final = frozenset(unit for unit in SPELLINGS.values() if "/" in unit)
HEAVY: Final = {"kg": 1.0, "lb": 0.45359237, "stone": 6.35029318}
"""Units of a body's weight, in kilograms."""
_SCALE: Final = {"mcg": 1e-6, "mg": 1e-3, "g": 1.0}
_SAME: Final = {"ng/L": "pg/mL", "mcg/L": "ng/mL"}
"""Pairs that are the same concentration: a nanogram in a litre is a picogram in a millilitre."""


def unit_of(written: str) -> str:
    """The unit as the tables write it; empty where nothing was written."""
    return SPELLINGS.get(_SLASH.sub("/", written), "")


def convert(number: float, unit: str, into: str, conversions: Iterable[Conversion]) -> float | None:
    """``number`` of ``unit`` as ``into``; None where the content names no way between them."""
    pair = {unit, into}
    if unit == into or any(pair == set(same) for same in _SAME.items()):
        return number
    if unit in _SCALE and into in _SCALE:
        return number * _SCALE[unit] / _SCALE[into]
    if unit in HEAVY and into in HEAVY:
        return number * HEAVY[unit] / HEAVY[into]
    for step in conversions:
        if unit == step.into:
            inner = convert(number / step.factor, step.unit, into, ())
        else:
            start = convert(number, unit, step.unit, ())
            inner = start * step.factor if start is not None and into == step.into else None
        if inner is not None:
            return inner
    return None


def shown(number: float, unit: str) -> str:
    """``1000, "IU"`` as ``1,000 IU``: four figures that matter, IU in whole ones, thousands marked."""
    whole = unit == "IU" or abs(number) >= 1000  # noqa: PLR2004 - a thousand, where commas begin
    rounded = round(number) if whole else float(f"{number:.4g}")
    text = f"{rounded:,.4f}".rstrip("0").rstrip(".") if rounded % 1 else f"{rounded:,.0f}"
    return f"{text} {unit}".strip()
