"""Composes an answer from content rows: the point first, the safety line and the sources last."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import FACETS, Nutrient, Nutrients
from tgbot.domain.questions import figures, food_cards, meals
from tgbot.domain.questions.facets import placed_values, said_of
from tgbot.domain.questions.food_buttons import card_buttons, foods_buttons
from tgbot.domain.questions.intakes import authority_of
from tgbot.domain.questions.offering import (
    AT_ONCE,
    asking_what,
    facet_buttons,
    heading,
    name_buttons,
    not_yet,
    offer,
)
from tgbot.domain.questions.paragraphs import (
    CROWDED,
    SCREENFUL,
    Paragraph,
    fits,
    from_claim,
    joined,
)
from tgbot.domain.questions.people import ADULT_WORD as GROWN_UP
from tgbot.domain.questions.people import BABY
from tgbot.domain.questions.question import Answer, Intent, PersonHint, Question
from tgbot.domain.replies import Keyboard

BRIEF: Final = (4, 3)
"""Foods in a list, where a whole one does not fit a screen."""
ELSEWHERE: Final = frozenset(
    {
        Intent.exercise,
        Intent.faq,
        Intent.reminder,
        Intent.off_topic,
        Intent.smalltalk,
        Intent.emergency,
    }
)
FOR_AN_AGE: Final = frozenset({Intent.amount, Intent.upper_limit, Intent.supplement_safety})
"""Intents whose answer goes by age, so that a child's must be known."""
LIVER: Final = re.compile(r"\bliver\b")
LIVER_SOURCE: Final = "nhs-liver-2023"


def answer(
    question: Question,
    catalogue: Nutrients,
    messages: Messages,
    country: str,
    room: int = SCREENFUL,
) -> Answer:
    """The answer to a question for someone in ``country`` (two letters); never raises.

    ``room``: characters left of the screen, where something more urgent stands above.
    """
    if question.intent in ELSEWHERE:
        perhaps = [each for each in question.perhaps[:AT_ONCE] if each in catalogue.details]
        text = messages.text(f"nutrients.{question.intent}")
        return Answer(text, name_buttons(perhaps, catalogue))
    if question.intent is Intent.hydration:
        question = _about_water(question)
    if _is_about_some_child(question):
        return Answer(messages.text("nutrients.child_age"))
    if not question.sure:
        return _unsure(question, catalogue, messages, country, room)
    if question.intent is Intent.which_nutrient or _is_about_a_food(question, catalogue):
        return _which(question, catalogue, messages, country, room)
    measured = {value.nutrient for value in question.values}
    known = [catalogue.details[each] for each in question.nutrients if each in catalogue.details]
    if len(known) > AT_ONCE:
        known = [nutrient for nutrient in known if nutrient.id in measured] or known
    if not known or len(known) > AT_ONCE:
        return offer(question.nutrients, catalogue, messages)
    known.sort(key=lambda nutrient: nutrient.id not in measured)
    return _composed(question, known, catalogue, messages, country, room)


def _is_about_some_child(question: Question) -> bool:
    """Whether an amount for a child is wanted and its age is not told."""
    if question.person is None or not question.person.child or not question.nutrients:
        return False
    unclear = not question.sure or any(value.what == "dose" for value in question.values)
    return unclear or question.intent in FOR_AN_AGE


def _about_water(question: Question) -> Question:
    """A question about drinking is answered from the water rows, whatever salts it names."""
    named = question.nutrients
    nutrients = ("total_water",) if "total_water" in named or not named else named
    return replace(question, nutrients=nutrients, sure=True)


def _is_about_a_food(question: Question, catalogue: Nutrients) -> bool:
    """Whether it is asked what a food holds, and not of one nutrient in it."""
    if len(question.nutrients) == 1 or (question.nutrients and question.intent is not Intent.foods):
        return False
    return any(meals.rows_of(word, catalogue) for word in question.foods)


def facet_answer(
    nutrient: str,
    facet: str,
    catalogue: Nutrients,
    messages: Messages,
    country: str,
    person: PersonHint | None = None,
    diet: str | None = None,
) -> Answer:
    """What a button ("nut", nutrient, facet) asks for; the facets to choose from if it names none."""
    if nutrient not in catalogue.vocabulary.names or facet not in FACETS:
        asked = (nutrient,) if nutrient in catalogue.vocabulary.names else ()
        return offer(asked, catalogue, messages)
    question = Question(Intent(facet), (nutrient,), person, diet=diet)
    return answer(question, catalogue, messages, country)


def _unsure(
    question: Question, catalogue: Nutrients, messages: Messages, country: str, room: int
) -> Answer:
    """Asks what is meant; of one nutrient it says the little that most people want to know.

    Numbers that were named are judged at once, also those of several nutrients.
    """
    known = [catalogue.details[each] for each in question.nutrients if each in catalogue.details]
    if 1 < len(known) <= AT_ONCE and question.values:
        judged = replace(question, intent=Intent.upper_limit, sure=True)
        return _composed(judged, known, catalogue, messages, country, room)
    if len(known) != 1:
        return offer(question.nutrients, catalogue, messages)
    nutrient, authority = known[0], authority_of(catalogue, country)
    values = tuple(placed_values(question, nutrient, authority, catalogue, messages))
    if any(paragraph.urgent for paragraph in values):
        return _composed(question, known, catalogue, messages, country, room)
    amounts = tuple(figures.amount(nutrient, question.person, authority, catalogue, messages))
    if values or room < CROWDED:
        amounts = tuple(_spare(amounts))
    safety = figures.safety(nutrient, question.person, authority, catalogue, messages)
    paragraphs = (
        Paragraph(asking_what(nutrient.id, catalogue, messages), must=True),
        *values,
        from_claim(nutrient.facets["role"][0]),
        *((safety, *amounts) if nutrient.safety_first else (*amounts, safety)),
        *_keep_taking(question, messages),
        Paragraph(messages.text("nutrients.not_yours"), must=True),
    )
    text, sources = joined(paragraphs, catalogue, messages, room)
    return Answer(text, facet_buttons(nutrient.id, messages), sources)


