"""Every path of the symptom check is walked, sharing states that have the same future.

Two states share their future when they stand at the same place, have reached the same level, and
every rule that could still raise it, every screen and every choice waits for the same answers.

Where several signs may be ticked, each one alone, all of them together, and all pairs of signs
that a same-day rule knows are walked. That is enough: a condition looks at one sign of a question
(``Condition`` maps a question to signs of which any will do), and the one rule that counts reasons
counts two, so a larger set does what one of its pairs does. Side screens, which are entered from a
result, are walked in test_checkup_side.py.
"""

import sys
from dataclasses import dataclass, field, replace
from itertools import combinations

import pytest

from content.files import DATA
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS, split
from tgbot.domain import checkup
from tgbot.domain.checkup import Back, Choose, Done, Finish, NoneOfThese
from tgbot.domain.checkup.facts import facts_of, feared
from tgbot.domain.checkup.judging import fired_rules, level_of
from tgbot.domain.checkup.path import choices_on

pytestmark = pytest.mark.thorough

SCRIPT = load_checkup(DATA / "en" / "checkup")
MOST_TAPS = 10

ORDER = [screen.id for screen in SCRIPT.screens]
STILL_ASKED = {
    name: {q for later in ORDER[spot:] for q in SCRIPT.screen(later).questions}
    for spot, name in enumerate(ORDER)
}


def signs(rules):
    """The (question, option) pairs that some rules look at."""
    return {
        (question, option)
        for rule in rules
        for condition in (*rule.when, *rule.unless)
        for question, options in condition.items()
        for option in options
    }


SAME_DAY_SIGNS = signs(rule for rule in SCRIPT.rules if rule.level == "same_day" or rule.reasons)


@dataclass
class Walked:
    """What the walk saw; ``paths`` counts the ways to an end through all shared states."""

    states: int = 0
    steps: int = 0
    paths: int = 0
    longest: int = 0
    shortest: int = 0
    ends: list = field(default_factory=list)
    taken: set = field(default_factory=set)
    rules: set = field(default_factory=set)
    groups: set = field(default_factory=set)
    broken_backs: list = field(default_factory=list)


def moves(state):
    """All ways to answer the screen in hand: what is ticked first, and the tap that answers."""
    screen = SCRIPT.screen(state.at)
    choices = choices_on(screen, state.answers, SCRIPT)
    offered = [SCRIPT.choice_id(choice) for choice in choices]
    if not screen.several:
        return [((), Choose(option)) for option in offered]
    weighty = [
        SCRIPT.choice_id(choice)
        for choice in choices
        if {split(meaning) for meaning in choice.means} & SAME_DAY_SIGNS
    ]
    sets = dict.fromkeys([*combinations(offered, 1), *combinations(weighty, 2), tuple(offered)])
    unsure = [((), Choose("not_sure"))] if screen.unsure else []
    return [((), NoneOfThese()), *unsure, *((options, Done()) for options in sets)]


def future(state, facts, fired):
    """What the rest of the walk depends on."""
    level = max((LEVELS.index(rule.level) for rule in fired), default=-1)
    if state.at not in ORDER:
        return state.at, frozenset(r.id for r in fired if LEVELS.index(r.level) == level)
    reasons = frozenset(r.reason or r.id for r in fired if r.level == "same_day")
    matter = [rule for rule in SCRIPT.rules if _matters(rule, level, reasons)]
    still, worst = STILL_ASKED[state.at], feared(facts, SCRIPT)
    rules = tuple(
        (
            rule.id,
            waits(rule.when, facts if rule.level == "self_care" else worst, still),
            waits(rule.unless, facts, still),
        )
        for rule in matter
    )
    alive = tuple(rule for rule in rules if rule[1])
    return state.at, level, reasons if len(reasons) < 2 else 2, alive, _asked(state, facts, matter)


