"""How people write numbers, ages and signs of a lack: each class by a few wordings of its own."""

import pytest

from content.loader import load
from tgbot.domain.questions import Context, Intent, understand

NUTRIENTS = load("en").nutrients


def read(text, after=None):
    context = Context.of(understand(after, NUTRIENTS, None)) if after else None
    return understand(text, NUTRIENTS, context)


def values(text, after=None):
    return [(value.number, value.unit, value.what) for value in read(text, after).values]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is five thousand units of vit d a lot", [(5000, "IU", "dose")]),
        ("vitamin d 10 000 iu daily ok?", [(10000, "IU", "dose")]),
        ("calcium 2x500mg safe", [(500, "mg", "dose")]),
        ("is 400-600 mg magnesium ok", [(400, "mg", "dose"), (600, "mg", "dose")]),
        ("haemoglobin 9,2 g/dl", [(9.2, "g/dL", "level")]),
        ("potassium five point eight", [(5.8, "", "level")]),
        ("mum takes one 20,000 iu capsule of vitamin d", [(20000, "IU", "dose")]),
        ("vit d 21 is that low", [(21, "", "level")]),
        ("zinc 50 for colds?", [(50, "", "dose")]),
        ("magnesium 400 before bed", [(400, "", "dose")]),
        ("ferritin 9", [(9, "", "level")]),
        ("b12 was 1800", [(1800, "", "level")]),
        ("copper 4.2 umol/l zinc 31", [(4.2, "umol/L", "level"), (31, "", "level")]),
        ("swallowed 12 iron tablets", [(12, "", "count")]),
        ("5 bananas daily, too much potassium?", []),
        ("my mother has ckd stage 4, magnesium ok?", []),
        ("wake me at 6.45 for my iron pill", []),
        ("expired 2021 folic acid", []),
    ],
)
def test_numbers_are_read_as_people_write_them(text, found):
    assert values(text) == found


def test_a_bare_number_after_a_question_about_a_test_is_a_level():
    assert values("it says 19", "can you explain my ferritin result") == [(19, "", "level")]


def test_is_it_safe_is_about_the_dose_told_before():
    assert values("is it safe long term", "b6 50 mg for nerve pain") == [(50, "mg", "dose")]
    assert values("which foods have it", "b6 50 mg for nerve pain") == []


@pytest.mark.parametrize(
    ("text", "age", "sex", "pregnant"),
    [
        ("phosphorus for a 16 yr boy", 16, "male", False),
        ("iron for my son he's four", 4, "male", False),
        ("calcium, uncle in his sixties", 60, "male", False),
        ("32 weeks and my calves jump, magnesium?", None, "female", True),
        (
            "my father is 80, since the hospital (hip, 5 weeks) he is weak, what protein",
            80,
            "male",
            False,
        ),
        ("new knee, 8 weeks now, how much vitamin d for a man of 60", 60, "male", False),
        ("im 77, my daughter says take b12", 77, None, False),
        ("iron drops for girl of 10 months", 10 / 12, "female", False),
    ],
)
def test_persons_are_read_as_people_tell_them(text, age, sex, pregnant):
    person = read(text).person
    assert (person.age, person.sex, person.pregnant) == (age, sex, pregnant)


@pytest.mark.parametrize(
    "text", ["tingling in both feet, no meat for 8 years", "crohns 12 years, low zinc?"]
)
def test_how_long_something_lasts_is_no_age(text):
    person = read(text).person
    assert person is None or person.age is None


def test_and_another_nutrient_is_for_the_person_told_before():
    person = read("and magnesium", "how much calcium for a man of 64").person
    assert (person.age, person.sex) == (64, "male")


@pytest.mark.parametrize(
    ("text", "nutrients"),
    [
        ("which vitamin is low if i chew ice all day", {"iron"}),
        ("pins and needles round my lips and fingers, what am i lacking", {"calcium"}),
        ("numb toes and strict vegan, which vitamin", {"vitamin_b12"}),
        ("what will i lack after sleeve surgery",
         {"vitamin_b12", "iron", "vitamin_b1", "copper", "vitamin_d", "calcium"}),
        ("which vitamin helps iron get absorbed", {"vitamin_c"}),
        ("are vitamins D any good as gummies", {"vitamin_d"}),
        ("5 g of vitamin c powder in water", {"vitamin_c"}),
    ],
)  # fmt: skip
def test_what_is_meant_is_found_where_no_name_or_another_one_stands(text, nutrients):
    assert set(read(text).nutrients) == nutrients


@pytest.mark.parametrize(
    "text",
    ["the dishwasher needs salt", "copper beech hedge", "my chair leg wobbles", "iron man 3 cast"],
)
def test_what_only_looks_like_a_nutrient_is_off_topic(text):
    assert read(text).intent is Intent.off_topic
    assert read(text).nutrients == ()


def test_a_context_with_doses_comes_back_as_it_was_written():
    context = Context.of(read("b6 50 mg daily"))
    assert context.doses
    assert Context.from_json(context.to_json()) == context
    assert Context.from_json('{"nutrients":["zinc"],"person":null,"intent":null}').doses == ()
