"""What is said of one nutrient: the values that were named, then what was asked about it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Nutrient, Nutrients
from content.schema.tablets import Authority
from tgbot.domain.questions import doses, elsewhere, figures, meals, readings
from tgbot.domain.questions.intakes import ADULT, limited
from tgbot.domain.questions.paragraphs import Paragraph, from_claim
from tgbot.domain.questions.question import Intent, PersonHint, Question, Value

CHILD: Final = "child"
"""Marks a sentence of the content that is said only about children."""
SOOTHING: Final = frozenset({Intent.amount, Intent.supplement_safety, Intent.role})
"""What was asked beside a dose that is too much gives way to what too much does."""
GROWN: Final = "adult"
"""Marks a sentence of the content that is not said about children."""
LEVELS: Final = 2
"""Blood results that are placed in one answer."""
ADMITTED: Final = {
    Intent.amount: "no_intake",
    Intent.deficiency_signs: "no_cause",
    Intent.supplement_safety: "no_brands",
}
"""What the bot cannot tell, said under the facets where it is asked for most."""


def said_of(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
    lines: int,
) -> Iterator[Paragraph]:
    """One nutrient's part of an answer: values placed, then what was asked about it.

    Beside a value the rest may be dropped, for that is the point and the buttons bring the rest.
    """
    placed = tuple(placed_values(question, nutrient, authority, catalogue, messages))
    yield from placed
    if question.intent in SOOTHING and _is_too_much(question, nutrient, authority, catalogue):
        question = replace(question, intent=Intent.upper_limit)
    for paragraph in _facet(question, nutrient, authority, catalogue, messages, lines):
        yield replace(paragraph, must=paragraph.must and not placed)


def _facet(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
    lines: int,
) -> Iterator[Paragraph]:
    thirsty = question.intent is Intent.hydration
    facet, person = Intent.amount if thirsty else question.intent, question.person
    if facet is Intent.amount:
        yield from figures.amount(nutrient, person, authority, catalogue, messages)
        yield from elsewhere.other_amounts(nutrient, person, authority, catalogue, messages)
    elif facet is Intent.upper_limit and not _doses_of(question, nutrient):
        yield from figures.limit(nutrient, person, authority, catalogue, messages)
        yield from elsewhere.other_limits(nutrient, person, authority, catalogue, messages)
    elif facet is Intent.foods:
        yield from meals.foods(question, nutrient, authority, catalogue, messages, lines)
    elif facet is Intent.interaction:
        yield from _about_medicines(question, nutrient, catalogue, messages)
        return
    yield from _sentences(question, nutrient, authority, catalogue, messages)


def _sentences(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The sentences of the content about a facet, and what the bot cannot tell."""
    thirsty, person = question.intent is Intent.hydration, question.person
    facet = Intent.amount if thirsty else question.intent
    child = bool(person and person.age is not None and person.age < ADULT)
    left_out = GROWN if child else CHILD
    claims = [each for each in nutrient.facets[facet] if left_out not in each.about]
    for place, claim in enumerate(claims):
        first = place == 0 and facet not in (Intent.amount, Intent.foods)
        yield from_claim(claim, must=first or thirsty)
        if place == 0 and facet is Intent.supplement_safety:
            yield from _limits_beside(nutrient, person, authority, catalogue, messages)
    if admitted := ADMITTED.get(question.intent):
        yield Paragraph(messages.text(f"nutrients.{admitted}"), must=facet is not Intent.amount)


def _limits_beside(
    nutrient: Nutrient,
    person: PersonHint | None,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The upper limit here and elsewhere, where there is room: "is it safe" often means that."""
    for limit in (figures.limit, elsewhere.other_limits):
        for paragraph in limit(nutrient, person, authority, catalogue, messages):
            yield replace(paragraph, must=False)


def _is_too_much(
    question: Question, nutrient: Nutrient, authority: Authority, catalogue: Nutrients
) -> bool:
    found = limited(catalogue, nutrient.id, question.person, authority)
    taken = doses.taken(_doses_of(question, nutrient), nutrient, found, catalogue)
    return doses.is_over(taken, found)


def placed_values(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    """The doses, levels and weights that were named, set against the tables."""
    person = question.person
    found = limited(catalogue, nutrient.id, person, authority)
    if named := _doses_of(question, nutrient):
        yield from doses.doses(named, nutrient, found, catalogue, messages)
        taken = doses.taken(named, nutrient, found, catalogue)
        if not doses.is_over(taken, found):
            yield from elsewhere.stricter_limit(
                taken, nutrient, person, authority, catalogue, messages
            )
        if doses.is_far_above_a_day(taken, found):
            yield from_claim(nutrient.facets["upper_limit"][0], must=True)
    others = [value for value in _own_values(question, nutrient) if value.what != "dose"]
    others.sort(key=lambda value: bool(value.test))
    for value in [*dict.fromkeys(others)][:LEVELS]:
        if value.what == "level":
            yield from readings.reading(value, nutrient, catalogue, messages)
        else:
            yield from figures.by_weight(value, found, messages)


def _own_values(question: Question, nutrient: Nutrient) -> list[Value]:
    return [value for value in question.values if value.nutrient in (None, nutrient.id)]


def _doses_of(question: Question, nutrient: Nutrient) -> list[Value]:
    return [value for value in _own_values(question, nutrient) if value.what == "dose"]


def _about_medicines(
    question: Question, nutrient: Nutrient, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    claims = nutrient.facets["interaction"]
    if not question.medicines:
        *said, last = claims
        yield from map(from_claim, sorted(said, key=lambda claim: bool(claim.about)))
        yield from_claim(last, must=True)
        return
    chosen = [claim for claim in claims if set(claim.about) & set(question.medicines)]
    if not chosen:
        name = catalogue.vocabulary.names[nutrient.id].name
        yield Paragraph(
            messages.text("nutrients.interaction_unknown", nutrient=name),
            must=True,
        )
        return
    for claim in (*chosen, claims[-1]):
        yield from_claim(claim, must=True)
