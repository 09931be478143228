"""What a person has said, as question and option ids, and whether a condition holds of it."""

from collections.abc import Iterable, Mapping

from content.schema.checkup import (
    UNSURE_OF,
    Condition,
    Script,
    When,
)
from tgbot.domain.checkup.state import UnknownOption, UnknownQuestion

Facts = Mapping[str, frozenset[str]]
"""Question id -> the options answered."""


def facts_of(answers: Mapping[str, tuple[str, ...]], script: Script) -> Facts:
    """The facts that the taps on some screens amount to."""
    facts: Facts = {}
    for screen_id, given in answers.items():
        facts = with_answer(facts, screen_id, given, script)
    return facts


def with_answer(facts: Facts, screen_id: str, given: Iterable[str], script: Script) -> Facts:
    """The facts and those that the taps on one more screen amount to."""
    said = dict(facts)
    for choice in given:
        for question, option in script.meaning(screen_id, choice):
            said[question] = said.get(question, frozenset()) | {option}
    return said


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
    worst = dict(facts)
    for question, options in facts.items():
        for option_id in options:
            if option_id.startswith(UNSURE_OF):
                worst[question] |= {option_id.removeprefix(UNSURE_OF)}
            elif option_id in script.standing_for(question):
                worst[question] |= frozenset(script.standing_for(question)[option_id])
    return worst


def any_holds(when: When, facts: Facts) -> Condition | None:
    """The first alternative that holds, or None."""
    for condition in when:
        if holds(condition, facts):
            return condition
    return None


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether each question named has one of its options among the facts."""
    for question, options in condition.items():
        given = facts.get(question)
        if not given or given.isdisjoint(options):
            return False
    return True
