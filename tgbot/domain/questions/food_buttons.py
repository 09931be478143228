"""Buttons under answers about foods: as a picture, for a diet, and from one food to its nutrients."""

from collections.abc import Sequence
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Nutrients
from tgbot.domain.questions.meals import DIETS
from tgbot.domain.questions.offering import capitalised
from tgbot.domain.replies import Button, Keyboard, column

ANY_DIET: Final = "all"
CHOOSE: Final = "diets"
"""Stands in a button for the choice of a diet."""
FROM_A_CARD: Final = 4


def foods_buttons(nutrient: str, diet: str | None, messages: Messages) -> Keyboard:
    """Under a list of foods: the same as a picture, and for a diet."""
    return column(
        Button(messages.text("nutrients.button_picture"), ("pic", nutrient, diet or ANY_DIET)),
        Button(messages.text("nutrients.button_diet"), ("foods", nutrient, CHOOSE)),
    )


def diet_buttons(nutrient: str, messages: Messages) -> Keyboard:
    """One button for each diet, and one for all foods."""
    return column(
        *(
            Button(messages.text(f"nutrients.diet_{diet}"), ("foods", nutrient, diet))
            for diet in (*DIETS, ANY_DIET)
        )
    )


def nutrient_buttons(diet: str | None, catalogue: Nutrients) -> Keyboard:
    """One button for each nutrient, which leads to its foods."""
    names = catalogue.vocabulary.names
    return column(
        *(
            Button(capitalised(names[each].name), ("foods", each, diet or ANY_DIET))
            for each in catalogue.details
        )
    )


def card_buttons(nutrients: Sequence[str], catalogue: Nutrients, messages: Messages) -> Keyboard:
    """Under a food's card: other foods with what it holds."""
    names = catalogue.vocabulary.names
    return column(
        *(
            Button(
                messages.text("nutrients.button_more_foods", nutrient=names[each].name),
                ("foods", each, ANY_DIET),
            )
            for each in nutrients[:FROM_A_CARD]
        )
    )
