"""Doses: each and all together, as the mineral and not its salt, against a limit that says what it counts."""

import pytest

from content.loader import load
from tgbot.domain.questions import Intent, PersonHint, Question, answer, understand
from tgbot.domain.questions.question import Value
from tgbot.domain.rendering import without_markup

CATALOGUE = load("en")
NUTRIENTS, MESSAGES = CATALOGUE.nutrients, CATALOGUE.messages


def ask(text, country="US"):
    found = answer(understand(text, NUTRIENTS, None), NUTRIENTS, MESSAGES, country)
    return without_markup(found.text)


def said(question, country="US"):
    return without_markup(answer(question, NUTRIENTS, MESSAGES, country).text)


@pytest.mark.parametrize(
    ("nutrient", "country", "limit"),
    [
        ("vitamin_b6", "GB", "10 mg from tablets"),
        ("zinc", "GB", "25 mg from tablets"),
        ("vitamin_e", "GB", "540 mg from tablets"),
        ("magnesium", "US", "350 mg from tablets"),
        ("magnesium", "DE", "250 mg from tablets"),
        ("folate", "US", "1,000 mcg of folic acid"),
        ("vitamin_b6", "DE", "12 mg a day from all sources"),
        ("zinc", "US", "40 mg a day from all sources"),
        ("vitamin_e", "DE", "300 mg a day from all sources"),
    ],
)
def test_a_limit_says_what_it_counts(nutrient, country, limit):
    text = said(Question(Intent.upper_limit, (nutrient,)), country)
    assert limit in text
    assert ("from all sources" in text) == ("from all sources" in limit)


def test_the_limit_of_another_country_says_so_too():
    text = said(Question(Intent.upper_limit, ("vitamin_b6",)), "US")
    assert "in the UK 10 mg from tablets" in text
    dose = Value(30, "mg", "dose", "zinc")
    text = said(Question(Intent.upper_limit, ("zinc",), None, (dose,)), "GB")
    assert "30 mg taken each day is above the upper limit of 25 mg from tablets" in text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "I take 1000 IU and another 4000 IU of vitamin D",
            ["1,000 IU + 4,000 IU", "125 mcg (5,000 IU) taken each day is above", "under it;"],
        ),
        (
            "zinc 15 mg in my multivitamin and zinc 30 mg lozenge",
            ["15 mg + 30 mg", "45 mg taken each day is above the upper limit of 40 mg"],
        ),
        (
            "calcium 500 mg in the morning and 500 mg at night",
            ["500 mg + 500 mg", "1,000 mg taken each day is under"],
        ),
        (
            "my multivitamin has 60 mcg vitamin D and my calcium tablet has 50 mcg vitamin d",
            ["60 mcg + 50 mcg", "110 mcg (4,400 IU) taken each day is above"],
        ),
        ("calcium 500 mg three times a day", ["1,500 mg taken each day is under"]),
    ],
)
def test_several_doses_are_judged_together_and_alone(text, parts):
    found = ask(text)
    assert all(part in found for part in parts), found


def test_a_weekly_dose_is_not_added_to_a_daily_one():
    doses = (
        Value(50_000, "IU", "dose", "vitamin_d", daily=False),
        Value(1_000, "IU", "dose", "vitamin_d"),
    )
    text = said(Question(Intent.upper_limit, ("vitamin_d",), None, doses))
    assert "only judge a dose per day" in text
    assert "1,000 IU (25 mcg) taken each day is under" in text
    assert "add them up" not in text


@pytest.mark.parametrize(
    ("text", "held", "judged"),
    [
        ("ferrous sulfate 325 mg", "about 65 mg of iron", "65 mg taken each day is above"),
        ("ferrous sulphate 200 mg", "about 65 mg of iron", "65 mg taken each day is above"),
        ("ferrous fumarate 210 mg", "about 68 mg of iron", "68 mg taken each day is above"),
        ("ferrous fumarate 322 mg", "about 106 mg of iron", "106 mg taken each day is above"),
        ("ferrous gluconate 300 mg", "about 35 mg of iron", "35 mg taken each day is under"),
        ("calcium carbonate 1250 mg", "about 500 mg of calcium", "500 mg taken each day is under"),
        ("magnesium oxide 400 mg", "about 240 mg of magnesium", "240 mg taken each day is under"),
        ("potassium chloride 600 mg", "about 313 mg of potassium", "313 mg a day is safe"),
        ("2 tablets of ferrous fumarate 210 mg a day", "about 68 mg of iron", "136 mg taken"),
    ],
)
def test_the_name_of_a_tablet_is_not_the_amount_of_the_mineral(text, held, judged):
    found = ask(text)
    assert "The name of a tablet is not the amount" in found
    assert held in found
    assert judged in found


def test_an_unknown_strength_is_judged_as_written_and_its_label_asked_for():
    found = ask("magnesium oxide 500 mg")
    assert "If 500 mg is the weight of the magnesium oxide, it holds about 300 mg" in found
    assert "500 mg taken each day is above" in found


def test_what_the_tablet_holds_is_no_second_dose():
    iron = [Value(mg, "mg", "dose", "iron", salt="ferrous gluconate") for mg in (300, 35)]
    found = said(Question(Intent.upper_limit, ("iron",), None, tuple(iron)))
    assert "35 mg taken each day is under" in found
    assert "add them up" not in found


def test_the_mineral_named_as_such_is_no_salt():
    assert "is not the amount" not in ask("magnesium oxide 400 mg elemental")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("zinc 50", ["50 of which unit?", "50 mg a day would be too much"]),
        (
            "vitamin d 3000",
            ["mcg / IU", "3,000 mcg a day would be too much", "3,000 IU a day would"],
        ),
        ("calcium 500 three times a day", ["500 of which unit?", "1,500 mg a day would be under"]),
        ("magnesium 350", ["350 mg a day would be just at the upper limit"]),
    ],
)
def test_a_lone_number_is_asked_back_and_not_guessed(text, parts):
    found = ask(text)
    assert all(part in found for part in parts), found
    assert "taken each day" not in found


@pytest.mark.parametrize("text", ["b12", "vitamin b 12", "omega 3", "vitamin d for 72"])
def test_a_number_in_a_name_or_an_age_is_no_dose(text):
    assert understand(text, NUTRIENTS, None).values == ()


def test_fifty_bananas_are_too_much_and_two_are_not():
    assert "50 servings a day is too much" in ask("50 bananas a day")
    assert "21,122 mg of potassium" in ask("50 bananas a day")
    assert "Bad kidneys" in ask("50 bananas a day")
    assert "too much" not in ask("2 bananas a day")


def test_doses_of_two_minerals_are_both_judged_though_it_is_unclear_what_is_asked():
    doses = (Value(3000, "mg", "dose", "calcium"), Value(50, "mg", "dose", "zinc"))
    found = said(Question(Intent.role, ("calcium", "zinc"), None, doses, sure=False))
    assert "3,000 mg taken each day is above" in found
    assert "50 mg taken each day is above" in found


def test_a_child_gets_no_advice_for_grown_ups():
    who = PersonHint(3, "male")
    found = said(Question(Intent.supplement_safety, ("iron",), who))
    assert "before you give a child" in found
    assert "second day" not in found
