"""What the clinical design left open is settled on the safe side: docs/adr/0008 to 0012."""

import pytest

from content.files import DATA
from content.loading_checkup import load_checkup
from tgbot.domain import checkup

SCRIPT = load_checkup(DATA / "en" / "checkup")
CALM = {
    "T0": "me_40_59",
    "T1": "none",
    "T2": "none",
    "T3": "months",
    "T4": "both_whole",
    "T7": "same",
}


def judged(**changed):
    return checkup.judge(checkup.read_facts({**CALM, **changed}, SCRIPT), SCRIPT)


def named(result):
    return [fit.group.id for fit in result.groups]


@pytest.mark.parametrize(
    ("adr", "answers", "level", "rule"),
    [
        (8, {"T6": ["falls"]}, "soon", "U7.falls"),
        (8, {"T6": ["head_jaw"]}, "same_day", "U6.head_jaw"),
        (8, {"T6": ["head_jaw", "joint"], "T0": "me_60"}, "same_day", "U6.head_jaw"),
        (8, {"T6": ["sore"]}, "same_day", "U6.sore"),
        (8, {"T6": ["sore", "heavy_veins"], "T7": "better"}, "same_day", "U6.sore"),
        (8, {"T6": ["falls", "sore"]}, "same_day", "U6.sore"),
        (9, {"T2": ["tight"], "T3": "hours_days"}, "emergency", "U2.tight_leg"),
        (9, {"T2": ["not_sure:tight"]}, "emergency", "U2.tight_leg"),
        (10, {"T3": "seconds_minutes", "T3b": "injury", "T4": "one_foot", "T7": "better"}, "emergency", "U3.no_trigger"),
        (10, {"T3": "seconds_minutes", "T3b": "nothing", "T4": "one_whole", "T7": "better"}, "emergency", "U3.no_trigger"),
        (10, {"T3": "comes_goes", "T3c": "minutes", "T4": "one_whole", "T7": "up_down"}, "same_day", "U6.attack"),
        (10, {"T1": ["a"], "T3": "comes_goes", "T3c": "minutes"}, "emergency", "U1.stroke"),
        (11, {"T3": "hours_days", "T7": "worse"}, "emergency", "U4"),
        (11, {"T3": "hours_days", "T7": "not_sure"}, "emergency", "U4"),
        (11, {"T3": "hours_days", "T4": "not_sure", "T7": "worse"}, "emergency", "U4"),
        (11, {"T3": "hours_days", "T0": "adult"}, "same_day", "U6.off_legs"),
        (11, {"T3": "hours_days", "T0": "me_60"}, "same_day", "U6.off_legs"),
        (12, {"T2": ["i"], "T8": "pregnant", "T4": "one_whole"}, "emergency", "U9"),
        (12, {"T2": ["not_sure:i"], "T8": "pregnant", "T4": "one_foot"}, "emergency", "U9"),
        (12, {"T2": ["i"], "T8": "pregnant"}, "same_day", "U6.swollen_leg"),
        (12, {"T8": "pregnant", "T4": "one_thigh"}, "same_day", "U6.pregnant"),
    ],
)  # fmt: skip
def test_each_gap_is_settled_as_its_decision_says(adr, answers, level, rule):
    result = judged(**answers)
    assert (result.level, rule in [one.id for one in result.rules]) == (level, True), adr


def test_one_thing_said_in_two_ways_is_one_reason():
    result = judged(T0="me_60", T3="hours_days", T4="one_foot", T7="same", T9="thinner")
    assert result.level == "same_day"


@pytest.mark.parametrize(
    ("answers", "group"),
    [
        ({"T2": ["tight"], "T3": "hours_days", "T7": "worse", "T4": "one_whole"}, "acute_limb_ischaemia"),
        ({"T2": ["not_sure:h"], "T4": "one_foot", "T6": ["numb"]}, "acute_limb_ischaemia"),
        ({"T3": "seconds_minutes", "T3b": "injury", "T4": "one_knee"}, "joint"),
        ({"T9": "cipro", "T4": "one_foot", "T3": "hours_days", "T6": ["joint"]}, "joint"),
    ],
)  # fmt: skip
def test_a_tight_leg_and_a_torn_tendon_are_named_somewhere(answers, group):
    assert group in named(judged(**answers))


def test_cancer_is_still_asked_of_somebody_with_a_swollen_leg():
    answers = {
        "T0": "me_60",
        "T1": "none",
        "T2": ["i"],
        "T3": "months",
        "T7": "same",
        "T4": "both_whole",
    }
    facts = checkup.read_facts({**answers, "T6": "none", "T8": "cancer"}, SCRIPT)
    assert checkup.walk(facts, SCRIPT)["T8"] == ("cancer",)


def groups_by_taps(line, who, onset, place):
    given = {q: options[0] for q, options in line.when[0].items()}
    road = {"T0": who, "T1": "none", "T2": "none", "T6": "none", "T8": "none", "T9": "none"}
    screen = SCRIPT.screen("T3")
    means = {"T7": "better"} | dict(one.split(".") for one in screen.choices[onset].means)
    facts = checkup.read_facts(
        {**road, **means, "T4": place, "T3c": "minutes", "TC": "none", **given}, SCRIPT
    )
    answers = checkup.walk(facts, SCRIPT)
    return named(checkup.result(checkup.State(answers), SCRIPT))


@pytest.mark.parametrize("group", SCRIPT.groups, ids=lambda group: group.id)
def test_every_group_can_be_reached_by_taps(group):
    places = [option.id for option in SCRIPT.questions["T4"].options]
    assert any(
        group.id in groups_by_taps(line, who, onset, place)
        for line in group.raises
        if line.score > 0
        for who in ("me_40_59", "me_60", "child", "me_16_39", "adult")
        for onset in range(len(SCRIPT.screen("T3").choices))
        for place in places
    )
