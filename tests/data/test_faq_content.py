"""The common questions as they are shipped: all facts of the two articles, plain, short, sourced."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from content.checks.faq import problems
from content.checks.reading import grade
from content.loader import load
from content.schema.faq import PLACES, Topic
from tgbot.domain.callback_data import encode
from tgbot.domain.rendering import without_markup
from tgbot.services.faq import compose

FACTS = yaml.safe_load((Path(__file__).parent / "article_facts.yaml").read_text(encoding="utf-8"))
CATALOGUE = load()
FAQ = CATALOGUE.faq
TOPICS = tuple(FAQ.topics())
COVERED = {fact for topic in TOPICS for fact in topic.covers}


def shown(topic, country="GB"):
    return without_markup(compose(topic, CATALOGUE, country).text)


def with_topic(**changes):
    """The questions with their first topic changed."""
    first = FAQ.shelves["questions"]
    topics = (replace(first.topics[0], **changes), *first.topics[1:])
    return replace(FAQ, shelves={**FAQ.shelves, "questions": replace(first, topics=topics)})


def test_the_content_has_no_problem():
    assert list(problems(FAQ)) == []


def test_all_sixteen_facts_and_ten_questions_are_listed():
    wanted = [f"F{n}" for n in range(1, 17)] + [f"FAQ{n}" for n in range(1, 11)]
    assert list(FACTS["facts"]) == wanted
    assert len(FACTS["causes"]) >= 43


@pytest.mark.parametrize("fact", FACTS["facts"])
def test_each_fact_of_the_articles_is_said(fact):
    assert fact in COVERED


@pytest.mark.parametrize("cause", FACTS["causes"])
def test_each_cause_is_explained_and_can_come_up_in_a_result(cause):
    row = FACTS["causes"][cause]
    groups = {group.id for group in CATALOGUE.checkup.groups}
    assert set(row["groups"]) & groups, "no group of causes names it"
    told = " ".join(f"{t.title} {t.answer}" for t in TOPICS if cause in t.covers).casefold()
    assert row["words"].casefold() in told


def test_nothing_is_covered_that_the_articles_do_not_say():
    assert sorted(COVERED - set(FACTS["facts"]) - set(FACTS["causes"])) == []


@pytest.mark.parametrize("topic_id", FACTS["said"])
def test_figures_and_corrections_are_there(topic_id):
    answer = without_markup(FAQ.topic(topic_id).answer)
    assert [words for words in FACTS["said"][topic_id] if words not in answer] == []


@pytest.mark.parametrize("claim", FACTS["never_said"])
def test_claims_without_support_are_not_repeated(claim):
    assert [t.id for t in TOPICS if claim.casefold() in t.answer.casefold()] == []


def test_the_first_shelf_holds_the_ten_questions_in_order():
    covers = [topic.covers for topic in FAQ.shelves["questions"].topics]
    assert [f"FAQ{n}" in each for n, each in enumerate(covers, 1)] == [True] * 10


@pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
@pytest.mark.parametrize("country", ["", "GB", "DE"])
def test_each_answer_fits_a_screen_reads_plainly_and_says_where_to_go(topic, country):
    found = compose(topic, CATALOGUE, country)
    text = without_markup(found.text)
    assert len(text) <= 1200
    assert grade(topic.answer) <= 6
    assert CATALOGUE.country(country).ambulance in text or "emergency number" in text
    assert "No doctor has signed this." in text
    for row in found.buttons:
        for button in row:
            assert encode(button.action)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
def test_each_answer_names_a_source_and_its_year(topic):
    found = compose(topic, CATALOGUE, "GB")
    assert found.sources
    for source in topic.sources:
        known = FAQ.sources[source]
        assert re.search(r"\d{4}|undated|copy", known.year)
        assert f"({known.year}" in shown(topic)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
def test_danger_stands_above_an_emergency_and_a_doctor_below_the_rest(topic):
    text = shown(topic)
    if topic.level == "emergency":
        assert text.startswith("If this is happening to you now, call 999.")
    else:
        assert "doctor" in text.rsplit("Weak all at once", 1)[0]
        assert "Call 999 now." in text


@pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
def test_nobody_is_told_what_they_have(topic):
    assert not re.search(r"\byou have (a|an|the)\b(?! (fall|fit))", topic.answer, re.IGNORECASE)
    assert "you surely" not in topic.answer.casefold()


def test_nutrient_buttons_lead_to_nutrients_that_have_content():
    named = {b[4:] for topic in TOPICS for b in topic.buttons if b.startswith("nut:")}
    assert named <= set(CATALOGUE.nutrients.details)


def test_every_place_a_button_leads_to_has_its_words():
    assert {f"faq.button_{place}" for place in PLACES} <= set(CATALOGUE.messages.texts)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": " "}, "its answer is empty"),
        ({"answer": "Sit. " * 200}, "characters, more than"),
        ({"title": "What " * 12}, "its title is longer"),
        ({"asks": ("one",)}, "fewer than 2 ways"),
        (
            {"answer": "Deteriorating neuromuscular functionality necessitates examination."},
            "grade",
        ),
        ({"sources": ()}, "it has no source"),
        ({"sources": ("HEARSAY",)}, "no source HEARSAY"),
        ({"buttons": ("nowhere",)}, "its button nowhere leads nowhere"),
        ({"id": "treatment"}, "faq treatment: is there 2 times"),
        ({"names": ("stroke",)}, "stroke is a name of 2 topics"),
        ({"asks": ("how is leg weakness treated", "x")}, "is asked 2 times"),
    ],
)
def test_each_check_can_fail(changes, said):
    assert any(said in problem for problem in problems(with_topic(**changes)))


def test_a_source_without_a_year_is_a_problem():
    source = replace(FAQ.sources["KNOW"], year="-")
    broken = replace(FAQ, sources={**FAQ.sources, "KNOW": source})
    assert any("KNOW has no year" in problem for problem in problems(broken))


def test_a_topic_is_found_by_its_id():
    assert isinstance(FAQ.topic("signs"), Topic)
    assert FAQ.topic("nothing") is None