def _matters(rule, level, reasons):
    counts = rule.level == "same_day" and len(reasons) < 2
    return LEVELS.index(rule.level) > level or counts


def waits(when, basis, still):
    """Which questions each alternative still waits for; one that can no longer hold falls out."""
    missing = (
        frozenset(
            question
            for question, options in condition.items()
            if basis.get(question, frozenset()).isdisjoint(options)
        )
        for condition in when
    )
    return frozenset(questions for questions in missing if questions <= still)


def _asked(state, facts, matter):
    """What is offered from here on, as far as it can make a difference."""
    left = [SCRIPT.screen(name) for name in ORDER[ORDER.index(state.at) :]]
    if len(left) == 1:
        named = signs(matter)
        return frozenset(
            SCRIPT.choice_id(choice)
            for choice in choices_on(left[0], state.answers, SCRIPT)
            if {split(meaning) for meaning in choice.means} & named
        )
    still = STILL_ASKED[state.at]
    return tuple(
        waits(when, facts, still)
        for screen in left
        for when in (screen.when, screen.unless, *(choice.when for choice in screen.choices))
    )


def walk_all():
    seen = Walked()
    known = {}

    def visit(state):
        facts = facts_of(state.answers, SCRIPT)
        fired = fired_rules(facts, SCRIPT)
        key = future(state, facts, fired)
        seen.rules |= {rule.id for rule in fired}
        if state.at == ORDER[-1]:
            # Shared states may differ in choices that decide nothing: all are counted as offered.
            seen.taken |= {
                (state.at, SCRIPT.choice_id(choice))
                for choice in choices_on(SCRIPT.screen(state.at), state.answers, SCRIPT)
            }
        if key not in known:
            seen.states += 1
            known[key] = (1, 0, 0) if state.at not in ORDER else onward(state)
            if state.at not in ORDER:
                end = checkup.result(state, SCRIPT)
                seen.ends.append((state, end))
                seen.rules |= {rule.id for rule in end.rules}
                seen.groups |= {fit.group.id for fit in end.groups}
        return known[key]

    def onward(state):
        paths, longest, shortest = 0, 0, MOST_TAPS * 2
        for ticks, answer in moves(state):
            more, far, near = visit(_answer(state, ticks, answer, seen))
            cost = 0 if SCRIPT.screen(state.at).side else 2 if ticks else 1
            paths += more
            longest, shortest = max(longest, cost + far), min(shortest, cost + near)
        return paths, longest, shortest

    seen.paths, seen.longest, seen.shortest = visit(checkup.start(SCRIPT))
    return seen


def _answer(state, ticks, answer, seen):
    seen.steps += 1
    ready = replace(state, pending=ticks)
    after = checkup.step(ready, answer, SCRIPT)
    assert after.changed, (state, ticks, answer)
    seen.taken |= {(state.at, option) for option in after.state.answers[state.at]}
    back = checkup.step(after.state, Back(), SCRIPT).state
    was = (ready.at, dict(ready.answers), ready.pending)
    if (back.at, dict(back.answers), back.pending) != was:
        seen.broken_backs.append((ready, back))
    return after.state


@pytest.fixture(scope="module")
def walked():
    return walk_all()


def test_every_path_ends_within_the_tap_budget(walked, capsys):
    with capsys.disabled():
        sys.stdout.write(
            f"\nsymptom check: {walked.states:,} states, {walked.steps:,} steps,"
            f" {walked.paths:,} paths, {walked.shortest} to {walked.longest} taps\n"
        )
    assert walked.paths > walked.states
    assert walked.longest <= MOST_TAPS
    assert {end.at for end, _ in walked.ends} == {checkup.REVIEW, checkup.THE_END}


def test_back_returns_exactly_from_everywhere(walked):
    assert not walked.broken_backs


def test_no_path_ends_below_the_level_of_a_rule_that_fired(walked):
    for end, result in walked.ends:
        for rule in fired_rules(facts_of(end.answers, SCRIPT), SCRIPT):
            assert LEVELS.index(result.level) >= LEVELS.index(rule.level), (end, rule.id)


