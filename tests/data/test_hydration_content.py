"""The drink content: what its check finds, and that every rule of the source is there."""

from dataclasses import replace
from datetime import time

import pytest

from content.checks.hydration import problems
from content.loader import load

CATALOGUE = load()
CONTENT = CATALOGUE.hydration


def found(content, sentences=None):
    return "\n".join(problems(content, sentences or {}))


def test_nothing_is_wrong():
    assert found(CONTENT, CATALOGUE.messages.texts) == ""


def test_everyone_who_must_not_drink_more_is_asked_for():
    kinds = {question.id: question.leads_to for question in CONTENT.questions}
    assert kinds == {
        "swelling_now": "today",
        "fluid_limit": "never",
        "heart_failure": "never",
        "dialysis_kidney": "never",
        "low_sodium": "never",
        "liver_fluid": "never",
        "swallow": "never",
        "doctor_first": "doctor",
    }
    words = " ".join(CONTENT.question("doctor_first").any_of)
    assert all(name in words for name in ("water tablets", "lithium", "desmopressin", "kidneys"))


@pytest.mark.parametrize("phrase", CONTENT.never_say)
def test_what_must_never_be_said_is_found_in_any_sentence(phrase):
    wrong = found(CONTENT, {"x.y": f"Well, <b>{phrase.capitalize()}</b>!"})
    assert "x.y: says" in wrong


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amounts": replace(CONTENT.amounts, most_ml=2600)}, "the most is above 2000"),
        ({"amounts": replace(CONTENT.amounts, man_ml=2200)}, "man_ml is above the most"),
        ({"rhythm": replace(CONTENT.rhythm, usual=(time(22),))}, "is in the quiet hours"),
        ({"rhythm": replace(CONTENT.rhythm, usual=())}, "none, too many"),
        ({"dry": replace(CONTENT.dry, sources=())}, "it has no source"),
        ({"dry": replace(CONTENT.dry, sources=("X",))}, "the source X is not listed"),
        ({"questions": CONTENT.questions[1:]}, "a kind of answer is never reached"),
        ({"questions": CONTENT.questions[::-1]}, "is not asked first"),
        ({"never_say": ()}, "nothing is listed"),
    ],
)
def test_a_wrong_row_is_found(change, sentence):
    assert sentence in found(replace(CONTENT, **change))
