"""The number in an answer is the table's, for each person, country and nutrient that has content."""

import re
from html.parser import HTMLParser

import pytest

from content.files import DATA, read_yaml
from content.loading_nutrients import load_nutrients
from content.schema.messages import Messages
from content.schema.nutrients import FACETS
from tgbot.domain.callback_data import encode
from tgbot.domain.questions import Intent, PersonHint, Question, answer, facet_answer, understand
from tgbot.domain.questions.figures import amount_shown
from tgbot.domain.questions.intakes import scope_of

CATALOGUE = load_nutrients(DATA / "en" / "nutrients")
MESSAGES = Messages(
    {
        f"nutrients.{key}": text
        for key, text in read_yaml(
            dict[str, str], DATA / "en" / "messages" / "nutrients.yaml"
        ).items()
    }
)
DETAILS = sorted(CATALOGUE.details)
COUNTRY = {"US": "US", "EFSA": "DE", "UK": "GB"}
ROWS = [row for row in CATALOGUE.intakes if row.nutrient in CATALOGUE.details]


def ask(text, country="US"):
    return answer(understand(text, CATALOGUE, None), CATALOGUE, MESSAGES, country)


def person_of(row, age):
    sex = None if row.sex == "both" else row.sex
    return PersonHint(age, sex, pregnant=row.pregnant, lactating=row.lactating)


def bold_numbers(text):
    return re.findall(r"<b>([\d.,]+ \w.*?)</b>", text)


def visible(text):
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize(
    "row",
    ROWS,
    ids=lambda r: f"{r.authority}-{r.nutrient}-{r.sex}-{r.age_from}-{r.pregnant}-{r.lactating}",
)
def test_the_amount_for_a_person_is_the_row_of_the_table(row):
    detail = CATALOGUE.details[row.nutrient]
    span = row.age_below - row.age_from
    for age in (row.age_from, row.age_from + span / 2, row.age_below - 0.01):
        for sex in ("male", "female") if row.sex == "both" else (row.sex,):
            who = PersonHint(age, sex, pregnant=row.pregnant, lactating=row.lactating)
            if row.sex == "both" and (row.pregnant or row.lactating):
                continue
            asked = Question(Intent.amount, (row.nutrient,), who)
            said = answer(asked, CATALOGUE, MESSAGES, COUNTRY[row.authority]).text
            assert bold_numbers(said) == [amount_shown(row.value, row.unit, detail)], said


@pytest.mark.parametrize("row", [row for row in ROWS if row.authority == "US"], ids=str)
def test_no_answer_names_more_than_the_limit_of_the_person_as_fine(row):
    if row.limit is None or scope_of(CATALOGUE, row.nutrient, "US").covers != "everything":
        return
    who = person_of(row, row.age_from)
    said = answer(Question(Intent.amount, (row.nutrient,), who), CATALOGUE, MESSAGES, "US").text
    for number in re.findall(rf"([\d.,]+) {row.unit}\b", visible(said)):
        assert float(number.replace(",", "")) <= row.limit, said


@pytest.mark.parametrize("nutrient", DETAILS)
@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_fits_a_screen_with_safety_line_source_and_buttons(nutrient, facet):
    said = facet_answer(nutrient, facet, CATALOGUE, MESSAGES, "US")
    assert len(visible(said.text)) <= 900
    assert CATALOGUE.details[nutrient].safety.says in said.text
    assert said.sources
    assert all(re.search(r", \d{4}$", source) for source in said.sources)
    assert re.search(r"Source: .*\d{4}</i>$", said.text)
    facets = [row[0].action[2] for row in said.buttons]
    assert facet not in facets
    assert all(len(encode(row[0].action).encode()) <= 64 for row in said.buttons)


def test_the_wife_of_72_gets_her_number_first():
    said = ask("How much vitamin D does my wife need? She is 72.")
    assert visible(said.text).split("\n\n")[1] == "For a woman of 72: 20 mcg (800 IU) a day."


def test_the_country_decides_whose_figure_it_is():
    assert "20 mcg" in ask("vitamin d how much, woman 72", "US").text
    assert bold_numbers(ask("vitamin d how much, woman 72", "GB").text) == ["10 mcg (400 IU)"]
    assert bold_numbers(ask("vitamin d how much, woman 72", "FR").text) == ["15 mcg (600 IU)"]


def test_where_the_country_has_no_row_the_us_figure_is_called_so():
    said = ask("vitamin d how much, boy of 4", "FR").text
    assert "15 mcg" in said
    assert "US figures" in said


def test_unsaid_age_gives_each_band_of_adults():
    said = visible(ask("how much vitamin d a day").text)
    assert "19 to 70 years: 15 mcg (600 IU)" in said
    assert "71 years and over: 20 mcg (800 IU)" in said


