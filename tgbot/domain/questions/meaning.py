"""Says which nutrients a question is about, also where it names none."""

import re
from typing import Final

from tgbot.domain.questions.intents import Clues
from tgbot.domain.questions.lexicon import Lexicon
from tgbot.domain.questions.names import meant_beside, sign_of, stand_for, told_of
from tgbot.domain.questions.question import Intent

NO_NUTRIENT: Final = frozenset({Intent.off_topic, Intent.smalltalk})
BESIDE: Final = frozenset({Intent.exercise, Intent.faq})
"""Intents that have a nutrient only when one is named."""


def meant(intent: Intent, clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    """The nutrients of a question: those named, or those that what is named stands for."""
    if intent in NO_NUTRIENT:
        return ()
    if intent in BESIDE:
        return clues.nutrients if clues.places else ()
    if intent is Intent.which_nutrient and (beside := meant_beside(clues.plain, lexicon)):
        return beside
    if clues.nutrients:
        return clues.nutrients
    return _stood_for(intent, clues, lexicon)


def _stood_for(intent: Intent, clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    """The nutrients that a sign, a medicine or a food stands for, where none is named."""
    told = told_of(clues.plain, lexicon)
    medicines, foods = _of_medicines(clues, lexicon), stand_for(lexicon.foods, clues.plain)
    match intent:
        case Intent.interaction:
            both = tuple(each for each in medicines if each in foods)
            return both or medicines or foods or told
        case Intent.which_nutrient:
            return sign_of(clues.plain, lexicon) or foods or told or medicines
        case Intent.who_at_risk | Intent.deficiency_signs | Intent.test:
            return told or medicines or foods
        case Intent.foods | Intent.role:
            return foods or told or medicines
        case Intent.hydration:
            return told if DRINK in told or told == OF_ALCOHOL else (DRINK,)
        case Intent.supplement_safety:
            return medicines
        case Intent.upper_limit | Intent.amount | Intent.reminder:
            return (DRINK,) if _is_of_drinking(told, clues.plain) else ()
        case _:
            return ()


def _is_of_drinking(told: tuple[str, ...], plain: str) -> bool:
    return told == (DRINK,) or bool(_TO_DRINK.search(plain))


DRINK: Final = "total_water"
OF_ALCOHOL: Final = ("vitamin_b1",)
"""What drinking lacks that is of alcohol."""
_TO_DRINK: Final = re.compile(
    r"\b(?:to drink|drinking|drink up|drink something|drink more|fluids?)\b"
)


def _of_medicines(clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    touched = (each for group in clues.medicines for each in lexicon.medicine_nutrients[group])
    return tuple(dict.fromkeys(touched))
