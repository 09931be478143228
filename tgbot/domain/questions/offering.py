"""Offers buttons where it is not sure what is asked: the nutrients, or what there is to know of one."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Nutrient, Nutrients
from tgbot.domain.questions.paragraphs import Paragraph
from tgbot.domain.questions.question import Answer
from tgbot.domain.replies import Button, Keyboard, column

ON_BUTTONS: Final = ("foods", "amount", "upper_limit", "interaction", "deficiency_signs", "test")
AT_ONCE: Final = 3
"""Nutrients that one answer takes; with more, buttons ask which first."""


def facet_buttons(nutrient: str, messages: Messages, shown: str = "") -> Keyboard:
    """A wide button for each facet of a nutrient but the one just shown."""
    return column(
        *(
            Button(messages.text(f"nutrients.facet_{facet}"), ("nut", nutrient, facet))
            for facet in ON_BUTTONS
            if facet != shown
        )
    )


def name_buttons(nutrients: Iterable[str], catalogue: Nutrients) -> Keyboard:
    """A wide button for each nutrient."""
    names = catalogue.vocabulary.names
    return column(*(Button(capitalised(names[each].name), ("nut", each)) for each in nutrients))


def offer(nutrients: Sequence[str], catalogue: Nutrients, messages: Messages) -> Answer:
    """What can be asked about some nutrients, or about which; what is not known is admitted."""
    names = catalogue.vocabulary.names
    known = [each for each in nutrients if each in catalogue.details]
    if len(known) == 1:
        return Answer(asking_what(known[0], catalogue, messages), facet_buttons(known[0], messages))
    if known:
        listed = ", ".join(names[each].name for each in known)
        text = messages.text("nutrients.facets_many", nutrients=listed)
        return Answer(text, name_buttons(known, catalogue))
    if nutrients:
        missing = [not_yet(each, catalogue, messages).html for each in nutrients[:AT_ONCE]]
        return Answer("\n\n".join(missing))
    return Answer(messages.text("nutrients.unsure"), name_buttons(catalogue.details, catalogue))


def asking_what(nutrient: str, catalogue: Nutrients, messages: Messages) -> str:
    """The question what to know about a nutrient."""
    name = capitalised(catalogue.vocabulary.names[nutrient].name)
    return messages.text("nutrients.facets", nutrient=name)


def heading(nutrient: Nutrient, catalogue: Nutrients) -> Paragraph:
    """The nutrient's name, above what is said of it."""
    name = capitalised(catalogue.vocabulary.names[nutrient.id].name)
    return Paragraph(f"<b>{escape(name, quote=False)}</b>", must=True)


def not_yet(nutrient: str, catalogue: Nutrients, messages: Messages) -> Paragraph:
    """That the name is known, and no more."""
    name = catalogue.vocabulary.names[nutrient].name
    return Paragraph(messages.text("nutrients.not_yet", nutrient=name), must=True)


def capitalised(name: str) -> str:
    """A name as it begins a line."""
    return name[:1].upper() + name[1:]
