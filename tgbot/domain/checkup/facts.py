"""What a person has said, as question and option ids, and whether a condition holds of it."""

from collections.abc import Iterable, Mapping

from content.schema.checkup import (
    NONE,
    UNSURE,
    UNSURE_OF,
    Condition,
    Screen,
    Script,
    When,
    split,
)
from tgbot.domain.checkup.state import UnknownOption, UnknownQuestion

Facts = Mapping[str, frozenset[str]]
"""Question id -> the options answered."""


def facts_of(answers: Mapping[str, tuple[str, ...]], script: Script) -> Facts:
    """The facts that the taps on some screens amount to."""
    said: dict[str, frozenset[str]] = {}
    for screen in script.screens:
        if screen.id not in answers:
            continue
        for meaning in _meanings(screen, answers[screen.id], script):
            question, option = split(meaning)
            said[question] = said.get(question, frozenset()) | {option}
    return said


def _meanings(screen: Screen, chosen: tuple[str, ...], script: Script) -> Iterable[str]:
    for choice in screen.choices:
        if script.choice_id(choice) in chosen:
            yield from choice.means
    for word in (NONE, UNSURE):
        if screen.several and word in chosen:
            yield from (f"{question}.{word}" for question in questions_on(screen))


def questions_on(screen: Screen) -> tuple[str, ...]:
    """The questions that a screen asks, in its order."""
    meanings = (split(meaning)[0] for choice in screen.choices for meaning in choice.means)
    return tuple(dict.fromkeys(meanings))


def read_facts(given: Mapping[str, str | Iterable[str]], script: Script) -> Facts:
    """Answers given as a list (question id -> option id or ids) as facts.

    A question left out that has an assumed answer gets it (``Question.assumed``).

    Raises:
        UnknownQuestion: naming the question.
        UnknownOption: naming question and option.
    """
    facts: dict[str, frozenset[str]] = {}
    for question, value in given.items():
        if question not in script.questions:
            raise UnknownQuestion(question)
        options = [value] if isinstance(value, str) else list(value)
        for option in options:
            if not script.option(question, str(option).removeprefix(UNSURE_OF)):
                raise UnknownOption(f"{question}: {option}")
        facts[question] = frozenset(map(str, options))
    return {**facts, **_assumed(facts, script)}


def _assumed(facts: Facts, script: Script) -> Facts:
    return {
        question.id: frozenset({question.assumed})
        for question in script.questions.values()
        if question.assumed and not facts.get(question.id)
        if not question.assumed_when or any_holds(question.assumed_when, facts)
    }


def feared(facts: Facts, script: Script) -> Facts:
    """The facts with every "not sure" counted as yes, which is how a level is decided."""
    return {
        question: options | frozenset(_stands_for(question, options, script))
        for question, options in facts.items()
    }


def _stands_for(question: str, options: frozenset[str], script: Script) -> Iterable[str]:
    for option_id in options:
        yield option_id.removeprefix(UNSURE_OF)
        option = script.option(question, option_id)
        yield from option.counts_as if option else ()


def any_holds(when: When, facts: Facts) -> Condition | None:
    """The first alternative that holds, or None."""
    return next((condition for condition in when if holds(condition, facts)), None)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether each question named has one of its options among the facts."""
    for question, options in condition.items():
        given = facts.get(question)
        if not given or given.isdisjoint(options):
            return False
    return True
