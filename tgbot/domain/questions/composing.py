"""Composes an answer from content rows: the point first, the safety line and the sources last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import FACETS, Authority, Nutrient, Nutrients
from tgbot.domain.questions import figures, meals, readings
from tgbot.domain.questions.intakes import ADULT, authority_of, limited
from tgbot.domain.questions.paragraphs import Paragraph, from_claim, joined
from tgbot.domain.questions.question import Answer, Intent, PersonHint, Question
from tgbot.domain.replies import Button, Keyboard, column

ON_BUTTONS: Final = ("foods", "amount", "upper_limit", "interaction", "deficiency_signs", "test")
CHILD: Final = "child"
"""Marks a sentence of the content that is said only about children."""
VALUES: Final = 2
"""Numbers that are placed in one answer."""
AT_ONCE: Final = 3
"""Nutrients that one answer takes; with more, buttons ask which first."""
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


def answer(question: Question, catalogue: Nutrients, messages: Messages, country: str) -> Answer:
    """The answer to a question for someone in ``country`` (two letters); never raises."""
    if question.intent in ELSEWHERE:
        return Answer(messages.text(f"nutrients.{question.intent}"))
    if not question.sure:
        return _offer(question.nutrients, catalogue, messages)
    if question.intent is Intent.which_nutrient:
        return _which(question, catalogue, messages, country)
    if question.intent is Intent.hydration:
        if "total_water" not in catalogue.details:
            return Answer(messages.text("nutrients.hydration"))
        nutrients = question.nutrients or ("total_water",)
        question = replace(question, intent=Intent.amount, nutrients=nutrients)
    known = [catalogue.details[each] for each in question.nutrients if each in catalogue.details]
    if not known or len(known) > AT_ONCE:
        return _offer(question.nutrients, catalogue, messages)
    return _composed(question, known, catalogue, messages, country)


def facet_answer(
    nutrient: str,
    facet: str,
    catalogue: Nutrients,
    messages: Messages,
    country: str,
    person: PersonHint | None = None,
) -> Answer:
    """What a button ("nut", nutrient, facet) asks for; the facets to choose from if it names none."""
    if nutrient not in catalogue.vocabulary.names or facet not in FACETS:
        asked = (nutrient,) if nutrient in catalogue.vocabulary.names else ()
        return _offer(asked, catalogue, messages)
    return answer(Question(Intent(facet), (nutrient,), person), catalogue, messages, country)


def facet_buttons(nutrient: str, messages: Messages, shown: str = "") -> Keyboard:
    """A wide button for each facet of a nutrient but the one just shown."""
    return column(
        *(
            Button(messages.text(f"nutrients.facet_{facet}"), ("nut", nutrient, facet))
            for facet in ON_BUTTONS
            if facet != shown
        )
    )


def _composed(
    question: Question,
    known: Sequence[Nutrient],
    catalogue: Nutrients,
    messages: Messages,
    country: str,
) -> Answer:
    authority = authority_of(catalogue, country)
    paragraphs: list[Paragraph] = []
    for nutrient in known:
        body = tuple(_paragraphs(question, nutrient, authority, catalogue, messages))
        if urgent := [paragraph for paragraph in body if paragraph.urgent]:
            text, sources = joined(urgent, catalogue, messages)
            return Answer(text, sources=sources)
        safety = figures.safety(nutrient, question.person, authority, catalogue, messages)
        paragraphs += (_heading(nutrient, catalogue), *body, safety)
    missing = [each for each in question.nutrients if each not in catalogue.details]
    paragraphs += [_not_yet(each, catalogue, messages) for each in missing]
    text, sources = joined(paragraphs, catalogue, messages)
    if len(question.nutrients) > 1:
        return Answer(text, _name_buttons([n.id for n in known], catalogue), sources)
    return Answer(text, facet_buttons(known[0].id, messages, question.intent), sources)


def _paragraphs(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    facet, person = question.intent, question.person
    yield from _placed_values(question, nutrient, authority, catalogue, messages)
    if facet is Intent.amount:
        yield from figures.amount(nutrient, person, authority, catalogue, messages)
    elif facet is Intent.upper_limit:
        yield from figures.limit(nutrient, person, authority, catalogue, messages)
    elif facet is Intent.foods:
        yield from meals.foods(nutrient, question.diet, question.foods, catalogue, messages)
    elif facet is Intent.interaction:
        yield from _about_medicines(question, nutrient, catalogue, messages)
        return
    child = bool(person and person.age is not None and person.age < ADULT)
    claims = [each for each in nutrient.facets[facet] if child or CHILD not in each.about]
    for place, claim in enumerate(claims):
        yield from_claim(claim, must=place == 0 and facet not in (Intent.amount, Intent.foods))


def _placed_values(
    question: Question,
    nutrient: Nutrient,
    authority: Authority,
    catalogue: Nutrients,
    messages: Messages,
) -> Iterator[Paragraph]:
    found = limited(catalogue, nutrient.id, question.person, authority)
    own = [value for value in question.values if value.nutrient in (None, nutrient.id)]
    for value in [*dict.fromkeys(own)][:VALUES]:
        if value.what == "level":
            yield from readings.reading(value, nutrient, catalogue, messages)
        elif value.what == "dose":
            yield from figures.dose(value, nutrient, found, messages)


def _about_medicines(
    question: Question, nutrient: Nutrient, catalogue: Nutrients, messages: Messages
) -> Iterator[Paragraph]:
    claims = nutrient.facets["interaction"]
    if not question.medicines:
        *said, last = claims
        yield from map(from_claim, said)
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


def _which(question: Question, catalogue: Nutrients, messages: Messages, country: str) -> Answer:
    card, nutrients = meals.food_card(question.foods, catalogue, messages)
    if card:
        text, sources = joined(card, catalogue, messages)
        return Answer(text, _name_buttons(nutrients, catalogue), sources)
    known = [each for each in question.nutrients if each in catalogue.details]
    if question.medicines and known:
        asked = replace(question, intent=Intent.interaction, nutrients=tuple(known[:AT_ONCE]))
        return answer(asked, catalogue, messages, country)
    return Answer(messages.text("nutrients.which_nutrient"), _name_buttons(known, catalogue))


def _offer(nutrients: Sequence[str], catalogue: Nutrients, messages: Messages) -> Answer:
    names = catalogue.vocabulary.names
    known = [each for each in nutrients if each in catalogue.details]
    if len(known) == 1:
        text = messages.text("nutrients.facets", nutrient=_capitalised(names[known[0]].name))
        return Answer(text, facet_buttons(known[0], messages))
    if known:
        listed = ", ".join(names[each].name for each in known)
        text = messages.text("nutrients.facets_many", nutrients=listed)
        return Answer(text, _name_buttons(known, catalogue))
    if nutrients:
        missing = [_not_yet(each, catalogue, messages).html for each in nutrients[:AT_ONCE]]
        return Answer("\n\n".join(missing))
    return Answer(messages.text("nutrients.unsure"), _name_buttons(catalogue.details, catalogue))


def _name_buttons(nutrients: Iterable[str], catalogue: Nutrients) -> Keyboard:
    names = catalogue.vocabulary.names
    return column(*(Button(_capitalised(names[each].name), ("nut", each)) for each in nutrients))


def _heading(nutrient: Nutrient, catalogue: Nutrients) -> Paragraph:
    name = _capitalised(catalogue.vocabulary.names[nutrient.id].name)
    return Paragraph(f"<b>{escape(name, quote=False)}</b>", must=True)


def _not_yet(nutrient: str, catalogue: Nutrients, messages: Messages) -> Paragraph:
    name = catalogue.vocabulary.names[nutrient].name
    return Paragraph(messages.text("nutrients.not_yet", nutrient=name), must=True)


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
