"""The urgency table and the cause groups of the symptom check, on answers given as a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.files import DATA
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS
from tgbot.domain import checkup

SCRIPT = load_checkup(DATA / "en" / "checkup")


FACTS = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sets(
            st.sampled_from([option.id for option in question.options]), min_size=1
        )
        for question in SCRIPT.questions.values()
    },
)
DANGER = [("T1", o) for o in "abcdef"] + [("T2", o) for o in (*"ghijlmn", "k_fever", "tight")]


@given(FACTS, st.sampled_from(DANGER))
def test_a_danger_sign_never_lowers_whatever_else_was_said(facts, sign):
    question, option = sign
    before = checkup.judge({q: frozenset(options) for q, options in facts.items()}, SCRIPT)
    more = {**facts, question: facts.get(question, set()) | {option}}
    after = checkup.judge({q: frozenset(options) for q, options in more.items()}, SCRIPT)
    assert LEVELS.index(after.level) >= max(LEVELS.index(before.level), LEVELS.index("same_day"))


@pytest.mark.parametrize(
    ("given_answers", "level"),
    [
        ({"T3": "seconds_minutes", "T4": "both_whole"}, "emergency"),
        (
            {"T3": "seconds_minutes", "T3b": "fright", "T4": "both_thighs", "T7": "better"},
            "self_care",
        ),
        (
            {"T3": "seconds_minutes", "T3b": "fright", "T4": "one_whole", "T7": "better"},
            "emergency",
        ),
        (
            {"T3": "seconds_minutes", "T3b": "leg_asleep", "T4": "one_whole", "T7": "same"},
            "emergency",
        ),
        ({"T3": "hours_days", "T4": "both_feet", "T7": "worse"}, "emergency"),
        ({"T3": "hours_days", "T4": "not_sure", "T7": "not_sure"}, "emergency"),
        ({"T3": "hours_days", "T4": "one_foot", "T7": "same"}, "same_day"),
        ({"T0": "child", "TC": "new_or_stopped"}, "emergency"),
        ({"T0": "child", "TC": "not_sure"}, "emergency"),
        ({"T0": "child", "TC": "limp_fever"}, "same_day"),
        ({"T2": "k", "T8": "cancer", "T3": "months"}, "same_day"),
        ({"T2": "k", "T3": "months"}, "emergency"),
        ({"T2": "i", "T9": "thinner", "T3": "months"}, "same_day"),
        ({"T2": "i", "T9": ["thinner", "water_laxative"], "T3": "weeks_1_4"}, "emergency"),
        ({"T2": "i", "T8": "pregnant", "T4": "one_whole", "T3": "months"}, "emergency"),
        ({"T6": "fear", "T9": "stress", "T3": "months", "T7": "worse"}, "soon"),
        ({"T9": "new_workout", "T3": "hours_days", "T7": "better"}, "self_care"),
        ({"T9": "new_workout", "T3": "hours_days", "T7": "better", "T6": "sore"}, "same_day"),
        ({"T3": "months", "T7": "same"}, "soon"),
    ],
)
def test_the_urgency_table(given_answers, level):
    assert checkup.judge(checkup.read_facts(given_answers, SCRIPT), SCRIPT).level == level


def test_a_healthy_path_needs_seven_taps():
    facts = checkup.read_facts(
        {"T0": "me_40_59", "T1": "none", "T2": "none", "T3": "months", "T4": "both_thighs"}
        | {"T6": "none", "T7": "same", "T8": "none", "T9": "none"},
        SCRIPT,
    )
    answers = checkup.walk(facts, SCRIPT)
    assert checkup.count_taps(checkup.State(answers), SCRIPT) == 7


@pytest.mark.parametrize("group", SCRIPT.groups, ids=lambda group: group.id)
def test_every_group_can_come_up(group):
    facts = {"T1": frozenset({"none"}), "T2": frozenset({"none"})}
    for line in group.raises:
        if line.score > 0:
            condition = line.when[0]
            for question, options in condition.items():
                facts.setdefault(question, frozenset(options[:1]))
                if question not in {"T0", "T3", "T3b", "T3c", "T4", "T7"}:
                    facts[question] = facts[question] - {"none"} | {options[0]}
    named = [fit.group.id for fit in checkup.judge(facts, SCRIPT).groups]
    assert group.id in named


def test_what_soothes_is_never_not_sure():
    facts = checkup.read_facts({"T2": ["k"], "T8": ["not_sure:cancer"]}, SCRIPT)
    assert checkup.judge(facts, SCRIPT).level == "emergency"
