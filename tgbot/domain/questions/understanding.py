"""Understands a message as a nutrient question: what is asked, of which nutrient, for whom."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from content.schema.nutrients import Nutrients
from tgbot.domain.questions.intents import Clues, fallback, intent_of
from tgbot.domain.questions.lexicon import Lexicon, lexicon_of
from tgbot.domain.questions.names import Mention, corrected, mentions, stand_for, words_of
from tgbot.domain.questions.persons import Read, person_in
from tgbot.domain.questions.question import Context, Intent, Question, Value
from tgbot.domain.questions.values import values_in
from tgbot.domain.questions.words import bare, normalised

FOLLOWS: Final = 9
"""Words up to which a message that names no nutrient may lean on the question before."""
_NO_NUTRIENT: Final = frozenset({Intent.off_topic, Intent.smalltalk, Intent.exercise, Intent.faq})


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
        values=_bound(
            values_in(normal, read.ages), named, lexicon.medicines.pattern.finditer(plain)
        ),
        diets=stand_for(lexicon.diets, plain),
    )
    if context and context.nutrients and not clues.nutrients and _is_short(plain):
        return _follow_up(clues, read, lexicon, context)
    question = _asked(clues, read, lexicon)
    if context and context.intent and clues.nutrients and not question.sure:
        return replace(question, intent=context.intent, sure=True)
    return question


def _is_short(plain: str) -> bool:
    return len(plain.split()) <= FOLLOWS


def _nutrients(named: tuple[Mention, ...], plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(mention.nutrient for mention in named))
    return found or stand_for(lexicon.hints, plain)


def _asked(clues: Clues, read: Read, lexicon: Lexicon) -> Question:
    rule = intent_of(clues, lexicon)
    if rule:
        intent, sure = Intent(rule.intent), rule.sure
    else:
        intent, sure = fallback(clues, described=_described(read))
    return Question(
        intent=intent,
        nutrients=_meant(intent, clues, lexicon),
        person=read.person,
        values=clues.values,
        sure=sure,
        diet=clues.diets[0] if clues.diets else None,
        foods=clues.foods,
        medicines=clues.medicines,
    )


def _meant(intent: Intent, clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    """The nutrients of a question: those named, or those that what is named stands for."""
    if intent in _NO_NUTRIENT:
        return ()
    if clues.nutrients:
        return clues.nutrients
    if intent is Intent.interaction:
        return _of_medicines(clues, lexicon)
    if intent in (Intent.which_nutrient, Intent.who_at_risk):
        return (
            stand_for(lexicon.situations, clues.plain)
            or _of_medicines(clues, lexicon)
            or stand_for(lexicon.foods, clues.plain)
        )
    return ("total_water",) if intent is Intent.hydration else ()


def _described(read: Read) -> bool:
    who = read.person
    return who is not None and (who.age is not None or who.pregnant or who.lactating)


def _of_medicines(clues: Clues, lexicon: Lexicon) -> tuple[str, ...]:
    touched = (each for group in clues.medicines for each in lexicon.medicine_nutrients[group])
    return tuple(dict.fromkeys(touched))


def _follow_up(clues: Clues, read: Read, lexicon: Lexicon, context: Context) -> Question:
    """The question of a message that names no nutrient, of the nutrients asked about before."""
    rule = intent_of(replace(clues, nutrients=context.nutrients), lexicon)
    rule = rule or intent_of(clues, lexicon)
    intent = Intent(rule.intent) if rule else _carried(clues, read, lexicon, context)
    if intent in _NO_NUTRIENT or intent is Intent.reminder:
        own = _asked(clues, read, lexicon)
        continued = intent is context.intent is Intent.reminder
        return replace(own, nutrients=context.nutrients) if continued else own
    own = _asked(replace(clues, nutrients=context.nutrients), read, lexicon)
    person = read.person
    if not read.by_name:
        person = person.filled_from(context.person) if person else context.person
    return replace(own, intent=intent, person=person, sure=intent is not Intent.which_nutrient)


def _carried(clues: Clues, read: Read, lexicon: Lexicon, context: Context) -> Intent:
    if clues.diets:
        return Intent.foods
    if clues.medicines:
        return Intent.interaction
    points_back = lexicon.points_back.search(clues.plain)
    if read.person or clues.values or clues.foods or points_back:
        return context.intent or Intent.which_nutrient
    return Intent.off_topic


def _bound(
    values: tuple[tuple[Value, int], ...],
    named: tuple[Mention, ...],
    medicines: Iterable[re.Match[str]],
) -> tuple[Value, ...]:
    """Each value with the nutrient it stands beside; one beside a medicine is that one's dose."""
    owners = [(mention.start, mention.nutrient) for mention in named]
    owners = sorted([*owners, *((match.start(), "") for match in medicines)])
    bound = ((value, _owner(place, owners)) for value, place in values)
    return tuple(replace(value, nutrient=owner) for value, owner in bound if owner != "")


def _owner(place: int, owners: list[tuple[int, str]]) -> str | None:
    before = [owner for start, owner in owners if start <= place]
    if before:
        return before[-1]
    return owners[0][1] if owners else None
