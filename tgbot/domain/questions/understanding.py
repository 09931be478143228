"""Understands a message as a nutrient question: what is asked, of which nutrient, for whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from content.schema.nutrients import Nutrients
from tgbot.domain.questions.intents import Clues, Said, said_of
from tgbot.domain.questions.lexicon import Lexicon, lexicon_of
from tgbot.domain.questions.meaning import BESIDE, NO_NUTRIENT, meant
from tgbot.domain.questions.names import (
    Mention,
    corrected,
    mentions,
    stand_for,
    words_of,
)
from tgbot.domain.questions.persons import Read, person_in
from tgbot.domain.questions.question import Context, Intent, PersonHint, Question, Value
from tgbot.domain.questions.routing import gather, route
from tgbot.domain.questions.values import Around, values_in
from tgbot.domain.questions.words import bare, normalised
from tgbot.domain.red_flags.score import Evidence

FOLLOWS: Final = 9
"""Words up to which a message that names no nutrient may lean on the question before."""
CLEARLY: Final = 0.6
"""The lead with which a message that names a nutrient is surely not about it."""
HELD: Final = 0.25
"""The lead that off topic needs over what a rule says."""
VITAMIN: Final = "vit"
"""How a name begins that is no metal and no stain as well."""
_OF_A_DOSE: Final = frozenset(
    {Intent.supplement_safety, Intent.interaction, Intent.upper_limit, Intent.amount}
)
"""Intents in which a number, or the dose told before, is one."""
CARRIES: Final = 6
"""Words up to which a question about another nutrient is still for the person told before."""
_STIRRED: Final = re.compile(
    r"\b(?:powder|spoons?|grams?|tablets?|sachets?|stir\w*|tartar|salt)\b.{0,20}\b(?:in|with) (?:\w+ ){0,3}water\b"
)
"""Water that something else is only taken with."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that is known of a message before its intent is decided."""

    clues: Clues
    """With the nutrients of the question before, where it leans on them."""
    read: Read
    leans: bool
    said: Said
    evidence: Evidence


def understand(text: str, catalogue: Nutrients, context: Context | None) -> Question:
    """The question in a message, with the previous one as context; total, for any text."""
    lexicon = lexicon_of(catalogue)
    seen = look(text, lexicon, context)
    intent, sure, clear = seen.said.intent, seen.said.sure, True
    if catalogue.router and not seen.said.firm:
        verdict = route(seen.evidence, catalogue.router)
        clear = seen.said.intent in NO_NUTRIENT and verdict.lead >= CLEARLY
        if verdict.intent is Intent.off_topic and _is_ours(seen, verdict.lead):
            verdict = replace(verdict, intent=verdict.second)
        if _turns_a_person_away(verdict.intent, seen):
            verdict = replace(verdict, intent=seen.said.intent)
        agreed = verdict.intent is seen.said.intent and sure
        intent, sure = verdict.intent, agreed or verdict.lead >= catalogue.router.unsure
        if seen.leans and intent in BESIDE and seen.said.intent not in BESIDE:
            intent, sure = seen.said.intent, seen.said.sure
    question = _question(intent, seen, lexicon, context, sure=sure)
    if intent is Intent.off_topic and seen.clues.places and not clear:
        question = replace(question, perhaps=seen.clues.nutrients)
    return question


def _turns_a_person_away(intent: Intent, seen: Look) -> bool:
    """Whether a nutrient for somebody would be off topic, though no rule says so."""
    clues = seen.clues
    about = seen.read.person is not None and bool(clues.places or (clues.foods and clues.described))
    return intent in NO_NUTRIENT and seen.said.intent not in NO_NUTRIENT and about


def _is_ours(seen: Look, lead: float) -> bool:
    """Whether what seems off topic is not: a rule knows it better, or a vitamin is called that."""
    if seen.said.intent in NO_NUTRIENT:
        return False
    named = any(seen.clues.plain.startswith(VITAMIN, start) for start, _ in seen.clues.places)
    return named or (seen.said.by_rule and lead < HELD)