def _spare(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """What may be dropped, because something else is the point."""
    return (replace(paragraph, must=False) for paragraph in paragraphs)


def _composed(
    question: Question,
    known: Sequence[Nutrient],
    catalogue: Nutrients,
    messages: Messages,
    country: str,
    room: int = SCREENFUL,
) -> Answer:
    """All the nutrients asked about, if that fits a screen; else in brief, else the first of them."""
    authority = authority_of(catalogue, country)
    buttons = _buttons(question, known, catalogue, messages)
    for kept, lines in _ever_shorter(len(known)):
        paragraphs: list[Paragraph] = []
        for nutrient in known[:kept]:
            body = tuple(said_of(question, nutrient, authority, catalogue, messages, lines))
            if urgent := [paragraph for paragraph in body if paragraph.urgent]:
                text, sources = joined(urgent, catalogue, messages)
                return Answer(text, sources=sources)
            if room < CROWDED:
                body = tuple(_spare(body))
            safety = figures.safety(nutrient, question.person, authority, catalogue, messages)
            told = (safety, *body) if nutrient.safety_first else (*body, safety)
            paragraphs += (heading(nutrient, catalogue), *told)
        paragraphs = [*_no_liver(question, paragraphs, catalogue, messages), *paragraphs]
        paragraphs += _closing(question, len(known) - kept, catalogue, messages)
        text, sources = joined(paragraphs, catalogue, messages, room)
        if fits(text, room):
            break
    return Answer(text, buttons, sources)


def _ever_shorter(nutrients: int) -> Iterator[tuple[int, int]]:
    """How many nutrients are answered, and how many foods are listed for each, the most first."""
    yield nutrients, meals.LINES
    for kept in range(nutrients, 0, -1):
        yield from ((kept, lines) for lines in BRIEF)


def _closing(
    question: Question, left_out: int, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    if question.intent is not Intent.interaction:
        yield from _keep_taking(question, messages)
    if _is_baby(question.person):
        yield Paragraph(messages.text("nutrients.safety_baby"), must=True)
    elif question.intent in FOR_AN_AGE and _is_child(question.person):
        yield Paragraph(messages.text("nutrients.safety_child"), must=True)
    for each in question.nutrients:
        if each not in catalogue.details:
            yield not_yet(each, catalogue, messages)
    if left_out:
        yield Paragraph(messages.text("nutrients.rest_on_buttons"), must=True)


def _no_liver(
    question: Question, said: Sequence[Paragraph], catalogue: Nutrients, messages: Messages
) -> tuple[Paragraph, ...]:
    """Where liver is named to someone who carries a baby: it holds too much vitamin A for that."""
    if question.person is None or not question.person.pregnant:
        return ()
    # It is left out of a list of foods then, and that has to be said.
    left_out = question.intent is Intent.foods and any(
        LIVER.search(row.food.lower()) and row.nutrient in question.nutrients
        for row in catalogue.foods
    )
    named = "liver" in question.foods or any(LIVER.search(each.html.lower()) for each in said)
    if not left_out and not named:
        return ()
    return (Paragraph(messages.text("nutrients.safety_liver"), (LIVER_SOURCE,), must=True),)


def _keep_taking(question: Question, messages: Messages) -> Iterator[Paragraph]:
    """Where a medicine is named, and whatever is asked: it is not for us to stop it."""
    if question.medicines:
        yield Paragraph(messages.text("nutrients.keep_taking"), must=True)


def _buttons(
    question: Question, known: Sequence[Nutrient], catalogue: Nutrients, messages: Messages
) -> Keyboard:
    if len(question.nutrients) > 1:
        return name_buttons([each.id for each in known], catalogue)
    shown = Intent.amount if question.intent is Intent.hydration else question.intent
    facets = facet_buttons(known[0].id, messages, shown)
    if question.intent is not Intent.foods or question.low:
        return facets
    return (*foods_buttons(known[0].id, question.diet, messages), *facets)


def _is_child(person: PersonHint | None) -> bool:
    return person is not None and person.age is not None and person.age < GROWN_UP


def _is_baby(person: PersonHint | None) -> bool:
    return person is not None and person.age is not None and person.age < BABY


def _which(
    question: Question, catalogue: Nutrients, messages: Messages, country: str, room: int
) -> Answer:
    authority = authority_of(catalogue, country)
    count = sum(v.number * v.times for v in question.values if v.what == "dose" and not v.unit)
    card, nutrients = food_cards.food_card(
        question.foods, count, question.person, authority, catalogue, messages
    )
    if card:
        no_liver = _no_liver(question, card, catalogue, messages)
        text, sources = joined((*no_liver, *card), catalogue, messages, room)
        return Answer(text, card_buttons(nutrients, catalogue, messages), sources)
    known = [each for each in question.nutrients if each in catalogue.details]
    if question.foods:
        text, sources = joined(
            food_cards.unknown_foods(question.foods, messages), catalogue, messages
        )
        return Answer(text, name_buttons(known, catalogue), sources)
    if question.medicines and known:
        asked = replace(question, intent=Intent.interaction, nutrients=tuple(known[:AT_ONCE]))
        return answer(asked, catalogue, messages, country)
    return Answer(messages.text("nutrients.which_nutrient"), name_buttons(known, catalogue))
