"""The side screens: small tests that are only offered where it is safe, and never soothe."""

from itertools import product

import pytest

from content.files import DATA
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS, split
from tgbot.domain import checkup
from tgbot.domain.checkup import Back, Choose, Done, Enter, Finish, More, NoneOfThese, State, Toggle
from tgbot.domain.checkup.facts import facts_of
from tgbot.domain.checkup.judging import fired_rules, level_of
from tgbot.domain.checkup.path import choices_on, open_doors, shown_on

SCRIPT = load_checkup(DATA / "en" / "checkup")
TESTS = [SCRIPT.choice_id(choice) for choice in SCRIPT.screen("T5").choices]
RISKS = [SCRIPT.choice_id(choice) for choice in SCRIPT.screen("T5a").choices]


def run(*answers, state=None):
    state = state or checkup.start(SCRIPT)
    for answer in answers:
        step = checkup.step(state, answer, SCRIPT)
        assert step.changed, (state.at, answer)
        state = step.state
    return state


def ids(name):
    return [SCRIPT.choice_id(choice) for choice in SCRIPT.screen(name).choices]


def calm_roads(state):
    """Every who, onset, length and place with every other screen denied, at its end."""
    screen = SCRIPT.screen(state.at)
    if screen is None:
        yield state
    elif screen.several:
        yield from calm_roads(run(NoneOfThese(), state=state))
    else:
        for choice in choices_on(screen, state.answers, SCRIPT):
            yield from calm_roads(run(Choose(SCRIPT.choice_id(choice)), state=state))


@pytest.fixture(scope="module")
def ends():
    """The end of every calm road."""
    return list(calm_roads(checkup.start(SCRIPT)))


def answered(state, risks=RISKS[:1]):
    """All ways through the two side screens from where they begin; one risk does what all do."""
    for risk in (NoneOfThese(), *((Toggle(one), Done()) for one in risks)):
        ready = run(*(risk if isinstance(risk, tuple) else (risk,)), state=state)
        assert ready.at == "T5"
        for hard in (NoneOfThese(), *((Toggle(one), Done()) for one in TESTS)):
            yield run(*(hard if isinstance(hard, tuple) else (hard,)), state=ready)


def level(state):
    return LEVELS.index(checkup.result(state, SCRIPT).level)


def test_a_door_is_open_only_on_a_result_without_any_danger(ends):
    doors = 0
    for end in ends:
        ended = run(Finish(), state=end) if end.at == checkup.REVIEW else end
        here = open_doors(ended.answers, SCRIPT)
        if here:
            doors += 1
            assert level(ended) <= LEVELS.index("soon")
            assert ended.answers["T0"] != ("child",)
            assert not checkup.step(end, Enter("T5w"), SCRIPT).changed, "only from the result"
        else:
            assert not checkup.step(ended, Enter("T5w"), SCRIPT).changed
    assert doors > 20


def test_every_way_through_a_door_ends_and_never_lowers_the_level(ends):
    for end in ends:
        if end.at != checkup.REVIEW or not open_doors(end.answers, SCRIPT):
            continue
        ended = run(Finish(), state=end)
        entered = run(Enter("T5w"), state=ended)
        assert entered.at == "T5a"
        home = run(Back(), state=entered)
        assert (home.at, home.answers, home.last) == (ended.at, ended.answers, ended.last)
        for after in answered(entered):
            assert after.at in {checkup.REVIEW, checkup.THE_END}
            assert level(after) >= level(ended), after
            assert (after.at == checkup.THE_END) == (level(after) == LEVELS.index("emergency"))
            back = run(Back(), state=after)
            assert (back.at, back.answers["T5a"]) == ("T5", after.answers["T5a"])
            assert "T5" not in back.answers
            assert run(Back(), state=back).at == "T5a"
            assert checkup.from_json(checkup.to_json(after), SCRIPT) == after
            assert checkup.count_taps(after, SCRIPT) == checkup.count_taps(ended, SCRIPT)


def test_the_tests_are_not_offered_again_once_done(ends):
    end = next(end for end in ends if open_doors(end.answers, SCRIPT) and end.at == checkup.REVIEW)
    for after in answered(run(Finish(), Enter("T5w"), state=end), RISKS):
        assert open_doors(after.answers, SCRIPT) == ()


@pytest.mark.parametrize("sign", [("T2", "i"), ("T6", "sore"), ("T6", "eyelids"), ("T9", "n2o")])
def test_no_door_after_a_danger_sign(sign):
    facts = {
        "T0": "me_40_59",
        "T1": "none",
        "T2": "none",
        "T3": "months",
        "T4": "both_whole",
        "T7": "same",
    }
    calm = checkup.walk(checkup.read_facts({**facts, "T6": ["numb"], "T8": "none"}, SCRIPT), SCRIPT)
    assert open_doors(calm, SCRIPT)
    given = {**facts, "T6": ["numb"], "T8": "none"}
    given[sign[0]] = [*([] if sign[0] != "T6" else ["numb"]), sign[1]]
    answers = checkup.walk(checkup.read_facts(given, SCRIPT), SCRIPT)
    assert level_of(facts_of(answers, SCRIPT), SCRIPT) == "same_day"
    assert open_doors(answers, SCRIPT) == ()


