"""The learned router of questions: its file, its learning, and the figures that it must keep."""

from dataclasses import replace

import pytest

from content.files import DATA, ContentError
from content.loading_nutrients import load_nutrients
from content.weights_questions import WEIGHTS, read_router, write_router
from tests.reports.questions import EXAM, UNSEEN, Judged, figures, judged_by_folds, rows_of
from tgbot.domain.questions import Intent, understand
from tgbot.training.questions import (
    QUESTIONS,
    context_of,
    learn_router,
    read_questions,
    stamp_now,
)

FOLDER = DATA / "en" / "nutrients"
FILE = FOLDER / "words" / WEIGHTS
CATALOGUE = load_nutrients(FOLDER)
BARE = replace(CATALOGUE, router=None)
THOROUGH = pytest.mark.thorough


def test_the_shipped_weights_were_learned_from_the_words_and_questions_that_are_here():
    assert stamp_now() == CATALOGUE.router.stamp, "learn anew: python -m tgbot.training.questions"


@THOROUGH
def test_learning_again_gives_the_very_weights_that_are_shipped(tmp_path):
    router = learn_router(read_questions(QUESTIONS, BARE), stamp_now())
    write_router(router, tmp_path / WEIGHTS)
    assert (tmp_path / WEIGHTS).read_bytes() == FILE.read_bytes()


def test_the_weights_stay_small():
    assert FILE.stat().st_size < 250_000


def test_weights_come_back_as_they_were_written(tmp_path):
    write_router(CATALOGUE.router, tmp_path / WEIGHTS)
    assert read_router(tmp_path / WEIGHTS) == CATALOGUE.router


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-200],
        lambda raw: raw.replace(b'"format": 2', b'"format": 9'),
        lambda raw: raw.replace(b'"unsure"', b'"unsore"'),
    ],
)
def test_damaged_weights_are_refused(tmp_path, damage):
    (tmp_path / WEIGHTS).write_bytes(damage(FILE.read_bytes()))
    with pytest.raises(ContentError, match="weights"):
        read_router(tmp_path / WEIGHTS)


@pytest.fixture(scope="module")
def judged():
    return judged_by_folds(BARE)


@pytest.fixture(scope="module")
def shares(judged):
    return {name: figures(those) for name, those in judged.items()}


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("nutrients", 0.93),
        ("strict", 0.83),
        ("near", 0.92),
        ("off_topic", 0.89),
        ("person", 0.98),
        ("nobody", 0.98),
        ("numbers", 0.90),
        ("silent", 0.99),
    ],
)
@pytest.mark.parametrize("file", ["questions", "questions_own"])
@THOROUGH
def test_the_figures_by_cross_validation_do_not_fall(shares, file, figure, least):
    assert shares[file][figure] >= least


@pytest.mark.parametrize(
    ("figure", "least"),
    [("nutrients", 0.79), ("near", 0.76), ("off_topic", 0.87), ("person", 0.84), ("numbers", 0.82)],
)
@THOROUGH
def test_the_hard_questions_written_apart_are_understood_as_well_as_before(shares, figure, least):
    assert shares["questions_apart"][figure] >= least


@pytest.mark.parametrize("file", ["questions", "questions_own"])
@THOROUGH
def test_few_real_questions_are_rejected_and_few_are_asked_back(shares, file):
    assert shares[file]["rejected"] <= 0.03
    assert shares[file]["unsure"] <= 0.08


@THOROUGH
def test_what_is_off_topic_is_told_from_everyday_questions(shares):
    assert shares["questions_off"]["off_topic"] >= 0.86
    assert shares["questions_everyday"]["rejected"] <= 0.09


def test_the_exam_is_passed_as_well_as_before():
    rows = rows_of(EXAM)
    found = figures(
        [
            Judged(row, understand(row["text"], CATALOGUE, context_of(row["after"], CATALOGUE)))
            for row in rows
        ]
    )
    least = {"nutrients": 0.93, "strict": 0.83, "near": 0.90, "off_topic": 0.78, "person": 0.99}
    assert {name: found[name] for name in least if found[name] < least[name]} == {}
    assert found["rejected"] <= 0.03


@THOROUGH
def test_the_router_earns_its_place(judged):
    rows = [row for row in rows_of(QUESTIONS[0]) if not row["after"]]
    near = [{row["intent"], *row["intent_alt"]} for row in rows]
    by_rules = sum(
        understand(row["text"], BARE, None).intent in those
        for row, those in zip(rows, near, strict=True)
    )
    with_router = sum(
        one.found.intent in {one.row["intent"], *one.row["intent_alt"]}
        for one in judged["questions"]
        if not one.row["after"]
    )
    assert with_router - by_rules > 0.04 * len(rows)


def test_what_a_firm_rule_says_is_never_changed():
    deaf = replace(CATALOGUE.router, bases=(-99.0,) * len(CATALOGUE.router.bases))
    loud = replace(deaf, bases=(99.0, *deaf.bases[1:]))
    assert understand("remind me vit d 8am", replace(CATALOGUE, router=loud), None).intent is (
        Intent.reminder
    )
    assert understand("foods with iron", replace(CATALOGUE, router=loud), None).intent is Intent(
        loud.intents[0]
    )


def test_a_narrow_lead_asks_with_buttons_where_the_rules_say_something_else():
    careful = replace(CATALOGUE.router, unsure=99.0)
    text = "is craving ice an iron thing"
    assert understand(text, CATALOGUE, None).sure
    assert not understand(text, replace(CATALOGUE, router=careful), None).sure


def test_no_question_is_learned_that_the_report_calls_unseen():
    learned = {row["text"].casefold() for path in QUESTIONS for row in rows_of(path)}
    rows = [*rows_of(UNSEEN), *rows_of(EXAM)]
    unseen = [row["text"].casefold() for row in rows if not row["after"]]
    assert len(unseen) > 450
    assert not [text for text in unseen if text in learned and len(text.split()) > 3]
