"""What people type is understood: typos, persons, values, several nutrients, follow-ups, junk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.files import DATA
from content.loading_nutrients import load_nutrients
from tgbot.domain.questions import Context, Intent, PersonHint, understand
from tgbot.domain.questions.units import convert, shown

CATALOGUE = load_nutrients(DATA / "en" / "nutrients")
VITAMIN_D = CATALOGUE.details["vitamin_d"].conversions


def read(text, context=None):
    return understand(text, CATALOGUE, context)


@pytest.mark.parametrize(
    ("text", "intent", "nutrients"),
    [
        ("What does vitamin D do?", "role", ["vitamin_d"]),
        ("vit d deficency sighns", "deficiency_signs", ["vitamin_d"]),
        ("vit d foods?", "foods", ["vitamin_d"]),
        ("how much d3 a day", "amount", ["vitamin_d"]),
        ("too much vitamin D", "upper_limit", ["vitamin_d"]),
        ("digoxin & vit d", "interaction", ["vitamin_d"]),
        ("vitamin D blood test", "test", ["vitamin_d"]),
        ("who is at risk for vit d lack", "who_at_risk", ["vitamin_d"]),
        ("are vitamin D tablets safe", "supplement_safety", ["vitamin_d"]),
        ("potasium per day", "amount", ["potassium"]),
        ("magnisium foods", "foods", ["magnesium"]),
        ("how much calcuim and iorn a day", "amount", ["calcium", "iron"]),
        ("folate iron and d in pregnancy amounts", "amount", ["folate", "iron", "vitamin_d"]),
        ("B₁₂ foods", "foods", ["vitamin_b12"]),
        ("\uff56\uff49\uff54\uff41\uff4d\uff49\uff4e\u3000\uff24 foods", "foods", ["vitamin_d"]),
        ("upper limit vitamin k", "upper_limit", ["vitamin_k"]),
        ("vit c e zinc foods", "foods", ["vitamin_c", "vitamin_e", "zinc"]),
        ("is coconut water high in potassium", "foods", ["potassium"]),
        ("are water tablets lowering my potassium", "interaction", ["potassium"]),
        ("crohns, which vitamins may i lack", "which_nutrient", ["vitamin_b12"]),
        ("chair exercises 80", "exercise", []),
        ("remind me take vit d 8am", "reminder", ["vitamin_d"]),
        ("zinc roofing sheet price lagos", "off_topic", []),
        ("hello", "smalltalk", []),
        ("why are my legs weak", "faq", []),
    ],
)
def test_intent_and_nutrients(text, intent, nutrients):
    found = read(text)
    assert (found.intent, list(found.nutrients)) == (Intent(intent), nutrients)


@pytest.mark.parametrize("text", ["vitamin d", "Mg", "b12", "K?", "vit d and zinc"])
def test_a_name_alone_is_not_a_question(text):
    assert not read(text).sure


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("vit d for my wife, 72?", PersonHint(72, "female")),
        ("vit d dose 70 yr", PersonHint(70)),
        ("pregnant 24 how much iron", PersonHint(None, "female", pregnant=True)),
        ("breastfeeding zinc amount?", PersonHint(None, "female", lactating=True)),
        ("boy 9 how much vitamin d", PersonHint(9, "male")),
        ("81 year old man how much protein", PersonHint(81, "male")),
        ("is 1000 iu d enough for me im 45", PersonHint(45)),
        ("vitamin d for a baby 6 months old", PersonHint(0.5)),
        ("how much vitamin d for a man", PersonHint(None, "male")),
        ("vitamin d for a seventy-two year old lady", PersonHint(72, "female")),
        ("vitamin d for a 72-year-old lady", PersonHint(72, "female")),
        ("vitamin d drops for my baby", PersonHint(0)),
        ("im 8 weeks pregnant, how much vitamin d", PersonHint(None, "female", pregnant=True)),
        ("on metformin 11 years, b12?", None),
        ("vitamin d 2000 IU", None),
        ("i take 80 mg of vitamin c", None),
        ("im 19 and trans woman which amount iron do i use", PersonHint(19)),
    ],
)
def test_the_person(text, person):
    assert read(text).person == person


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("vitamin d 2000 IU", [(2000, "IU", "dose")]),
        ("vitamin d 2,000iu a day", [(2000, "IU", "dose")]),
        ("25 mcg is how many iu of d3", [(25, "mcg", "dose")]),
        ("45 nmol/L vitamin d", [(45, "nmol/L", "level")]),
        ("my vit d came 9, units ng/ml", [(9, "ng/mL", "level")]),
        ("vit d result 12", [(12, "", "level")]),
        ("vitamin d for my wife, 72", []),
    ],
)
def test_values(text, values):
    assert [(v.number, v.unit, v.what) for v in read(text).values] == values


@pytest.mark.parametrize(
    ("text", "times", "daily"),
    [
        ("zinc 50mg x2 daily for 6 months", 2, True),
        ("iron 65mg three times a day", 3, True),
        ("vitamin d 25 mcg tablets, i take 5 tablets", 5, True),
        ("vitamin d 25 mcg tablets", 1, True),
        ("vitamin d 60,000 IU weekly", 1, False),
        ("vitamin d 50000 IU every 2 months", 1, False),
    ],
)
def test_how_often_a_dose_is_taken(text, times, daily):
    (value,) = read(text).values
    assert (value.times, value.daily) == (times, daily)


def test_each_level_belongs_to_the_nutrient_beside_it():
    found = read("bloods: vit d 23 nmol/L, ferritin 9, b12 240")
    assert [(v.nutrient, v.number) for v in found.values] == [
        ("vitamin_d", 23),
        ("iron", 9),
        ("vitamin_b12", 240),
    ]


def test_a_follow_up_leans_on_the_question_before():
    first = read("how much vitamin d does a man of 40 need")
    wife = read("and for my wife, 72?", Context.of(first))
    assert (wife.intent, wife.nutrients) == (Intent.amount, ("vitamin_d",))
    assert wife.person == PersonHint(72, "female")
    foods = read("and foods?", Context.of(wife))
    assert (foods.intent, foods.nutrients, foods.person) == (
        Intent.foods,
        ("vitamin_d",),
        PersonHint(72, "female"),
    )
    zinc = read("and zinc?", Context.of(foods))
    assert (zinc.intent, zinc.nutrients, zinc.sure) == (Intent.foods, ("zinc",), True)


def test_a_new_question_does_not_lean():
    context = Context(("vitamin_d",), None, Intent.amount)
    assert read("thanks", context).intent is Intent.smalltalk
    assert read("remind me at 8", context).nutrients == ()
    assert read("which car should i buy for my next holiday trip abroad", context).nutrients == ()


def test_the_context_survives_json():
    for person in (None, PersonHint(72, "female", pregnant=False), PersonHint(0.5)):
        context = Context(("vitamin_d", "zinc"), person, Intent.amount)
        assert Context.from_json(context.to_json()) == context
    for junk in ("", "{}", "[]", '{"nutrients": 3}', "null"):
        with pytest.raises(ValueError, match=r"."):
            Context.from_json(junk)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "?",
        "x" * 4096,
        "vitamin d " * 410,
        "9" * 4096,
        "a" * 1_000_000,
        "1." * 500_000,
        "<b>vitamin d</b> & <script>alert(1)</script>",
        "def f(x): return x['iron']",
        "كم أحتاج من فيتامين",
        "ビタミン",
        "витамин д сколько",
        "🦵🦵🦵",
        "\x00\ud800",
    ],
)
def test_any_text_is_understood_as_something(text):
    assert read(text, Context(("vitamin_d",), None, Intent.amount)).intent in Intent
    assert read(text).intent in Intent


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text):
    assert read(text).intent in Intent


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 1e6))
def test_conversions_round_trip(number):
    for one, other in (("mcg", "IU"), ("mg", "IU"), ("ng/mL", "nmol/L"), ("mg", "mcg")):
        there = convert(number, one, other, VITAMIN_D)
        assert there is not None
        assert convert(there, other, one, VITAMIN_D) == pytest.approx(number)


def test_conversions_that_do_not_exist():
    assert convert(1, "mcg", "IU", ()) is None
    assert convert(1, "mcg", "nmol/L", VITAMIN_D) is None


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (4000, "IU", "4,000 IU"),
        (0.9, "mg", "0.9 mg"),
        (14.2, "mcg", "14.2 mcg"),
        (786.8, "IU", "787 IU"),
        (100, "mcg", "100 mcg"),
        (3.7, "L", "3.7 L"),
    ],
)
def test_amounts_are_shown_plainly(number, unit, text):
    assert shown(number, unit) == text


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("vit e for a three year old", 3, None),
        ("my child is 6 how much of calcium", 6, None),
        ("am 67 on lansoprazole and veggie, chance of b12 lack?", 67, None),
        ("magnesium for me 24 guy gym", 24, "male"),
    ],
)
def test_ages_as_they_are_written(text, age, sex):
    person = read(text).person
    assert (person.age, person.sex) == (age, sex)


def test_she_is_whoever_was_talked_about_and_a_named_person_is_new():
    earlier = Context.of(read("my sister is pregnant and wants 50 mg vitamin b6"))
    assert understand("is it safe for her", CATALOGUE, earlier).person.pregnant
    assert not understand("and for my brother?", CATALOGUE, earlier).person.pregnant
