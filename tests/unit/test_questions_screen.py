"""However much is asked at once, an answer fills one screen and keeps number, safety line and source."""

import re
from itertools import product

import pytest

from content.loader import load
from tgbot.domain.asides import room_under, with_aside
from tgbot.domain.questions import Intent, PersonHint, Question, answer
from tgbot.domain.questions.figures import safety
from tgbot.domain.questions.intakes import authority_of
from tgbot.domain.questions.question import Value
from tgbot.domain.questions.units import shown
from tgbot.domain.rendering import without_markup
from tgbot.services.asking import ask
from tgbot.services.knowledge import Knowledge

CATALOGUE = load("en")
NUTRIENTS, MESSAGES = CATALOGUE.nutrients, CATALOGUE.messages
SCREENFUL = 900
FACETS = [Intent(each) for each in NUTRIENTS.details["zinc"].facets]
PEOPLE = [
    None,
    PersonHint(0.7),
    PersonHint(3),
    PersonHint(16, "female", pregnant=True),
    PersonHint(30, "female", pregnant=True),
    PersonHint(30, "female", lactating=True),
    PersonHint(45, "male"),
    PersonHint(82, "female"),
]
URGENT = "Call your emergency number"
ASIDE = "If this is happening to you now, call your emergency number."


def too_high(nutrient):
    return Value(99_999, NUTRIENTS.details[nutrient].unit.removesuffix("/kg"), "dose", nutrient)


def lowest(nutrient):
    """A blood result in the lowest band of the table; None where the table has no test."""
    rows = [row for row in NUTRIENTS.labs if row.nutrient == nutrient]
    return Value(rows[0].low + 0.001, rows[0].unit, "level", nutrient) if rows else None


def values_of(nutrient):
    level = lowest(nutrient)
    yield ()
    yield (too_high(nutrient),)
    if level:
        yield (level,)
        yield (too_high(nutrient), level)


@pytest.mark.parametrize("nutrient", sorted(NUTRIENTS.details))
@pytest.mark.parametrize("country", ["US", "GB", "DE"])
def test_every_answer_fits_and_keeps_what_matters(nutrient, country):
    detail, authority = NUTRIENTS.details[nutrient], authority_of(NUTRIENTS, country)
    for facet, who, values in product(FACETS, PEOPLE, values_of(nutrient)):
        found = answer(Question(facet, (nutrient,), who, values), NUTRIENTS, MESSAGES, country)
        text = without_markup(found.text)
        assert len(text) <= SCREENFUL, text
        assert re.search(r"Source: .*\d{4}$", text), text
        assert found.sources
        if URGENT not in text or detail.safety.says in text:
            line = safety(detail, who, authority, NUTRIENTS, MESSAGES)
            assert without_markup(line.html) in text
            for value in values:
                assert shown(value.number, value.unit) in text, text
        else:
            # Help now is the safety line then, and the result that calls for it stands there too.
            level = lowest(nutrient)
            assert level in values
            assert shown(level.number, level.unit) in text


@pytest.mark.parametrize("nutrient", sorted(NUTRIENTS.details))
def test_a_line_about_danger_above_takes_its_room(nutrient):
    for facet, values in product(FACETS, values_of(nutrient)):
        question = Question(facet, (nutrient,), None, values)
        found = answer(question, NUTRIENTS, MESSAGES, "US", room_under(ASIDE))
        assert len(without_markup(with_aside(found.text, ASIDE))) <= SCREENFUL


@pytest.mark.parametrize(
    "text",
    [
        "vitamin d 5000 iu and my legs went numb suddenly, is it safe",
        "potassium 6.1 mmol/L and I feel weak",
        "water with heart failure",
        "b6 200 mg a day and now my legs do not work",
    ],
)
def test_an_alarm_and_the_answer_below_it_fill_one_screen(text):
    assert len(ask(Knowledge.read(), text, (), "GB").reply) <= SCREENFUL


def test_a_dose_too_high_is_not_soothed():
    dose = Value(50_000, "IU", "dose", "vitamin_d")
    question = Question(Intent.supplement_safety, ("vitamin_d",), None, (dose,))
    text = answer(question, NUTRIENTS, MESSAGES, "US").text
    assert "safe for most people" not in text
    assert "too much calcium into the blood" in text


def test_with_a_sick_heart_the_limit_on_drink_comes_before_the_litres():
    for sure in (True, False):
        question = Question(Intent.amount, ("total_water",), sure=sure)
        text = answer(question, NUTRIENTS, MESSAGES, "US").text
        assert text.index("keep to what your doctor told you") < text.index("3.7 L")
