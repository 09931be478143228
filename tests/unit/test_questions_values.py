"""Numbers a dietitian would not confuse: units of blood, other tests, limits met, the child's age."""

import pytest

from content.loader import load
from tgbot.domain.questions import Context, answer, understand
from tgbot.domain.rendering import without_markup

CATALOGUE = load("en")
NUTRIENTS, MESSAGES = CATALOGUE.nutrients, CATALOGUE.messages
URGENT = "Call your emergency number"


def said(text, country="US", after=None):
    context = Context.of(understand(after, NUTRIENTS, None)) if after else None
    found = answer(understand(text, NUTRIENTS, context), NUTRIENTS, MESSAGES, country)
    return without_markup(found.text)


def values(text):
    return [
        (value.number, value.unit, value.what) for value in understand(text, NUTRIENTS, None).values
    ]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("zinc level 160 mcg/dl", 160, "mcg/dL"),
        ("zinc 60 ug/dL", 60, "mcg/dL"),
        ("zinc 60 µg / dL", 60, "mcg/dL"),
        ("copper 70 mcg per dL", 70, "mcg/dL"),
        ("vitamin e level 12 mg/L", 12, "mg/L"),
        ("magnesium 1.0 mEq/L", 1, "mEq/L"),
        ("My sodium is 121", 121, ""),
        ("my potassium is 3.1", 3.1, ""),
        ("active B12 45 pmol/L", 45, "pmol/L"),
    ],
)
def test_a_blood_level_is_never_read_as_a_dose(text, number, unit):
    assert values(text) == [(number, unit, "level")]
    assert "taken each day" not in said(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("zinc level 160 mcg/dl", "160 mcg/dL: above the usual band"),
        ("zinc 60 ug/dL", "60 mcg/dL: low"),
        ("copper 70 mcg/dL", "(11.02 umol/L): in the usual band"),
        ("magnesium 1.0 mEq/L", "1 mEq/L (0.5 mmol/L): low"),
        ("magnesium 2.4 mEq/L", "(1.2 mmol/L): above the usual band"),
        ("calcium 4.8 mEq/L", "(2.4 mmol/L): in the usual range"),
        ("Potassium 5.8 mEq/L", "(5.8 mmol/L): high"),
        ("active B12 20 pmol/L", "20 pmol/L: low"),
        ("active B12 45 pmol/L", "45 pmol/L: in the unsure band"),
        ("holotranscobalamin 90 pmol/l", "90 pmol/L: enough"),
        ("my active b12 is 30", "30 pmol/L: in the unsure band"),
        ("b12 150 pmol/L", "150 pmol/L (203.3 pg/mL): in the unsure band"),
    ],
)
def test_a_level_is_judged_in_its_own_unit_and_by_its_own_test(text, part):
    assert part in said(text)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("ferritin 150 with CRP 80", "80 mcg/L", "150 mcg/L: not low"),
        ("ferritin 400 crp 60", "60 mcg/L", "400 mcg/L: high"),
        ("my CRP is 90 and ferritin 30 is iron low?", "90 mcg/L", "30 mcg/L: perhaps low"),
        ("CRP 45 mg/L iron", "taken each day", "no range"),
        ("hb 10.5", "mcg/L: low", "no range"),
        ("serum iron 40 mcg/dL", "taken each day", "no range"),
        ("ionised calcium 1.2 mmol/L", "1.2 mmol/L:", "no range"),
        ("red cell folate 400 nmol/L", "400 nmol/L:", "no range"),
        ("calcium 9.5 mmol/L", "high", "no range"),
    ],
)
def test_another_test_is_not_taken_for_the_one_in_the_table(text, wrong, right):
    assert wrong not in said(text)
    assert right in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "calcium 3.6 mmol/L",
        "calcium 1.7 mmol/l",
        "my calcium is 1.8",
        "magnesium 0.3 mmol/L",
        "magnesium 2.2 mmol/L",
        "phosphate 0.3",
        "sodium 121",
    ],
)
def test_a_dangerous_level_says_so_first(text):
    assert URGENT in said(text)


