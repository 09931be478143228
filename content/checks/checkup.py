"""Checks of the symptom check: every id leads somewhere, every word is there, nothing is too long."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from content.schema.checkup import (
    LEVELS,
    NONE,
    UNSURE,
    Choice,
    Condition,
    Rule,
    Screen,
    Script,
    When,
    split,
)

BUTTON_LIMIT: Final = 34
"""Characters that fit on one wide button of a small phone with large text."""

ID_LIMIT: Final = 20
"""Bytes for an id in a button, so that route, check, revision and verb fit the 64 too."""


def problems(script: Script) -> Iterator[str]:
    """What is wrong with a symptom check, each as a plain sentence naming the row."""
    yield from _doubles("screen", (screen.id for screen in script.screens))
    yield from _doubles("rule", (rule.id for rule in _rules(script)))
    yield from _doubles("group", (group.id for group in script.groups))
    for screen in script.screens:
        yield from _screen_problems(screen, script)
    for rule in _rules(script):
        yield from _rule_problems(rule, script)
    yield from _group_problems(script)
    yield from _outcome_problems(script)
    yield from _unasked(script)


def _rules(script: Script) -> tuple[Rule, ...]:
    return (*script.rules, script.otherwise)


def _doubles(kind: str, ids: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{kind} {name}: the id is used {count} times"


def _screen_problems(screen: Screen, script: Script) -> Iterator[str]:
    name = f"screen {screen.id}"
    yield from _condition_problems(name, (*screen.when, *screen.unless), script)
    for variant in screen.instead:
        yield from _condition_problems(name, variant.when, script)
    yield from _doubles(f"{name}: choice", map(script.choice_id, screen.choices))
    for choice in screen.choices:
        yield from _choice_problems(name, choice, script)
    words = {"about": screen.about, "ask": screen.ask, "why": screen.why}
    yield from (f"{name}: {key} has no words" for key, text in words.items() if not text.strip())
    if screen.unsure and not screen.none:
        yield f"{name}: has a button for not sure but none for none of these"
    for word in [NONE] * bool(screen.none) + [UNSURE] * bool(screen.unsure):
        for question in sorted({split(m)[0] for choice in screen.choices for m in choice.means}):
            if question in script.questions and not script.option(question, word):
                yield f"{name}: question {question} has no option {word}"


def _choice_problems(name: str, choice: Choice, script: Script) -> Iterator[str]:
    if not choice.means:
        yield f"{name}: a choice means nothing"
        return
    for meaning in choice.means:
        if not script.option(*split(meaning)):
            yield f"{name}: {meaning} is not an option of any question"
    identity, text = script.choice_id(choice), script.choice_text(choice)
    if len(text) > BUTTON_LIMIT:
        yield f"{name}: the button “{text}” is longer than {BUTTON_LIMIT} characters"
    if ":" in identity or not identity or len(identity.encode()) > ID_LIMIT:
        yield f"{name}: the id {identity} must be short and without a colon"
    yield from _condition_problems(f"{name}: {identity}", choice.when, script)


def _condition_problems(name: str, when: When, script: Script) -> Iterator[str]:
    for condition in when:
        if not condition:
            yield f"{name}: an empty condition holds for everybody"
        for question, options in condition.items():
            if question not in script.questions:
                yield f"{name}: there is no question {question}"
                continue
            for option in options:
                if not script.option(question, option):
                    yield f"{name}: question {question} has no option {option}"


def _rule_problems(rule: Rule, script: Script) -> Iterator[str]:
    name = f"rule {rule.id}"
    yield from _condition_problems(name, (*rule.when, *rule.unless), script)
    yield from _source_problems(name, rule.sources, script)
    if not rule.because.strip():
        yield f"{name}: has no sentence that says why"
    if not rule.when and rule is not script.otherwise:
        yield f"{name}: has no condition"


def _source_problems(name: str, sources: tuple[str, ...], script: Script) -> Iterator[str]:
    if not sources:
        yield f"{name}: has no source"
    yield from (f"{name}: there is no source {one}" for one in sources if one not in script.sources)


def _group_problems(script: Script) -> Iterator[str]:
    for group in script.groups:
        name = f"group {group.id}"
        yield from _source_problems(name, group.sources, script)
        for line in group.raises:
            yield from _condition_problems(name, line.when, script)
        if not (group.name.strip() and group.about.strip() and group.doctor.strip()):
            yield f"{name}: has no words"
        if sum(line.score for line in group.raises if line.score > 0) <= 0:
            yield f"{name}: nothing speaks for it"


def _outcome_problems(script: Script) -> Iterator[str]:
    for level in LEVELS:
        outcome = script.outcomes.get(level)
        if outcome is None:
            yield f"level {level}: has no words"
            continue
        if not outcome.headline.strip() or not outcome.next_steps:
            yield f"level {level}: has no first line or no next step"
        if level == "emergency" and ("{number}" not in outcome.headline or not outcome.tell):
            yield f"level {level}: the first line must hold {{number}}, and what to tell is needed"
        if level != "emergency" and not outcome.come_back:
            yield f"level {level}: does not say when to come back"
    if script.otherwise.when or script.otherwise.level in {"self_care", "emergency"}:
        yield "rule otherwise: must hold for everybody and be neither self_care nor emergency"


def _unasked(script: Script) -> Iterator[str]:
    """Options that a rule or group waits for but no button can give."""
    given = {
        meaning
        for screen in script.screens
        for choice in screen.choices
        for meaning in choice.means
    }
    for rule in script.rules:
        if rule.when and not any(_can_hold(condition, given) for condition in rule.when):
            yield f"rule {rule.id}: no button on any screen can fire it"


def _can_hold(condition: Condition, given: set[str]) -> bool:
    return all(
        any(f"{question}.{option}" in given for option in options)
        for question, options in condition.items()
    )
