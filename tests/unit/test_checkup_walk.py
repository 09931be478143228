"""Every path of the symptom check is walked, sharing states that have the same future.

Two states share their future when they stand at the same place and every rule, screen and choice
waits for the same answers in them. Where several signs may be ticked, all single signs, all pairs
and all signs together are walked: a condition looks at one sign of a question, and only the rule
that counts reasons looks at two, so a larger set can only do what one of its pairs does.
"""

from dataclasses import dataclass, field
from itertools import combinations

import pytest

from content.files import DATA
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS
from tgbot.domain import checkup
from tgbot.domain.checkup import Back, Choose, Done, Finish, NoneOfThese, Toggle
from tgbot.domain.checkup.facts import any_holds, facts_of, feared, questions_on
from tgbot.domain.checkup.judging import fired_rules
from tgbot.domain.checkup.path import choices_on

SCRIPT = load_checkup(DATA / "en" / "checkup")
MOST_TAPS = 10
ORDER = [screen.id for screen in SCRIPT.screens]


@dataclass
class Walked:
    """What the walk saw; ``paths`` counts the ways to an end through all shared states."""

    states: int = 0
    paths: int = 0
    longest: int = 0
    ends: list = field(default_factory=list)
    taken: set = field(default_factory=set)
    rules: set = field(default_factory=set)
    broken_backs: list = field(default_factory=list)


def moves(state):
    """All ways to answer the screen in hand, each as the taps that do it."""
    screen = SCRIPT.screen(state.at)
    offered = [SCRIPT.choice_id(choice) for choice in choices_on(screen, state.answers, SCRIPT)]
    if not screen.several:
        return [[Choose(option)] for option in offered]
    sets = [*combinations(offered, 1), *combinations(offered, 2), tuple(offered)]
    ticked = [[*map(Toggle, options), Done()] for options in sets]
    unsure = [[Choose("not_sure")]] if screen.unsure else []
    return [[NoneOfThese()], *unsure, *ticked]


def future(state):
    """What the rest of the walk depends on."""
    facts = facts_of(state.answers, SCRIPT)
    worst = feared(facts, SCRIPT)
    left = ORDER[ORDER.index(state.at) :] if state.at in ORDER else []
    still_asked = {question for name in left for question in questions_on(SCRIPT.screen(name))}

    def waits(when, basis):
        for condition in when:
            missing = [
                q for q, options in condition.items() if not basis.get(q, set()) & {*options}
            ]
            if all(question in still_asked for question in missing):
                yield frozenset(missing)

    rules = tuple(
        (
            frozenset(waits(rule.when, facts if rule.level == "self_care" else worst)),
            frozenset(waits(rule.unless, facts)),
        )
        for rule in SCRIPT.rules
    )
    asked = tuple(
        frozenset(waits(when, facts))
        for name in left
        for when in (
            SCRIPT.screen(name).when,
            SCRIPT.screen(name).unless,
            *(choice.when for choice in SCRIPT.screen(name).choices),
        )
    )
    return state.at, rules, asked, checkup.count_taps(state, SCRIPT)


def walk_all():
    seen = Walked()
    counted = {}

    def visit(state):
        key = future(state)
        if key in counted:
            return counted[key]
        seen.states += 1
        if state.at not in ORDER:
            seen.ends.append(state)
            seen.longest = max(seen.longest, checkup.count_taps(state, SCRIPT))
            seen.rules |= {rule.id for rule in checkup.result(state, SCRIPT).rules}
            counted[key] = 1
            return 1
        paths = 0
        for taps in moves(state):
            paths += visit(_answer(state, taps, seen))
        counted[key] = paths
        return paths

    seen.paths = visit(checkup.start(SCRIPT))
    return seen


