"""How people really write: denials, shorthand, drinking, tablets swallowed, reminders wished for."""

from dataclasses import replace

import pytest

from content.loader import load
from tgbot.domain.questions import Context, Intent, answer, understand
from tgbot.domain.questions.units import convert
from tgbot.domain.questions.words import any_of

CATALOGUE = load("en")
NUTRIENTS = CATALOGUE.nutrients


def read(text, after=None):
    context = Context.of(understand(after, NUTRIENTS, None)) if after else None
    return understand(text, NUTRIENTS, context)


def carrying(text, after=None):
    person = read(text, after).person
    return (person.pregnant, person.lactating) if person else (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "how much iron, female 38, not pregnant",
        "im 30 and no longer breastfeeding, how much calcium",
        "iron amount for a woman of 30 who isn't pregnant or breastfeeding",
        "neither pregnant nor nursing, 41, vitamin d amount",
        "i stopped breastfeeding in june, 33, iodine aside how much zinc",
        "woman 29, pregnant: no, breastfeeding: no, how much folate",
        "how much iron for a non-pregnant woman of 35",
        "im 34 not currently pregnant how much folic acid a day",
        "i'm not breast feeding any more, 31, how much vitamin d",
        "how much iron did i need when i was pregnant, im 36 now",
        "he is 40 and takes my pregnancy vitamins, iron too much?",
        "folic acid left over from my pregnancy, ok at 33",
    ],
)
def test_what_is_denied_or_over_is_not_read_as_so(text):
    assert carrying(text) == (False, False)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("im pregnant and not sleeping, how much magnesium", (True, False)),
        ("not pregnant but breastfeeding, how much zinc", (False, True)),
        ("i am not breastfeeding yet, 20 weeks pregnant, how much iron", (True, False)),
        ("how much iron while breastfeeding", (False, True)),
        ("when pregnant how much folate", (True, False)),
        ("no, pregnant, how much iron", (True, False)),
        ("pregnancy no.4, how much zinc do i need", (True, False)),
        ("pregnant, no appetite, how much protein", (True, False)),
        ("should i stop breastfeeding to take 50 mg zinc", (False, True)),
        ("carrying twins, how much iron", (True, False)),
    ],
)
def test_a_denial_of_something_else_takes_nothing_away(text, state):
    assert carrying(text) == state


def test_a_denial_ends_what_the_question_before_told():
    assert carrying("and for 40?", "how much iron in pregnancy") == (True, False)
    assert carrying("and if not pregnant?", "how much iron in pregnancy") == (False, False)


@pytest.mark.parametrize(
    ("text", "nutrients"),
    [
        ("which vitamin is missing when a man drinks heavy and his legs shake", ["vitamin_b1"]),
        ("60 units a week for years, feet numb, what vitamin do i lack", ["vitamin_b1"]),
        ("phosphorus mg 14 yo girl", ["phosphorus"]),
        ("calcium, D or K for bones", ["calcium", "vitamin_d", "vitamin_k"]),
        ("vitamin k isnt potassium is it? whats its job in bones", ["vitamin_k"]),
        ("k 4.1 mg 0.7 ca 2.2", ["potassium", "magnesium", "calcium"]),
        ("daily: d, b12, mg, zinc, for man 52", ["vitamin_d", "vitamin_b12", "magnesium", "zinc"]),
        ("which minerals do i watch with bad kidneys", ["potassium", "phosphorus", "sodium"]),
        ("on warfarin, is callaloo ok", ["vitamin_k"]),
        ("homocysteine 22", ["vitamin_b12", "folate", "vitamin_b6"]),
        ("is cod liver oil safe at 70", ["vitamin_d"]),
        ("they took out the last bit of my small gut, which vitamin will i lack", ["vitamin_b12"]),
    ],
)
def test_the_nutrients_of_everyday_wordings(text, nutrients):
    assert sorted(read(text).nutrients) == sorted(nutrients)


@pytest.mark.parametrize(
    ("text", "after", "found"),
    [
        ("im 210 lb how much protein", None, [(210, "lb", "weight")]),
        ("protein for a man of 13 stone", None, [(13, "stone", "weight")]),
        ("lost 2 stone, how much protein", None, []),
        ("he swallowed about 15 of my iron pills", None, [(15, "", "count")]),
        ("took about 40 potassium tabs", None, [(40, "", "count")]),
        ("half a 1000 mg calcium tablet", None, [(500, "mg", "dose")]),
        ("calcium adjusted says 2.84", None, [(2.84, "", "level")]),
        ("mine 0.58 an im on lansoprazole", "magnesium blood test", [(0.58, "", "level")]),
        ("zinc 22 copper 8, both umol/L", None, [(22, "umol/L", "level"), (8, "umol/L", "level")]),
        ("calcium 1000 or 1200 a day at 60", None, [(1000, "", "dose"), (1200, "", "dose")]),
        ("25 hydroxy vitamin d 31 nmol/L", None, [(31, "nmol/L", "level")]),
    ],
)
def test_the_numbers_of_everyday_wordings(text, after, found):
    assert [(each.number, each.unit, each.what) for each in read(text, after).values] == found


def test_pounds_and_stone_are_weighed_in_kilos():
    assert convert(210, "lb", "kg", ()) == pytest.approx(95.25, abs=0.01)
    assert convert(13, "stone", "kg", ()) == pytest.approx(82.55, abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "every morning half seven tell me take b12 tablet",
        "move my iron one to after dinner",
        "STOP THE MORNING ONE",
        "dont buzz me about drinking any more",
    ],
)
def test_a_reminder_may_be_asked_for_by_a_wish(text):
    assert read(text).intent is Intent.reminder


def test_a_medicine_at_six_is_no_reminder():
    assert read("eltroxin 75mcg at 6am when can i have my iron").intent is Intent.interaction


def test_shorthand_is_read_as_the_words_it_stands_for():
    found = read("hw mch b6 fr wmn 34")
    assert (found.intent, found.nutrients) == (Intent.amount, ("vitamin_b6",))
    assert (found.person.age, found.person.sex) == (34, "female")
    assert read("mi a 77, how much salt mi fi tek inna di day").person.age == 77


def test_what_seems_off_topic_but_names_a_nutrient_comes_with_its_button():
    router = NUTRIENTS.router
    bases = [
        99.0 if name == "off_topic" else base
        for name, base in zip(router.intents, router.bases, strict=True)
    ]
    deaf = replace(NUTRIENTS, router=replace(router, bases=tuple(bases)))
    question = understand("what does copper do", deaf, None)
    assert (question.intent, question.nutrients) == (Intent.off_topic, ())
    found = answer(question, NUTRIENTS, CATALOGUE.messages, "GB")
    assert [button.action for row in found.buttons for button in row] == [("nut", "copper")]


@pytest.mark.parametrize("text", ["zinc roofing sheet price lagos", "who won the cup final"])
def test_what_is_clearly_off_topic_comes_without_a_button(text):
    found = answer(read(text), NUTRIENTS, CATALOGUE.messages, "GB")
    assert found.buttons == ()


def test_a_pattern_of_words_finds_the_longest_whole_one():
    pattern = any_of(["vitamin", "vitamin d", "vitamin d3", "iron"])
    found = [match[0] for match in pattern.finditer("vitamin  d3 vitamin d vitamins irony iron")]
    assert found == ["vitamin  d3", "vitamin d", "iron"]
    assert not any_of([]).search("iron")
