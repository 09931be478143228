"""The symptom check on answers given as JSON lines."""

import io
import json

import pytest

from content.schema.checkup import LEVELS
from tgbot.checking import check_lines, describe

CALM = {"T0": "me_40_59", "T1": ["none"], "T2": ["none"], "T3": "months", "T4": "both_thighs"}


@pytest.fixture
def check(knowledge):
    def run(*lines, country=""):
        given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        out = io.StringIO()
        check_lines(knowledge, io.StringIO(given), out, country)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def test_a_line_in_is_a_line_out_with_level_rules_groups_taps_and_words(check):
    (found,) = check({"id": "c-1", "answers": {"T0": "me_60", "T1": ["a", "b"]}}, country="gb")
    assert found["id"] == "c-1"
    assert found["level"] == "emergency"
    assert found["rules"][0] == "U1.stroke"
    assert found["groups"] == ["brain_vascular"]
    assert found["taps"] == 3
    assert found["text"].startswith("Call 999 now.")
    assert "<b>" not in found["text"]


def test_a_single_option_may_stand_alone_or_in_a_list(check):
    alone, listed = check(
        {"id": 1, "answers": {**CALM, "T7": "worse"}},
        {
            "id": 1,
            "answers": {
                **{q: v if isinstance(v, list) else [v] for q, v in CALM.items()},
                "T7": ["worse"],
            },
        },
    )
    assert alone == listed
    assert alone["level"] == "soon"


def test_not_sure_about_one_sign_counts_as_that_sign(check):
    (found,) = check({"id": 1, "answers": {**CALM, "T2": ["not_sure:h"]}})
    assert (found["level"], found["rules"][0]) == ("emergency", "U2.cold_leg")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({"id": 7, "answers": {"T99": "a"}}, "question T99"),
        ({"id": 7, "answers": {"T1": ["a", "zz"]}}, "option T1: zz"),
        ({"id": 7, "answers": {"T1": "not_sure:zz"}}, "option T1: not_sure:zz"),
        ({"id": 7, "answers": {"T1": 5}}, "T1 needs"),
        ({"id": 7, "answers": {"T1": [["a"]]}}, "T1 needs"),
        ({"id": 7, "answers": {"T1": None}}, "T1 needs"),
        ({"id": 7, "answers": ["T1"]}, "`answers`"),
        ({"id": 7}, "`answers`"),
    ],
)
def test_what_is_unknown_or_wrong_is_named_with_the_id(check, line, named):
    (wrong,) = check(line)
    assert wrong["id"] == 7
    assert named in wrong["error"]
    assert "level" not in wrong


@pytest.mark.parametrize("line", ["{", "3", "null", '"text"', "[" * 100_000, "\x00", '{"id": 1'])
def test_a_line_that_is_no_object_is_an_error_and_the_next_one_is_judged(check, line):
    wrong, found = check(line, {"id": 2, "answers": {"T1": "a"}})
    assert wrong["id"] is None
    assert "line 1" in wrong["error"]
    assert found["level"] == "emergency"


def test_empty_lines_are_passed_over(check):
    assert len(check("", {"id": 1, "answers": CALM}, "", "  ")) == 1


def test_every_option_that_is_described_can_be_answered(check, knowledge):
    questions = describe(knowledge.catalogue.checkup)["questions"]
    lines = [
        {"id": f"{one['id']}.{option['id']}", "answers": {one["id"]: option["id"]}}
        for one in questions
        for option in one["options"]
    ]
    for found in check(*lines):
        assert found["level"] in LEVELS, found


def test_every_choice_that_is_described_is_the_answers_it_gives(check, knowledge):
    screens = describe(knowledge.catalogue.checkup)["screens"]
    assert [screen["id"] for screen in screens][:3] == ["T0", "T1", "T2"]
    lines = [
        {"id": 1, "answers": one["answers"]} for screen in screens for one in screen["choices"]
    ]
    assert all("error" not in found for found in check(*lines))
    assert all(one["text"] for screen in screens for one in screen["choices"])


def test_which_questions_take_several_options_is_described(knowledge):
    questions = {one["id"]: one for one in describe(knowledge.catalogue.checkup)["questions"]}
    assert [questions[name]["several"] for name in ("T0", "T1", "T3", "T6")] == [
        False,
        True,
        False,
        True,
    ]
    assert questions["T1"]["ask"].endswith("?") or "Tap" in questions["T1"]["ask"]
