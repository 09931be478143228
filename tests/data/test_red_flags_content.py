"""The danger screen's content proves itself: every rule by its phrases, and our own messages."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from content.checks.red_flags import problems
from content.files import DATA, ContentError, read_yaml
from content.loading_countries import load_countries
from content.loading_red_flags import load_red_flags
from tgbot.domain.callback_data import encode
from tgbot.domain.red_flags import ScreenAction, compile_rules, screen

FLAGS = load_red_flags(DATA / "en" / "red_flags")
RULES = compile_rules(FLAGS)
PHRASES = yaml.safe_load((Path(__file__).parent / "screen_phrases.yaml").read_text("utf-8"))
ROWS = {f"rf{n:02}" for n in range(1, 69)} - {"rf06", "rf64", "rf67"}
"""Rows of the danger table that call for a warning; rf06 is said with rf05, the others can wait."""


def test_the_content_has_no_problems():
    assert list(problems(FLAGS)) == []


def test_a_problem_is_named():
    bad = replace(FLAGS.rules[0], condition="nowhere", matches=())
    found = " ".join(problems(replace(FLAGS, rules=(bad, bad))))
    assert "nowhere" in found
    assert "2 times" in found


@pytest.mark.parametrize(
    ("rule", "phrase"), [(rule, phrase) for rule in FLAGS.rules for phrase in rule.matches]
)
def test_a_rule_matches_its_phrases(rule, phrase):
    found = screen(phrase, RULES)
    assert found.action is not ScreenAction.NONE
    assert rule.condition in found.conditions


@pytest.mark.parametrize(
    ("rule", "phrase"), [(rule, phrase) for rule in FLAGS.rules for phrase in rule.does_not_match]
)
def test_a_rule_leaves_its_other_phrases_alone(rule, phrase):
    found = screen(phrase, RULES)
    assert found.action is ScreenAction.NONE or rule.condition not in found.conditions


def test_every_row_of_the_danger_table_has_a_rule():
    assert {rule.id[:4] for rule in FLAGS.rules} >= ROWS


@pytest.mark.parametrize("phrase", PHRASES["danger"])
def test_our_own_dangers_are_not_passed_over(phrase):
    assert screen(phrase, RULES).action is not ScreenAction.NONE


@pytest.mark.parametrize("phrase", PHRASES["harmless"])
def test_our_own_harmless_messages_do_not_warn(phrase):
    assert screen(phrase, RULES).action is not ScreenAction.WARN


def test_every_condition_has_its_own_words_and_fits_a_button():
    texts = read_yaml(dict[str, str], DATA / "en" / "messages" / "warnings.yaml")
    for name, condition in FLAGS.conditions.items():
        assert encode(("danger", "now", name))
        if condition.level == "emergency" and name != "unclear":
            assert f"first_{name}" in texts, name


def test_the_countries_of_the_material_are_there():
    countries = load_countries(DATA)
    assert len(countries) == 57
    assert {c.code: c.ambulance for c in countries}["GB"] == "999"
    assert [c.code for c in countries if not c.verified] == ["LK", "NG", "PE"]


def test_a_country_named_twice_is_refused(tmp_path):
    row = '- {code: "GB", name: X, ambulance: "999", also_112: true, verified: true}\n'
    (tmp_path / "countries.yaml").write_text(row * 2)
    with pytest.raises(ContentError, match="GB"):
        load_countries(tmp_path)