UNSURE_WHERE = ("me_40_59", NoneOfThese(), NoneOfThese(), "months_same", "try_tests")


def test_not_sure_where_leads_to_the_tests_and_then_on():
    state = run(*(Choose(one) if isinstance(one, str) else one for one in UNSURE_WHERE))
    assert state.at == "T5a"
    state = run(NoneOfThese(), Toggle("chair"), Done(), state=state)
    assert state.at == "T6"
    assert "both_thighs" in facts_of(state.answers, SCRIPT)["T4"]
    fired = {rule.id for rule in fired_rules(facts_of(state.answers, SCRIPT), SCRIPT)}
    assert {"U7.thighs", "U7.tests"} <= fired
    back = run(Back(), Back(), Back(), state=state)
    assert (back.at, "T4" in back.answers) == ("T4", False)


@pytest.mark.parametrize("onset", ["sudden", "days_worse", "comes_goes", "not_sure"])
def test_with_a_fast_or_unclear_start_no_test_is_offered_on_the_way(onset):
    state = run(Choose("me_40_59"), NoneOfThese(), NoneOfThese(), Choose(onset))
    if onset in {"sudden", "comes_goes"}:
        state = run(Choose("fright" if onset == "sudden" else "minutes"), state=state)
    offered = [
        SCRIPT.choice_id(one) for one in choices_on(SCRIPT.screen("T4"), state.answers, SCRIPT)
    ]
    assert "not_sure" in offered
    assert "try_tests" not in offered


@pytest.mark.parametrize(
    ("onset", "expected"),
    [("days_same", "same_day"), ("weeks_worse", "same_day"), ("months_same", "soon")],
)
def test_one_foot_that_drops_on_the_heels_is_for_today_unless_it_is_old(onset, expected):
    state = run(
        Choose("me_40_59"), NoneOfThese(), NoneOfThese(), Choose(onset), Choose("try_tests"),
        NoneOfThese(), Toggle("heel_one"), Done(),
    )  # fmt: skip
    assert checkup.result(state, SCRIPT).level == expected


def test_every_risk_leads_to_looking_back_instead_of_trying():
    script = SCRIPT.screen("T5")
    [recall] = script.instead
    assert "Try nothing now" in recall.ask
    assert {split(f"T5a.{risk}")[1] for risk in RISKS} == set(recall.when[0]["T5a"])
    assert "worktop" in script.ask
    assert "low step" in script.ask


def longest_t6():
    base = {"T0": ("me_60",), "T1": ("none",), "T2": ("none",), "T3": ("months_worse",)}
    return State({**base, "T4": ("both_whole",)}, at="T6")


def test_a_long_screen_turns_to_the_other_signs_and_keeps_the_ticks():
    state = longest_t6()
    turned = run(Toggle("numb"), More(), Toggle("falls"), state=state)
    assert turned.pending == ("numb", "falls")
    assert run(More(), state=turned).pending == ("numb", "falls")
    done = run(Done(), state=turned)
    assert done.answers["T6"] == ("numb", "falls")
    assert not done.more
    refused = checkup.step(State({"T0": ("me_60",)}, at="T1"), More(), SCRIPT)
    assert not refused.changed


@pytest.mark.parametrize("name", ["T6", "T8"])
def test_no_card_shows_more_than_twelve_signs_and_what_is_for_today_comes_first(name):
    screen = SCRIPT.screen(name)
    urgent = {
        (question, option)
        for rule in SCRIPT.rules
        if rule.level == "same_day" or rule.reasons
        for condition in rule.when
        for question, options in condition.items()
        for option in options
    }
    seen = 0
    for who, onset, place in product(ids("T0"), ids("T3"), ids("T4")):
        base = {"T0": (who,), "T1": ("none",), "T2": ("none",), "T3": (onset,), "T4": (place,)}
        for t6 in [(one,) for one in ids("T6")] if name == "T8" else [()]:
            answers = {**base, "T6": t6} if t6 else base
            first = shown_on(screen, answers, SCRIPT, more=False)
            rest = shown_on(screen, answers, SCRIPT, more=True)
            seen = max(seen, len(first) + len(rest))
            assert len(first) <= 12
            assert len(rest) <= 12, (answers, len(rest))
            late = {split(meaning) for choice in rest for meaning in choice.means} & urgent
            assert not late, (answers, late)
    assert seen > 12
