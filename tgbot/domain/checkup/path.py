"""Which screens lie ahead of somebody, given what they have said."""

from collections.abc import Mapping
from typing import Final

from content.schema.checkup import NONE, UNSURE, UNSURE_OF, Choice, Screen, Script, split
from tgbot.domain.checkup.facts import Facts, any_holds, facts_of, with_answer
from tgbot.domain.checkup.judging import level_of

Answers = Mapping[str, tuple[str, ...]]

REVIEW: Final = "review"
THE_END: Final = "result"


def applies(screen: Screen, facts: Facts) -> bool:
    """Whether a screen is asked of somebody who has said this much."""
    wanted = not screen.when or any_holds(screen.when, facts) is not None
    return wanted and any_holds(screen.unless, facts) is None


def choices_on(screen: Screen, answers: Answers, script: Script) -> tuple[Choice, ...]:
    """The choices that a screen offers, given the answers on the screens before it."""
    return _fitting(screen, facts_of(before(screen.id, answers, script), script))


def shown_on(screen: Screen, answers: Answers, script: Script, *, more: bool) -> tuple[Choice, ...]:
    """Those of the choices that fit on one card: the first ``limit`` of them, or the others."""
    offered = choices_on(screen, answers, script)
    if not screen.limit:
        return () if more else offered
    return offered[screen.limit :] if more else offered[: screen.limit]


def _fitting(screen: Screen, facts: Facts) -> tuple[Choice, ...]:
    return tuple(
        choice for choice in screen.choices if not choice.when or any_holds(choice.when, facts)
    )


def before(screen_id: str, answers: Answers, script: Script) -> dict[str, tuple[str, ...]]:
    """The answers on the screens that come before one; for ``review``, all of them."""
    earlier: dict[str, tuple[str, ...]] = {}
    for screen in script.screens:
        if screen.id == screen_id:
            break
        if screen.id in answers:
            earlier[screen.id] = answers[screen.id]
    return earlier


def prune(answers: Answers, script: Script) -> dict[str, tuple[str, ...]]:
    """The answers that still stand, in the script's order.

    An answer falls when an earlier one has changed so that its screen is no longer asked, or is
    no longer offered there.
    """
    kept: dict[str, tuple[str, ...]] = {}
    facts: Facts = {}
    for screen in script.screens:
        given = answers.get(screen.id, ())
        if not given or not applies(screen, facts):
            continue
        offered = {script.choice_id(choice) for choice in _fitting(screen, facts)}
        standing = tuple(choice for choice in given if choice in offered | {NONE, UNSURE})
        if standing:
            kept[screen.id] = standing
            facts = with_answer(facts, screen.id, standing, script)
    return kept


def place(answers: Answers, script: Script) -> str:
    """Where somebody with these answers stands: a screen's id, the review, or at once the result.

    An emergency ends the questions: nothing that could still be said would lower it. No side
    screen is asked once somebody should be seen today.
    """
    facts = facts_of(answers, script)
    level = level_of(facts, script)
    if level == "emergency":
        return THE_END
    open_screens = (
        screen.id
        for screen in script.screens
        if screen.id not in answers and not screen.door and applies(screen, facts)
        if not (screen.side and level == "same_day")
    )
    return next(open_screens, REVIEW)


def open_doors(answers: Answers, script: Script) -> tuple[Screen, ...]:
    """The side doors of a result; none where a danger sign was named, and each only once."""
    facts = facts_of(answers, script)
    level = level_of(facts, script) or script.otherwise.level
    tried = any(screen.side and screen.id in answers for screen in script.screens)
    if tried or level in {"emergency", "same_day"}:
        return ()
    return tuple(screen for screen in script.screens if screen.door and applies(screen, facts))


def steps(at: str, answers: Answers, script: Script) -> tuple[int, int]:
    """The number of the step in hand, and of how many, as far as can be seen from here."""
    facts = facts_of(answers, script)
    asked = [
        screen.id
        for screen in script.screens
        if screen.id == at or (not screen.side and applies(screen, facts))
    ]
    number = asked.index(at) + 1 if at in asked else len(asked)
    return number, len(asked)


def walk(facts: Facts, script: Script) -> dict[str, tuple[str, ...]]:
    """The taps of somebody who answers with these facts, up to the review or an early stop.

    A screen that the facts say nothing about ends the walk.
    """
    answers: dict[str, tuple[str, ...]] = {}
    while (at := place(answers, script)) not in {REVIEW, THE_END}:
        screen = script.screen(at)
        chosen = _chosen(screen, facts, answers, script) if screen else ()
        if not chosen:
            break
        answers[at] = chosen
    return answers


def _chosen(screen: Screen, facts: Facts, answers: Answers, script: Script) -> tuple[str, ...]:
    fitting = tuple(
        script.choice_id(choice)
        for choice in choices_on(screen, answers, script)
        if all(_said(meaning, facts) for meaning in choice.means)
    )
    if not screen.several:
        return fitting[:1]
    asked = [facts.get(question, frozenset()) for question in screen.questions]
    unsure = (UNSURE,) if any(UNSURE in options for options in asked) and screen.unsure else ()
    return (*fitting, *unsure) or (NONE,)


def _said(meaning: str, facts: Facts) -> bool:
    question, option = split(meaning)
    given = facts.get(question, frozenset())
    return option in given or UNSURE_OF + option in given