def test_a_child_is_told_the_limit_of_a_child():
    said = visible(ask("how much vitamin d for a boy of 4").text)
    assert "75 mcg (3,000 IU)" in said
    assert "4,000" not in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("is 1000 iu d enough for me im 45", ["1,000 IU (25 mcg)", "under the upper limit"]),
        ("vitamin d 50000 IU a day safe?", ["50,000 IU (1,250 mcg)", "above the upper limit"]),
        ("my vit d came 9, units ng/ml", ["9 ng/mL (22.5 nmol/L)", "too low", "doctor"]),
        ("45 nmol/L d", ["45 nmol/L", "perhaps not enough", "25 to 50 nmol/L"]),
        ("is 30 micrograms of vitamin d too much, 4 tablets a day", ["120 mcg", "above the"]),
        ("zinc? no, vitamin d 25 mcg tablets, i take 5 tablets", ["125 mcg", "above the"]),
        ("vitamin d 60,000 IU weekly, too much?", ["only judge a dose per day", "doctor"]),
        ("magnesium 400 mg tablets safe?", ["400 mg", "above the upper limit of 350 mg"]),
        ("vit D 12 but which units", ["need the unit", "nmol/L", "ng/mL"]),
    ],
)
def test_doses_and_levels_are_placed(text, parts):
    said = visible(ask(text).text)
    assert all(part in said for part in parts), said


def test_a_dangerous_potassium_level_says_only_what_to_do_now():
    said = ask("K 6.1 on my results, feel weak")
    assert said.text.startswith("<b>This can be dangerous. Call your emergency number")
    assert "doctor about it" not in said.text
    assert "Foods" not in [row[0].text for row in said.buttons]


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("country", ["US", "GB", "DE"])
def test_potassium_always_warns_of_kidneys_and_tablets(facet, country):
    said = facet_answer("potassium", facet, CATALOGUE, MESSAGES, country).text
    assert "no potassium tablets and no salt substitute without a blood test" in said


@pytest.mark.parametrize("text", ["vitamin for weak legs", "why are my legs weak", "weak legs"])
def test_potassium_is_never_suggested_for_weak_legs(text):
    said = ask(text)
    assert "otassium" not in said.text
    assert all("otassium" not in row[0].text for row in said.buttons)


def test_the_dose_of_a_medicine_is_not_taken_for_the_nutrients():
    said = visible(ask("furosemide 40 mg and leg cramps, should i take potassium").text)
    assert "40 mg" not in said
    assert "Do not add potassium on your own" in said


@pytest.mark.parametrize("medicine", ["lisinopril", "spironolactone", "losartan", "entresto"])
def test_potassium_with_heart_medicines_needs_a_blood_test(medicine):
    said = visible(ask(f"{medicine} and potassium").text)
    assert "blood test" in said.split("\n\n")[1]


def test_a_medicine_that_is_named_comes_first_and_is_never_stopped_by_us():
    said = visible(ask("digoxin and vitamin d").text)
    assert "Digoxin" in said.split("\n\n")[1]
    assert "Orlistat" not in said
    assert "Do not stop a medicine on your own" in said


def test_a_medicine_that_is_not_in_the_content_is_admitted():
    assert "nothing checked" in ask("warfarin with vitamin d").text


def test_do_not_stop_is_said_once_when_a_medicine_is_unknown():
    said = ask("warfarin with vitamin d").text.lower()
    assert said.count("stop a medicine") == 1


def test_bands_stand_in_the_order_of_age():
    said = visible(ask("how much calcium a day").text)
    bands = re.findall(r"• (.*):", said)
    assert bands == [
        "men, 19 to 70 years",
        "women, 19 to 50 years",
        "women, 51 to 70 years",
        "71 years and over",
    ]


def test_many_values_still_fit_a_screen():
    assert len(visible(ask("vitamin d " + "9 ng/ml 1000 iu " * 80).text)) <= 1000


def test_a_diet_chooses_the_foods():
    said = ask("vegan vitamin d foods").text
    assert "mushroom" in said
    assert "salmon" not in said.lower()


def test_a_name_alone_offers_the_facets():
    said = ask("vitamin d")
    assert [row[0].action for row in said.buttons] == [
        ("nut", "vitamin_d", facet)
        for facet in ("foods", "amount", "upper_limit", "interaction", "deficiency_signs", "test")
    ]
    words = visible(said.text)
    assert words.startswith("Vitamin D: what would you like to know?")
    assert "71 years and over: 20 mcg (800 IU)" in words
    assert "4,000 IU" in words


def test_a_nutrient_without_content_is_admitted():
    missing = sorted(set(CATALOGUE.vocabulary.names) - set(CATALOGUE.details))
    for nutrient in missing:
        assert (
            "no checked answer" in facet_answer(nutrient, "foods", CATALOGUE, MESSAGES, "US").text
        )


def test_two_nutrients_are_both_answered():
    said = ask("how much vitamin d and calcium a day for a man of 75")
    assert "Vitamin D" in said.text
    assert "alcium" in said.text


def test_off_topic_says_what_the_bot_can_do():
    assert "/check" in ask("which car should I buy").text


@pytest.mark.parametrize(
    ("nutrient", "facet"),
    [("", ""), ("gold", "foods"), ("vitamin_d", ""), ("vitamin_d", "<b>"), ("x" * 99, "test")],
)
def test_a_forged_button_gets_an_offer(nutrient, facet):
    assert facet_answer(nutrient, facet, CATALOGUE, MESSAGES, "US").text


class Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in {"b", "i"}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("nutrients", [(), ("vitamin_d",), ("zinc",), ("vitamin_d", "zinc")])
@pytest.mark.parametrize("country", ["US", "GB", "DE", "zz", ""])
def test_every_answer_is_telegram_html(intent, nutrients, country):
    parser = Balanced()
    parser.feed(answer(Question(intent, nutrients), CATALOGUE, MESSAGES, country).text)
    assert not parser.open
