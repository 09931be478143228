"""Understands a message as a nutrient question: what is asked, of which nutrient, for whom."""

from dataclasses import replace
from typing import Final

from content.schema.nutrients import FACETS, Nutrients
from tgbot.domain.questions.intents import Clues, fallback, intent_of
from tgbot.domain.questions.lexicon import Lexicon, lexicon_of
from tgbot.domain.questions.names import Mention, corrected, mentions, stand_for, words_of
from tgbot.domain.questions.persons import Read, person_in
from tgbot.domain.questions.question import Context, Intent, Question, Value
from tgbot.domain.questions.values import values_in
from tgbot.domain.questions.words import bare, normalised

FOLLOWS: Final = 8
"""Words up to which a message that names no nutrient may lean on the question before."""
_ALONE: Final = frozenset({Intent.off_topic, Intent.smalltalk, Intent.reminder, Intent.exercise})


def understand(text: str, catalogue: Nutrients, context: Context | None) -> Question:
    """The question in a message, with the previous one as context; total, for any text."""
    lexicon = lexicon_of(catalogue)
    normal = normalised(text)
    plain = corrected(bare(normal), lexicon)
    read = person_in(normal, lexicon)
    named = mentions(plain, lexicon)
    clues = Clues(
        plain=plain,
        nutrients=_nutrients(named, plain, lexicon),
        medicines=stand_for(lexicon.medicines, plain),
        foods=words_of(lexicon.foods, plain),
        values=_bound(values_in(normal, read.ages), named),
    )
    diets = stand_for(lexicon.diets, plain)
    question = _asked(clues, read, lexicon, diets[0] if diets else None)
    return _following(question, clues, read, context, diet=bool(diets))


def _nutrients(named: tuple[Mention, ...], plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(mention.nutrient for mention in named))
    return found or stand_for(lexicon.hints, plain)


def _asked(clues: Clues, read: Read, lexicon: Lexicon, diet: str | None) -> Question:
    rule = intent_of(clues, lexicon)
    intent, sure = (Intent(rule.intent), rule.sure) if rule else fallback(clues, described=_described(read))
    nutrients = clues.nutrients
    if not nutrients and intent is Intent.interaction:
        nutrients = _of_medicines(clues, lexicon)
    if not nutrients and intent is Intent.which_nutrient:
        nutrients = _of_medicines(clues, lexicon) or stand_for(lexicon.foods, clues.plain)
    if not nutrients and intent is Intent.hydration:
        nutrients = ("total_water",)
    if intent in (Intent.off_topic, Intent.smalltalk, Intent.exercise):
        nutrients = ()
    return Question(
        intent, nutrients, read.person, clues.values, sure, diet, clues.foods, clues.medicines
    )


def _described(read: Read) -> bool:
    who = read.person
    return who is not None and (who.age is not None or who.pregnant or who.lactating)


def _of_medicines(clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    touched = (each for group in clues.medicines for each in lexicon.medicine_nutrients[group])
    return tuple(dict.fromkeys(touched))


def _following(
    question: Question, clues: Clues, read: Read, context: Context | None, *, diet: bool
) -> Question:
    if context is None:
        return question
    leans = not clues.nutrients and len(clues.plain.split()) <= FOLLOWS
    if leans and context.nutrients and _may_lean(question, clues, read, diet=diet):
        return _leaning(question, read, context, diet=diet)
    if clues.nutrients and not question.sure and context.intent and context.intent in FACETS:
        return replace(question, intent=context.intent, sure=True, person=question.person)
    return question


def _may_lean(question: Question, clues: Clues, read: Read, *, diet: bool) -> bool:
    if question.intent is Intent.off_topic:
        return bool(read.person or diet or clues.values or _points_back(clues.plain))
    return question.intent not in _ALONE and question.intent is not Intent.faq


def _points_back(plain: str) -> bool:
    words = plain.split()
    return bool(words) and (words[0] in {"and", "also", "what", "which", "with", "how", "too"})


def _leaning(question: Question, read: Read, context: Context, *, diet: bool) -> Question:
    intent, sure = question.intent, question.sure
    if intent in (Intent.off_topic, Intent.which_nutrient):
        intent, sure = (context.intent or Intent.which_nutrient), True
        if diet:
            intent = Intent.foods
    person = read.person
    if not read.by_name or person is None:
        person = person.filled_from(context.person) if person else context.person
    return replace(question, intent=intent, nutrients=context.nutrients, person=person, sure=sure)


def _bound(
    values: tuple[tuple[Value, int], ...], named: tuple[Mention, ...]
) -> tuple[Value, ...]:
    return tuple(replace(value, nutrient=_owner(place, named)) for value, place in values)


def _owner(place: int, named: tuple[Mention, ...]) -> str | None:
    before = [mention for mention in named if mention.start <= place]
    if before:
        return before[-1].nutrient
    return named[0].nutrient if named else None