def look(text: str, lexicon: Lexicon, context: Context | None) -> Look:
    """What a message names, whom it is about, and what the rules say of it."""
    normal = _in_full(normalised(text), lexicon)
    plain = corrected(bare(normal), lexicon)
    read = person_in(normal, lexicon)
    named = mentions(plain, lexicon)
    clues = Clues(
        plain=plain,
        nutrients=_nutrients(named, plain, lexicon),
        medicines=stand_for(lexicon.medicines, plain),
        foods=words_of(lexicon.foods, plain),
        values=_bound(
            values_in(normal, read.ages, _around(named, context, plain)),
            named,
            lexicon.medicines.pattern.finditer(plain),
        ),
        diets=stand_for(lexicon.diets, plain),
        places=tuple((mention.start, mention.end) for mention in named),
        described=_described(read),
    )
    short = len(plain.split()) <= FOLLOWS
    leans = bool(context and context.nutrients and short and not clues.nutrients)
    if context and context.intent and short:
        clues = replace(clues, after=context.intent.value)
    if context and leans:
        clues = replace(clues, nutrients=context.nutrients)
    said = said_of(clues, lexicon, leans=leans, read=read.person is not None)
    return Look(clues, read, leans, said, gather(clues, said.intent, lexicon))


def _in_full(normal: str, lexicon: Lexicon) -> str:
    """The message with common words written out: ``hw mch`` is ``how much``."""
    return lexicon.short.sub(lambda match: lexicon.shorthand[" ".join(match[0].split())], normal)


def _around(named: tuple[Mention, ...], context: Context | None, plain: str) -> Around:
    """What a number without a unit may be of, and what it is where it follows a question."""
    owners = tuple((each.start, each.end, each.nutrient) for each in named)
    if context is None or context.intent is None or len(plain.split()) > FOLLOWS:
        return Around(owners)
    if context.intent is Intent.test:
        return Around(owners, "level")
    return Around(owners, "dose" if context.intent in _OF_A_DOSE else None)


def _nutrients(named: tuple[Mention, ...], plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(mention.nutrient for mention in named))
    if len(found) > 1 and _STIRRED.search(plain):
        found = tuple(each for each in found if each != "total_water")
    return found or stand_for(lexicon.hints, plain)


def _question(
    intent: Intent, seen: Look, lexicon: Lexicon, context: Context | None, *, sure: bool
) -> Question:
    clues, person = seen.clues, seen.read.person
    nutrients = meant(intent, clues, lexicon)
    if seen.leans and intent is Intent.reminder and clues.after != Intent.reminder:
        nutrients = ()
    earlier = _earlier(context, denies=seen.read.denies)
    if context and nutrients and seen.leans and not seen.read.by_name:
        person = person.filled_from(earlier) if person else earlier
    elif context and not person and _still_the_same(intent, seen, context):
        person = earlier
    if intent in NO_NUTRIENT and person and person.age is None:
        person = None
    return Question(
        intent=intent,
        nutrients=nutrients,
        person=person,
        values=clues.values or _doses_before(intent, seen, context),
        sure=sure,
        diet=clues.diets[0] if clues.diets else None,
        foods=clues.foods,
        medicines=clues.medicines,
    )


def _earlier(context: Context | None, *, denies: bool) -> PersonHint | None:
    """The person of the question before, no longer carrying or feeding where that is denied."""
    person = context.person if context else None
    return replace(person, pregnant=False, lactating=False) if person and denies else person


def _still_the_same(intent: Intent, seen: Look, context: Context) -> bool:
    """Whether a question names another nutrient and nobody: and magnesium?"""
    short = len(seen.clues.plain.split()) <= CARRIES
    return short and intent is context.intent and intent in _OF_A_DOSE and not seen.read.by_name


def _doses_before(intent: Intent, seen: Look, context: Context | None) -> tuple[Value, ...]:
    """The doses that a question leans on: is it safe long term?"""
    return context.doses if context and seen.leans and intent in _OF_A_DOSE else ()


def _described(read: Read) -> bool:
    who = read.person
    return who is not None and (who.age is not None or who.pregnant or who.lactating)


def _bound(
    values: tuple[tuple[Value, int], ...],
    named: tuple[Mention, ...],
    medicines: Iterable[re.Match[str]],
) -> tuple[Value, ...]:
    """Each value with the nutrient it stands beside; a dose beside a medicine is that one's."""
    owners = [(mention.start, mention.nutrient) for mention in named]
    owners = sorted([*owners, *((match.start(), "") for match in medicines)])
    bound = ((value, _owner(value, place, owners)) for value, place in values)
    return tuple(replace(value, nutrient=owner) for value, owner in bound if owner != "")


def _owner(value: Value, place: int, owners: list[tuple[int, str]]) -> str | None:
    """The nutrient before a number, else the first after it; empty for a medicine."""
    before = [each for each in owners if each[0] <= place]
    if before:
        return before[-1][1]
    if owners and not owners[0][1] and (value.what == "level" or owners[0][0] - place > FAR):
        owners = [each for each in owners if each[1]]
    return owners[0][1] if owners else None


FAR: Final = 30
"""Letters after which a dose is no longer that of the medicine behind it."""
