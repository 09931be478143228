"""What every answer must say and must never say, on the labelled questions of the project."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from tgbot.services.asking import ask

REPORT = Path(__file__).parents[1] / "reports" / "answers.py"


def load_report():
    spec = importlib.util.spec_from_file_location("answers_report", REPORT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


answers = load_report()
NEVER = re.compile(
    r"(?<!not )\bstop (?:taking )?(?:your|the|this|that) (?:medicine|tablets?|pills?|metformin|statin)"
    r"|\byou (?:have|suffer from) (?:a |an )?(?:deficien|lack|neuropath|anaemi|diseas)"
    r"|(?<!not )\btake (?:some |more )?potassium\b"
    r"|\bdouble (?:the|your) dose\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def said(knowledge):
    return [(each, ask_whole(each, knowledge)) for each in answers.questions()]


def ask_whole(question, knowledge):
    return ask(knowledge, question["text"], [question["after"]] if question["after"] else [])


def test_what_must_be_said_is_said(knowledge):
    assert answers.share(answers.judged(knowledge)) >= 0.92


def test_what_must_not_be_said_is_not(said):
    assert not [
        (question["id"], match[0])
        for question, asked in said
        if (match := NEVER.search(asked.reply))
    ]


def test_potassium_is_never_offered_for_weak_legs_or_cramps(said):
    for question, asked in said:
        asks_for_it = "potassium" in question["nutrients"] or "potas" in question["text"].lower()
        if asked.intent == "which_nutrient" and not asks_for_it:
            # A food that holds it may lead to more of such foods; a nutrient to take it is not.
            assert "Potassium" not in asked.buttons, question["id"]
            assert not re.search(r"potassium (?:can|may|will) help", asked.reply), question["id"]


def test_every_question_gets_words(said):
    assert all(asked.reply.strip() for _, asked in said)


def test_an_unclear_danger_is_asked_about_and_the_answer_follows(knowledge):
    asked = ask(knowledge, "I cannot feel my legs. How much potassium is right for a woman of 70?")
    assert asked.screening.action.value == "ask"
    assert asked.reply.startswith("If this is happening now")
    assert "If none of that is so:" in asked.reply
    assert "For a woman of 70: 2,600 mg a day." in asked.reply
    assert asked.buttons[:2] == ("Yes, or not sure", "No")


def test_foods_high_in_potassium_are_no_danger(knowledge):
    asked = ask(knowledge, "high potassium foods")
    assert asked.screening.action.value == "none"
    assert "These hold a lot in one serving" in asked.reply
