"""The danger screen's learned score: its file, its learning, and how it moves what the rules say."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from content.files import DATA, ContentError
from content.loading_red_flags import load_red_flags
from content.weights_red_flags import WEIGHTS, read_score, write_score
from tgbot.domain.red_flags import Level, ScreenAction, compile_rules
from tgbot.domain.red_flags.score import root
from tgbot.domain.red_flags.screening import look
from tgbot.domain.red_flags.weighing import weigh
from tgbot.training.corpus import read_phrases, stamp
from tgbot.training.folds import examples
from tgbot.training.learning import learn_score
from tgbot.training.slips import with_slips

FOLDER = DATA / "en" / "red_flags"
FLAGS = load_red_flags(FOLDER)
RULES = compile_rules(FLAGS)
BARE = replace(RULES, score=None)


def test_the_shipped_weights_were_learned_from_the_content_that_is_here():
    assert stamp(FOLDER) == FLAGS.score.stamp, "learn them anew: make weights"


def test_the_weights_stay_small():
    assert (FOLDER / WEIGHTS).stat().st_size < 500_000


def test_weights_come_back_as_they_were_written(tmp_path):
    write_score(FLAGS.score, tmp_path / WEIGHTS)
    assert read_score(tmp_path / WEIGHTS) == FLAGS.score
    assert (tmp_path / WEIGHTS).read_bytes() == (FOLDER / WEIGHTS).read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-200],
        lambda raw: raw.replace(b'"format": 2', b'"format": 9'),
    ],
)
def test_damaged_weights_are_refused(tmp_path, damage):
    (tmp_path / WEIGHTS).write_bytes(damage((FOLDER / WEIGHTS).read_bytes()))
    with pytest.raises(ContentError, match="weights"):
        read_score(tmp_path / WEIGHTS)


def _some_examples():
    phrases = read_phrases(FOLDER, FLAGS)
    return examples([one for one in phrases if one.part == "unseen"][::3], BARE)


def test_learning_twice_gives_the_same_score_and_it_tells_danger_apart():
    known = _some_examples()
    score = learn_score(known, "a")
    assert learn_score(list(known), "a") == score
    rules = replace(RULES, score=score)
    said = [(one.phrase.level, weigh(one.plain, rules).action) for one in known]
    warned = [action is ScreenAction.WARN for level, action in said if level == "emergency"]
    calm = [action is ScreenAction.NONE for level, action in said if level == "none"]
    assert sum(warned) / len(warned) > 0.9
    assert sum(calm) / len(calm) > 0.9


def test_slips_are_the_same_each_time_and_touch_only_longer_words():
    text = "my left leg suddenly stopped working yesterday evening while cooking dinner"
    slipped = with_slips(text, random.Random(3), share=1.0)
    assert slipped == with_slips(text, random.Random(3), share=1.0)
    pairs = list(zip(text.split(), slipped.split(), strict=True))
    assert all(a == b for a, b in pairs if len(a) < 5)
    assert any(a != b for a, b in pairs)


def _found(text, by_rules_of="a quiet day", **changed):
    found = look(text, BARE)
    said = look(by_rules_of, BARE).by_rules
    return replace(found, by_rules=replace(said, **changed))


def _with(warn, ask, calm=-60):
    return replace(RULES, score=replace(FLAGS.score, warn=warn, ask=ask, calm=calm))


DANGER = "my face drooped suddenly and I cannot lift my arm"


def test_the_score_warns_and_names_a_danger_where_the_rules_find_none():
    said = weigh(_found(DANGER), _with(-50, -60))
    assert said.action is ScreenAction.WARN
    assert said.level is Level.EMERGENCY
    assert said.conditions


def test_the_score_turns_a_sure_warning_into_a_question_and_silences_it_only_when_calm():
    sure = _found("thank you so much for the help with my exercises", DANGER)
    assert sure.by_rules.action is ScreenAction.WARN
    assert weigh(sure, _with(50, -60)).action is ScreenAction.ASK
    assert weigh(sure, _with(50, 40)).action is ScreenAction.ASK
    assert weigh(sure, _with(50, 40, calm=30)).action is ScreenAction.NONE


@pytest.mark.parametrize(
    "text", ["I want to end my life, thank you for all the help with the exercises", "face drooped"]
)
def test_what_rules_say_of_self_harm_or_in_few_words_is_never_silenced(text):
    found = look(text, BARE)
    assert found.by_rules.action is ScreenAction.WARN
    assert weigh(found, _with(50, 40, calm=30)).action is ScreenAction.ASK


def test_the_weights_say_where_they_warn_ask_and_are_calm():
    assert FLAGS.score.warn > FLAGS.score.ask >= FLAGS.score.calm


@pytest.mark.parametrize(
    ("word", "expected"),
    [(b"numbness", b"numb"), (b"walking", b"walk"), (b"as", b"as"), (b"gas", b"gas"), (b"", b"")],
)
def test_a_root_is_the_word_without_its_ending(word, expected):
    assert root(word) == expected


def test_a_short_message_that_the_rules_ask_about_is_asked_about():
    assert weigh(look("my leg went funny", BARE), _with(50, 40)).action is ScreenAction.ASK


def test_phrases_of_every_level_and_at_least_twenty_for_each_danger():
    phrases = [one for one in read_phrases(FOLDER, FLAGS) if one.level in {"emergency", "same_day"}]
    counts = {name: sum(one.kind == name for one in phrases) for name in FLAGS.conditions}
    few = {name: n for name, n in counts.items() if n < 20 and name != "unclear"}
    assert few == {}


def test_no_phrase_is_learned_that_the_report_judges():
    lines = (Path(__file__).parent / "screen_unseen.jsonl").read_text("utf-8").splitlines()
    judged = {json.loads(line)["text"].casefold() for line in lines}
    learned = {one.text.casefold() for one in read_phrases(FOLDER, FLAGS)}
    assert judged.isdisjoint(learned)
    assert len(judged) > 200