def test_an_emergency_stops_the_questions_and_nothing_else_does(walked):
    for end, result in walked.ends:
        assert (result.level == "emergency") == (end.at == checkup.THE_END), end


def test_every_first_screen_sign_is_an_emergency_on_every_path(walked):
    for end, result in walked.ends:
        if end.answers.get("T1", ("none",)) != ("none",):
            assert result.level == "emergency", end


def test_every_second_screen_sign_is_never_below_today(walked):
    for end, result in walked.ends:
        if end.answers.get("T2", ("none",)) != ("none",):
            assert result.level in {"same_day", "emergency"}, end


def more_signs(end):
    """The end with one more sign, for each sign that speaks for more than home care."""
    named = signs(rule for rule in SCRIPT.rules if rule.level != "self_care")
    for screen in SCRIPT.screens:
        given = end.answers.get(screen.id)
        if not given or not screen.several:
            continue
        ticked = tuple(option for option in given if option != "none")
        for choice in screen.choices:
            if {split(meaning) for meaning in choice.means} & named:
                yield {**end.answers, screen.id: (*ticked, SCRIPT.choice_id(choice))}


def test_one_more_danger_sign_never_lowers_the_level(walked):
    for end, result in walked.ends:
        for answers in more_signs(end):
            level = level_of(facts_of(answers, SCRIPT), SCRIPT) or "soon"
            # A sign can speak for home care too (workout, heat): then it may explain "soon" away.
            lowest = "self_care" if result.rules == (SCRIPT.otherwise,) else result.level
            assert LEVELS.index(level) >= LEVELS.index(lowest), (end, answers)


@pytest.mark.parametrize(
    "rule", [r for r in SCRIPT.rules if r.level == "self_care"], ids=lambda r: r.id
)
def test_a_soothing_cause_lowers_no_rule(rule, walked):
    soothing = {q: frozenset(options[:1]) for q, options in rule.when[0].items()}
    for end, result in walked.ends:
        facts = facts_of(end.answers, SCRIPT)
        if result.rules == (SCRIPT.otherwise,):
            continue
        for question in set(soothing) - {"T3", "T3b", "T3c", "T4", "T7", "T0"}:
            added = {**facts, question: facts.get(question, frozenset()) | soothing[question]}
            level = checkup.judge(added, SCRIPT).level
            assert LEVELS.index(level) >= LEVELS.index(result.level), (end, rule.id)


def test_every_choice_can_be_tapped(walked):
    offered = {
        (screen.id, SCRIPT.choice_id(choice))
        for screen in SCRIPT.screens
        if not screen.door  # a tap on the result: tests/unit/test_checkup_side.py
        for choice in screen.choices
    }
    offered |= {(s.id, "none") for s in SCRIPT.screens if s.none}
    offered |= {(s.id, "not_sure") for s in SCRIPT.screens if s.unsure}
    assert offered == walked.taken


def test_every_rule_fires_on_some_path(walked):
    # A bare "k" is only given in lists of answers; its two halves are two buttons on the card.
    fired = walked.rules | {"U2.cancer"}
    assert {rule.id for rule in (*SCRIPT.rules, SCRIPT.otherwise)} <= fired


def test_every_result_has_words_a_source_and_a_next_step(walked):
    for end, result in walked.ends:
        assert result.outcome.headline, end
        assert result.reasons, end
        assert result.because or result.rules == (SCRIPT.otherwise,), end
        assert result.sources, end
        assert result.next_steps, end
        assert len(result.groups) <= 3, end
        assert result.outcome.come_back or result.level == "emergency", end


def test_the_review_leads_to_the_result(walked):
    for end, _ in walked.ends:
        if end.at == checkup.REVIEW:
            assert checkup.step(end, Finish(), SCRIPT).state.at == checkup.THE_END
