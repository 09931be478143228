"""Foods: by nutrient and diet, one food's card, two compared, what is not in the table admitted."""

import pytest

from content.loader import load
from tgbot.domain.questions import Intent, PersonHint, Question, answer, understand
from tgbot.domain.questions.meals import rows_of
from tgbot.domain.rendering import without_markup

CATALOGUE = load("en")
NUTRIENTS, MESSAGES = CATALOGUE.nutrients, CATALOGUE.messages


def said(question, country="US"):
    return without_markup(answer(question, NUTRIENTS, MESSAGES, country).text)


def ask(text):
    return said(understand(text, NUTRIENTS, None))


def lines(text):
    return [line for line in text.splitlines() if line.startswith("•")]


@pytest.mark.parametrize("diet", ["vegan", "vegetarian", "halal", "fish", "meat"])
@pytest.mark.parametrize("nutrient", sorted(NUTRIENTS.details))
def test_a_diet_lists_only_what_it_allows(nutrient, diet):
    allowed = {
        "vegan": lambda row: row.diet == "vegan",
        "vegetarian": lambda row: row.diet in {"vegan", "vegetarian"},
        "halal": lambda row: row.halal == "yes",
        "fish": lambda row: row.diet in {"fish", "shellfish"},
        "meat": lambda row: row.diet == "meat",
    }[diet]
    names = {row.food for row in NUTRIENTS.foods if row.nutrient == nutrient and allowed(row)}
    text = said(Question(Intent.foods, (nutrient,), diet=diet))
    if not names:
        assert "no row that fits" in text
    for line in lines(text):
        assert any(line.startswith(f"• {name}, ") for name in names), line


def test_each_food_says_its_share_of_the_persons_day():
    text = said(Question(Intent.foods, ("iron",), PersonHint(30, "male")))
    assert "with the share of a day's 8 mg (for a man of 30)" in text
    assert "8.4 mg, 105%" in text
    text = said(Question(Intent.foods, ("iron",), PersonHint(30, "female", pregnant=True)))
    assert "8.4 mg, 31%" in text


def test_where_two_amounts_may_apply_the_share_is_of_the_higher():
    assert "a day's 18 mg (for an adult, the highest need)" in said(
        Question(Intent.foods, ("iron",))
    )


def test_potassium_salt_and_phosphorus_are_not_called_good_sources():
    for nutrient in ("potassium", "sodium", "phosphorus"):
        assert "Good sources" not in said(Question(Intent.foods, (nutrient,)))


def test_a_foods_card_says_serving_hundred_grams_and_share():
    text = said(Question(Intent.which_nutrient, (), foods=("spinach",)))
    assert text.startswith("Spinach, boiled, one serving (1/2 cup 90 g):")
    assert "• iron: 3.21 mg, 18% (3.57 mg in 100 g)" in text
    assert "I also have: Spinach, raw" in text
    assert "Source: USDA" in text


def test_a_card_leads_to_more_foods():
    found = answer(
        Question(Intent.which_nutrient, (), foods=("spinach",)), NUTRIENTS, MESSAGES, "US"
    )
    assert found.buttons[0][0].action[0] == "foods"


def test_two_foods_are_compared_nutrient_by_nutrient():
    text = said(Question(Intent.which_nutrient, (), foods=("banana", "potato")))
    assert "• potassium: 422.4 mg or 925.5 mg. More in: Baked potato with skin" in text


def test_two_foods_are_compared_for_one_nutrient():
    text = said(Question(Intent.foods, ("potassium",), foods=("bananas", "avocado")))
    assert text.split("\n\n")[1].startswith("Avocado holds the most potassium of these.")
    assert "Banana, 1 medium 118 g: 422.4 mg, 12%" in text


def test_a_food_without_a_row_is_admitted_and_no_number_made_up():
    text = said(Question(Intent.foods, ("protein",), foods=("quark",)))
    assert "I do not know how much protein is in this: quark." in text
    text = said(Question(Intent.which_nutrient, (), foods=("nutella",)))
    assert text.startswith("I do not know what is in this: nutella.")


def test_of_two_foods_the_unknown_one_is_admitted():
    text = said(Question(Intent.foods, ("calcium",), foods=("spinach", "kale")))
    assert "holds the most" not in text
    assert "Spinach, boiled" in text
    assert "I do not know how much calcium is in this: kale." in text


@pytest.mark.parametrize(
    ("word", "food"),
    [
        ("banana", "Banana"),
        ("bananas", "Banana"),
        ("potatoes", "Baked potato with skin"),
        ("strawberries", "Strawberries"),
        ("oysters", "Oysters, eastern, steamed"),
        ("hummus", "Hummus"),
        ("dal", "Lentils (dal), boiled"),
    ],
)
def test_one_or_many_of_a_food_is_the_same(word, food):
    assert food in {row.food for row in rows_of(word, NUTRIENTS)}


def test_a_word_is_not_found_inside_another():
    assert not rows_of("ham", NUTRIENTS)
    assert not rows_of("ice", NUTRIENTS)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("vegan iron foods", "Good sources in one serving (vegan)"),
        ("which has more potassium, banana or avocado", "Avocado holds the most potassium"),
    ],
)
def test_as_people_write_it(text, part):
    assert part in ask(text)


@pytest.mark.parametrize(
    ("text", "nutrient"),
    [
        ("low potassium foods", "potassium"),
        ("what fruit is low in potassium", "potassium"),
        ("low salt foods", "sodium"),
        ("low sodium diet foods", "sodium"),
        ("what foods are low in phosphorus", "phosphorus"),
        ("low phosphate foods for kidney", "phosphorus"),
        ("my potassium is high what can i eat", "potassium"),
    ],
)
def test_foods_low_in_it_are_low_in_it(text, nutrient):
    listed = lines(ask(text))
    edge = NUTRIENTS.details[nutrient].low_below.value
    held = {
        f"• {row.food}, {row.serving}": row.per_serving
        for row in NUTRIENTS.foods
        if row.nutrient == nutrient
    }
    assert len(listed) >= 5
    assert all(held[line.rpartition(": ")[0]] <= edge for line in listed)


@pytest.mark.parametrize(
    "text", ["foods for low potassium", "i have low sodium what foods", "high potassium foods"]
)
def test_a_lack_is_no_wish_for_foods_that_are_low(text):
    assert "hold little" not in ask(text)


@pytest.mark.parametrize(
    ("name", "food"),
    [
        ("palak", "Spinach"),
        ("bhindi", "Okra"),
        ("sukuma wiki", "Collard greens"),
        ("camote", "Sweet potato"),
        ("moong", "Mung beans"),
        ("gungo peas", "Pigeon peas"),
        ("callaloo", "Amaranth leaves"),
        ("garbanzos", "Chickpeas"),
        ("bok choy", "Pak choi"),
        ("aguacate", "Avocado"),
    ],
)
def test_a_food_is_known_by_its_name_in_other_kitchens(name, food):
    assert ask(f"what is in {name}").startswith(food)


def test_someone_who_carries_a_baby_is_offered_no_liver():
    text = said(Question(Intent.foods, ("iron",), PersonHint(30, "female", pregnant=True)))
    assert not any("liver" in line.lower() for line in lines(text))
    assert "do not eat liver" in text
    assert "NHS, 2023" in text
    text = said(Question(Intent.foods, ("calcium",), PersonHint(30, "female", pregnant=True)))
    assert "liver" not in text