def test_the_word_that_warns_comes_before_the_one_that_calms():
    for text in ("vitamin d 150 ng/mL", "25 OH vitamin D 250 nmol/L"):
        assert said(text).index("high, and this can do harm") < said(text).index("enough")


@pytest.mark.parametrize("text", ["I take 4000 iu vit d", "vitamin c 2 g", "b6 100 mg a day"])
def test_a_dose_that_meets_the_limit_is_not_called_under_it(text):
    assert "under the upper limit" not in said(text)
    assert "just at the upper limit" in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vitamin D 2.000 IU", [(2000, "IU", "dose")]),
        ("vitamin d 10.000 UI", [(10000, "IU", "dose")]),
        ("vitamin d 0.025 mg", [(0.025, "mg", "dose")]),
        ("omega 3 5g a day", [(5, "g", "dose")]),
        ("iron in beef liver per 100g", []),
    ],
)
def test_figures_are_read_as_they_are_meant(text, expected):
    assert values(text) == expected


def test_a_dose_in_a_unit_that_cannot_be_judged_is_not_passed_over():
    assert "I cannot judge 400 IU" in said("vitamin e 400 iu")
    assert "such as mg" in said("vitamin e 400 iu")


@pytest.mark.parametrize(
    "text",
    ["vitamin d 4000 iu for my child", "iron for toddler", "how much zinc do kids need"],
)
def test_a_child_of_no_age_is_not_given_the_figures_of_an_adult(text):
    assert "How old is the child" in said(text)
    assert "upper limit" not in said(text)
    assert "• men" not in said(text)


def test_the_age_of_the_child_brings_the_figure():
    assert "15 mcg" in said("he is 4", after="how much vitamin d for my child")


def test_liver_is_not_for_pregnancy():
    for text in ("is liver safe in pregnancy", "iron foods, pregnant", "liver for iron pregnant"):
        assert "do not eat liver" in said(text)
    assert "do not eat liver" not in said("iron foods")


def test_of_many_vitamins_in_a_tablet_the_one_with_a_dose_is_judged():
    assert "100 mg taken each day" in said("b complex with 100mg b6")


def test_what_two_minerals_do_to_each_other_comes_before_the_medicines():
    assert "calcium get in the way of iron" in said("can i take iron and calcium together")
    assert "in the way of iron" in said("coffee and iron")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("sertraline and sodium", "Mood tablets such as sertraline"),
        ("citalopram and magnesium", "nothing checked about that medicine"),
        ("bisoprolol and potassium", "nothing checked about that medicine"),
        ("semaglutide and b12", "nothing checked about that medicine"),
    ],
)
def test_a_medicine_is_answered_or_it_is_said_that_nothing_is_known(text, part):
    assert part in said(text)
    assert "Lithium" not in said(text)


def test_units_to_choose_from_read_as_a_sentence():
    assert "Is it nmol/L or ng/mL?" in said("vit d level 30")
    assert ",." not in said("b6 level 150 nmol/L")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("take 1 tablet of 20 mcg vit d twice a day", "40 mcg (1,600 IU) taken each day"),
        ("2 tablets of zinc 15 mg 3 times a day", "90 mg taken each day"),
        ("vitamin d 300,000 IU injection every year", "can only judge a dose per day"),
        ("potassium of 6", URGENT),
        ("my potassium is 7", URGENT),
        ("ferritin 1500", "1,500 mcg/L: high"),
        ("iron level 40", "no range for this test: iron"),
        ("egfr 25 and magnesium", "this test: eGFR"),
        ("calcium 3.1 mmol/L", "call your doctor today"),
        ("my child swallowed vitamin d gummies", "Call your emergency number now"),
        ("vitamin d for my baby", "For a new baby: 10 mcg"),
    ],
)
def test_what_a_pharmacist_would_not_miss(text, part):
    assert part in said(text)


def test_an_amount_in_mmol_a_day_is_no_level():
    assert values("potassium 40 mmol a day") == []


def test_asking_if_that_is_bad_stays_with_the_nutrient():
    assert "Sodium" in said("is that bad", after="my sodium is 121")