def _answer(state, taps, seen):
    ready = state
    for tap in taps[:-1]:
        ready = checkup.step(ready, tap, SCRIPT).state
    after = checkup.step(ready, taps[-1], SCRIPT)
    assert after.changed, (state, taps)
    given = after.state.answers[state.at]
    seen.taken |= {(state.at, option) for option in given}
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
        print(
            f"\nsymptom check: {walked.states} states, {walked.paths} paths,"
            f" {len(walked.ends)} kinds of end, longest {walked.longest} taps"
        )
    assert walked.paths > 0
    assert walked.longest <= MOST_TAPS
    assert {end.at for end in walked.ends} == {checkup.REVIEW, checkup.THE_END}


def test_the_shortest_calm_path_needs_at_most_seven_taps(walked):
    calm = [end for end in walked.ends if end.at == checkup.REVIEW]
    assert min(checkup.count_taps(end, SCRIPT) for end in calm) <= 7


def test_back_returns_exactly_from_everywhere(walked):
    assert not walked.broken_backs


def test_no_path_ends_below_the_level_of_a_rule_that_fired(walked):
    for end in walked.ends:
        level = checkup.result(end, SCRIPT).level
        for rule in fired_rules(facts_of(end.answers, SCRIPT), SCRIPT):
            assert LEVELS.index(level) >= LEVELS.index(rule.level), (end, rule.id)


def test_an_emergency_and_only_an_emergency_stops_early(walked):
    for end in walked.ends:
        emergency = checkup.result(end, SCRIPT).level == "emergency"
        assert emergency == (end.at == checkup.THE_END), end


def test_every_first_screen_sign_is_an_emergency_on_every_path(walked):
    for end in walked.ends:
        if end.answers.get("T1", ("none",)) != ("none",):
            assert checkup.result(end, SCRIPT).level == "emergency", end


def test_every_second_screen_sign_is_never_below_today(walked):
    for end in walked.ends:
        if end.answers.get("T2", ("none",)) != ("none",):
            assert checkup.result(end, SCRIPT).level in {"same_day", "emergency"}, end


def test_one_more_danger_sign_never_lowers_the_level(walked):
    for end in walked.ends:
        level = LEVELS.index(checkup.result(end, SCRIPT).level)
        for screen_id in ("T1", "T2"):
            screen = SCRIPT.screen(screen_id)
            if screen_id not in end.answers:
                continue
            ticked = tuple(option for option in end.answers[screen_id] if option != "none")
            for choice in screen.choices:
                more = {**end.answers, screen_id: (*ticked, SCRIPT.choice_id(choice))}
                worse = checkup.judge(facts_of(more, SCRIPT), SCRIPT).level
                assert LEVELS.index(worse) >= level, (end, choice)


def test_every_choice_can_be_tapped(walked):
    offered = {(s.id, SCRIPT.choice_id(choice)) for s in SCRIPT.screens for choice in s.choices}
    offered |= {(s.id, "none") for s in SCRIPT.screens if s.none}
    offered |= {(s.id, "not_sure") for s in SCRIPT.screens if s.unsure}
    assert offered == walked.taken


def test_every_rule_that_a_tap_can_fire_fires_somewhere(walked):
    by_tap = {rule.id for rule in SCRIPT.rules} | {SCRIPT.otherwise.id}
    # A bare "k" is only given in lists of answers; on the card it is split in two.
    assert by_tap - walked.rules <= {"U2.cancer"}


def test_every_result_has_words_a_source_and_a_next_step(walked):
    for end in walked.ends:
        result = checkup.result(end, SCRIPT)
        assert result.outcome.headline
        assert result.reasons
        assert result.sources
        assert result.next_steps
        assert result.outcome.come_back or result.level == "emergency"


def test_what_soothes_never_silences_a_rule_by_not_sure():
    facts = checkup.read_facts({"T2": ["k"], "T8": ["not_sure:cancer"]}, SCRIPT)
    assert any_holds(({"T8": ("cancer",)},), facts) is None
    assert checkup.judge(facts, SCRIPT).level == "emergency"


def test_the_review_leads_to_the_result(walked):
    for end in walked.ends:
        if end.at == checkup.REVIEW:
            assert checkup.step(end, Finish(), SCRIPT).state.at == checkup.THE_END
