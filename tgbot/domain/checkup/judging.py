"""From what was said to how soon to be seen: ordered rules decide, causes only explain."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from content.schema.checkup import (
    LEVELS,
    NONE,
    UNSURE,
    UNSURE_OF,
    Condition,
    Group,
    Level,
    Outcome,
    Rule,
    Script,
)
from tgbot.domain.checkup.facts import Facts, any_holds, feared

T = TypeVar("T")

GROUPS_SHOWN: Final = 3
SCORE_SHOWN: Final = 3
"""Groups below this score are not named (clinical table, section 3)."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something the person said that led to a result; ``unsure`` if they were not sure of it."""

    text: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class GroupFit:
    """A cause group that fits, and the answers that speak for it."""

    group: Group
    because: tuple[Said, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """How soon to be seen, and why.

    ``rules`` are all rules that fired, those that set the level first. ``reasons`` are the
    sentences of the rules that set the level, ``because`` what was said for it. ``groups`` are for
    the record in an emergency: no card shows a cause then.
    """

    level: Level
    outcome: Outcome
    rules: tuple[Rule, ...]
    reasons: tuple[str, ...]
    because: tuple[Said, ...]
    next_steps: tuple[str, ...]
    groups: tuple[GroupFit, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources behind the rules and groups, in their order."""
        named = [
            *(rule.sources for rule in self.rules),
            *(fit.group.sources for fit in self.groups),
        ]
        return tuple(dict.fromkeys(source for sources in named for source in sources))


def judge(facts: Facts, script: Script) -> Result:
    """The result for all that was said; every "not sure" counts as yes for the level."""
    fired = fired_rules(facts, script) or (script.otherwise,)
    level = max((rule.level for rule in fired), key=LEVELS.index)
    decisive = tuple(rule for rule in fired if rule.level == level)
    outcome = script.outcomes[level]
    extra = [step for rule in decisive for step in rule.next]
    return Result(
        level=level,
        outcome=outcome,
        rules=decisive + tuple(rule for rule in fired if rule not in decisive),
        reasons=_once(rule.because for rule in decisive),
        because=_once(said for rule in decisive for said in said_for(rule.when, facts, script)),
        next_steps=_once([*extra, *outcome.next_steps]),
        groups=fitting_groups(facts, script),
    )


def level_of(facts: Facts, script: Script) -> Level | None:
    """The level that the rules set so far, or None while none has fired."""
    levels = [rule.level for rule in fired_rules(facts, script)]
    return max(levels, key=LEVELS.index) if levels else None


def fired_rules(facts: Facts, script: Script) -> tuple[Rule, ...]:
    """The rules that hold, in the script's order."""
    worst = feared(facts, script)
    plain = [rule for rule in script.rules if not rule.reasons and _fires(rule, facts, worst)]
    urgent = {rule.reason or rule.id for rule in plain if rule.level == "same_day"}
    counted = [
        rule
        for rule in script.rules
        if rule.reasons and len(urgent) >= rule.reasons and _fires(rule, facts, worst)
    ]
    return (*plain, *counted)


def _fires(rule: Rule, facts: Facts, worst: Facts) -> bool:
    # What soothes must be certain: neither a mild rule nor an exception rests on "not sure".
    basis = facts if rule.level == "self_care" else worst
    holds = not rule.when or any_holds(rule.when, basis) is not None
    return holds and any_holds(rule.unless, facts) is None


def said_for(when: tuple[Condition, ...], facts: Facts, script: Script) -> list[Said]:
    """What was said that makes the alternatives hold, in the words of the options."""
    worst = feared(facts, script)
    found: list[Said] = []
    for condition in when:
        if any_holds((condition,), worst):
            for question, options in condition.items():
                found += _quotes(question, options, facts, script)
    return found


def _quotes(question: str, wanted: tuple[str, ...], facts: Facts, script: Script) -> Iterable[Said]:
    known = script.questions.get(question)
    given = facts.get(question, frozenset())
    for option in known.options if known else ():
        if option.id == NONE:
            continue
        counts = option.id in wanted or any(other in wanted for other in option.counts_as)
        if option.id in given and counts:
            yield Said(option.said or option.text, unsure=option.id == UNSURE)
        elif UNSURE_OF + option.id in given and counts:
            yield Said(option.said or option.text, unsure=True)


def fitting_groups(facts: Facts, script: Script) -> tuple[GroupFit, ...]:
    """Up to three cause groups, best first; an answer that is not sure counts half."""
    worst = feared(facts, script)
    fits = [_fit(group, facts, worst, script) for group in script.groups]
    worth = [fit for fit in fits if fit.score >= SCORE_SHOWN]
    return tuple(sorted(worth, key=lambda fit: -fit.score)[:GROUPS_SHOWN])


def _fit(group: Group, facts: Facts, worst: Facts, script: Script) -> GroupFit:
    score = 0.0
    because: list[Said] = []
    for line in group.raises:
        if any_holds(line.when, facts):
            score += line.score
        elif any_holds(line.when, worst):
            score += line.score / 2
        else:
            continue
        if line.score > 0:
            because += said_for(line.when, facts, script)
    return GroupFit(group, _once(because), score)


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
