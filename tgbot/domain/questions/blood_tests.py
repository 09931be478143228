"""Blood tests other than a nutrient's first one, by the words before a number: CRP is not ferritin."""

import re
from typing import Final

ACTIVE_B12: Final = "active B12"
_LINK: Final = r"\W*(?:levels?|results?|test|was|is|of|at|been|came|back|only|low|high)?\W*(?:was|is|at|of)?\W*$"
_ACTIVE_B12: Final = re.compile(
    rf"\b(?:active (?:vitamin |vit )?b ?12|holo ?tc|holotranscobalamin){_LINK}"
)
_NAMED: Final = re.compile(
    r"\b(?P<test>c reactive protein|crp|esr|inr|tsh|hba1c|a1c|egfr|creatinine|mcv|ck|pth|hct"
    r"|hb|hgb|ha?emoglobin|tibc|transferrin|t?sat|saturation|serum iron|mma|methylmalonic acid"
    r"|homocysteine|cholesterol|ldl|hdl|triglycerides?|uric acid|blood sugar|sugar|glucose|prealbumin"
    r"|specific gravity|omega\W?3? index|kidney (?:number|function)|albumin|osmolality|ceruloplasmin|ioni[sz]ed calcium"
    rf"|(?:red cell|rbc) (?:folate|magnesium|zinc|potassium)|urine \w+){_LINK}"
)
_IRON: Final = re.compile(rf"\biron{_LINK}")
_WRITTEN: Final = {"egfr": "eGFR", "hba1c": "HbA1c"}
_SHORT: Final = 5
"""Letters up to which the name of a test is an abbreviation."""


def other_test(near: str) -> str:
    """The test that a number is of, by the words just before it; empty for the usual one."""
    if _ACTIVE_B12.search(near):
        return ACTIVE_B12
    named = _NAMED.search(near)
    if named is None:
        return ""
    name = named["test"]
    return _WRITTEN.get(name) or (name.upper() if len(name) < _SHORT else name)


def iron_itself(near: str, normal: str) -> str:
    """``iron``, where a level is called that: it may be the metal in the blood, or ferritin."""
    return "iron" if _IRON.search(near) and "ferritin" not in normal else ""
