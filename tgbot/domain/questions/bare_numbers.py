"""Tells a bare number beside a nutrient by its size: ``vit d 21`` is a level, ``vit d 2000`` a dose."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from tgbot.domain.questions.words import before

Kind = Literal["dose", "level"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Up to which number a blood level goes in any usual unit, and where doses begin."""

    level_to: float
    dose_from: float


SIZES: Final = {
    "vitamin_d": Sizes(160, 200),
    "vitamin_b12": Sizes(950, 1000),
    "calcium": Sizes(16, 50),
    "potassium": Sizes(9.9, 20),
    "magnesium": Sizes(5, 20),
    "iron": Sizes(13, 14),
    "sodium": Sizes(180, 200),
    "phosphorus": Sizes(10, 50),
    "folate": Sizes(45, 100),
    "vitamin_b1": Sizes(0, 5),
    "vitamin_b6": Sizes(0, 5),
    "vitamin_c": Sizes(0, 40),
    "vitamin_e": Sizes(0, 50),
    "vitamin_k": Sizes(0, 20),
    "zinc": Sizes(0, 5),
    "copper": Sizes(0, 1),
    "protein": Sizes(0, 15),
    "omega3_ala": Sizes(0, 100),
}
"""No level is guessed where doses have the same numbers."""
SALTS: Final = frozenset({"magnesium", "calcium", "potassium"})
"""Nutrients whose doses no blood level comes near, whatever the words are."""
_USUAL_B12: Final = frozenset({10, 25, 50, 100, 500})
"""Doses of vitamin B12 that are sold, though they would be levels by their size."""
_LINK: Final = re.compile(
    r"\W*(?:(?:was|is|of|at|level|result|came|back|only|now|tablets?|tabs?|pills?|capsules?|drops"
    r"|injections?|supplements?|powder|d3|vit|vitamin|x|the|my|been|dose|about|take|taking|adjusted|corrected"
    r"|cap|goal|target|limit|max|figure|rda|intake|says|said|reads|reading|shows|showing|at|on|it)\W*){0,3}"
)
_COUNTED_AFTER: Final = re.compile(
    r"\s*(?!(?:is|are|was|were|and|or|but|on|in|for|so|low|high|ok|okay|normal|bad|good|too|a|an"
    r"|per|each|every|daily|with|from|to|at|after|before|by|my|mine|what|why|how|the|it|does|do"
    r"|should|can|could|now|still|today|last|result|means?|that|this|enough|safe|if|when|since"
    r"|then|over|under|not|fine|im|i|he|she|dad|mum|mom|man|woman|doctor|doc|gp|nurse|said|says"
    r"|level|please|pls|vs|as|up|down|borderline|help|worried|dangerous|any|of|about|than)\b)"
    r"[^\W\d_]{3,}"
)
"""A word that a small number counts: five bananas."""
_LABEL_BEFORE: Final = re.compile(
    r"\b(?:stage|grade|phase|size|number|room|floor|part|type|step|chapter|level of|blood pressure"
    r"|bp|pulse|bmi|until|till|aged?|ckd|by|around|season|episode|day|week|month|top|aisle)\s*$"
)
CLOCK: Final = re.compile(
    r"\b(?:remind\w*|rem\w?nd\w*|wake|alarm|notif\w*|ping|alert|buzz|nudge|message me|text me|tell me at|schedule)\b"
)
PIECES: Final = r"(?:tablets?|tabs?|pills?|capsules?|caps|lozenges|gummies|sprays?)"
OF_THEM: Final = r"(?:of (?:my|his|her|the|their|those|these|your|mums|dads|grans|\w+s) )?"
_SWALLOWED_BEFORE: Final = re.compile(
    r"\b(?:took|taken|swallow\w*|ate|eaten|had|popped|downed|necked|gulped|gobbled|scoffed|chewed"
    r"|overdosed on)\s+(?:\w+\s+){0,2}$"
)
_PIECES_AFTER: Final = re.compile(rf"\s*{OF_THEM}(?!mg\b|iu\b|mcg\b|g\b)(?:\w+ ){{0,2}}{PIECES}\b")
HOURS: Final = 24
SAID_AS_WORDS: Final = (2, 4)
"""Figures that stand for words as well: magnesium 4 cramps."""
_SMALL: Final = 20


def no_value(number: float, place: int, end: int, normal: str) -> bool:
    """Whether a number without a unit counts things, or is a name or the time of day."""
    if _LABEL_BEFORE.search(before(normal, place)):
        return True
    return number <= _SMALL and number % 1 == 0 and bool(_COUNTED_AFTER.match(normal, end))


def is_swallowed(normal: str, place: int, end: int) -> bool:
    """Whether a number counts tablets that were swallowed: took about 40 potassium tabs."""
    near = before(normal, place)
    return bool(_SWALLOWED_BEFORE.search(near) and _PIECES_AFTER.match(normal, end))


def kind_by_size(number: float, nutrient: str) -> Kind | None:
    """What a number beside a nutrient is by its size alone; None where it may be both."""
    sizes = SIZES.get(nutrient)
    if sizes is None:
        return None
    if nutrient == "vitamin_b12" and number in _USUAL_B12:
        return "dose"
    if number <= sizes.level_to:
        return "level"
    return "dose" if number >= sizes.dose_from else None


def is_beside(gap: str) -> bool:
    """Whether nothing but small words stands between a name and a number."""
    return bool(_LINK.fullmatch(gap))
