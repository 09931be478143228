"""The screen's machinery on a tiny screen of its own: reading, patterns, scope, decisions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.schema.red_flags import Condition, RedFlags, Rule, Spelling
from tgbot.domain.red_flags import Level, ScreenAction, Screening, compile_rules, screen
from tgbot.domain.red_flags.patterns import parse

SPELLING = Spelling(
    short_forms={"carnt": "cant", "im": "i am"},
    emoji={"🥶": "cold"},
    look_alikes={"\u043e": "o", "\u0441": "c"},
    fillers=("the", "a", "is", "my", "i", "am", "very", "has", "and"),
    leave_alone=("fool",),
)
CONCEPTS = {
    "person": ("my|i|dad",),
    "leg": ("leg|foot|feet",),
    "cold": ("cold|white|freez*",),
    "cold_leg": ("<leg> & <cold>",),
    "numb": ("numb", "cant feel"),
    "negator": ("no|not|isnt|without",),
    "or_word": ("or",),
    "barrier": ("but",),
    "contrast": ("but|now|today",),
    "past": ("2011", "years ago"),
    "acute": ("today|now",),
    "steady": ("as always",),
    "imagined": ("if",),
    "question_start": ("what|how|is|does",),
    "fiction": ("film",),
    "pet_subject": ("dog",),
    "idiom": ("cold feet about",),
    "denied_after": ("no|nope",),
    "gym": ("gym",),
    "end_it": ("end it",),
}
RULES = (
    Rule("cold", "limb", "emergency", "-", "verified", ("cold_leg",), (), (), asks_if=("gym",)),
    Rule("numb", "nerve", "same_day", "-", "verified", ("numb + leg",), (), ()),
    Rule("vague", "unclear", "ask", "-", "verified", ("numb",), (), ()),
    Rule("mind", "mind", "emergency", "-", "verified", ("end_it",), (), ()),
)
CONDITIONS = {
    "mind": Condition("mind", 1, "emergency"),
    "limb": Condition("limb", 2, "emergency"),
    "nerve": Condition("nerve", 3, "same_day"),
    "unclear": Condition("unclear", 4, "emergency"),
}
SMALL = compile_rules(
    RedFlags(SPELLING, ("leg",), ("end_it",), CONCEPTS, CONDITIONS, RULES)
)  # fmt: skip
WARNS = Screening(Level.EMERGENCY, ScreenAction.WARN, ("limb",))


@pytest.mark.parametrize(
    "text",
    [
        "my foot is cold",
        "COLD and white, the left FOOT!",
        "my foot is 🥶",
        "my fo\u043et is \u0441\u043eld",
        "my f\u200boot is co\u00adld",
        "my foot is cooooold",
        "my foot is freezing",
        "no pain but my foot is cold",
        "my leg was weak years ago but today it is cold",
        "dad has a foot as white as snow",
    ],
)
def test_danger_however_it_is_typed(text):
    assert screen(text, SMALL) == WARNS


@pytest.mark.parametrize(
    "text",
    [
        "my foot is not cold",
        "no pain, red skin or a cold leg",
        "in 2011 my foot was cold",
        "cold foot as always",
        "my dog has a cold foot",
        "the hero in the film has a cold foot",
        "i have cold feet about the gym",
        "is the foot cold? no",
        "",
        "   \n",
        "hello",
    ],
)
def test_harmless_however_it_sounds(text):
    assert screen(text, SMALL).action is ScreenAction.NONE


def test_a_question_names_what_it_asks_about():
    asked = screen("what does a cold foot mean", SMALL)
    assert asked == Screening(Level.NONE, ScreenAction.NONE, ("limb",))


def test_an_insistent_sign_counts_inside_an_if():
    assert screen("what if i end it", SMALL).action is ScreenAction.WARN


def test_unclear_signs_are_asked_about():
    assert screen("numb", SMALL) == Screening(Level.EMERGENCY, ScreenAction.ASK, ("unclear",))
    assert screen("my foot is cold from the gym", SMALL).action is ScreenAction.ASK


def test_the_highest_level_and_the_most_urgent_condition_come_first():
    both = screen("my foot is numb and cold", SMALL)
    assert both == Screening(Level.EMERGENCY, ScreenAction.WARN, ("limb", "nerve", "unclear")[:2])


def test_a_slip_is_repaired_but_a_good_word_is_left_alone():
    assert screen("my foot is freezng", SMALL).action is ScreenAction.WARN
    assert screen("fool cold", SMALL).action is ScreenAction.NONE


def test_a_sign_far_down_a_long_text_is_found():
    assert screen("words " * 3000 + "my foot is cold", SMALL) == WARNS


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_screen(text):
    assert screen(text, SMALL).action in ScreenAction


def test_pattern_language():
    fillers = frozenset({"the"})
    orders = list(parse("a & b .. c", fillers))
    assert [[(s.choices[0], s.gap) for s in chain] for chain in orders] == [
        [("a", 0), ("b", 7), ("c", 3)],
        [("b", 0), ("c", 3), ("a", 7)],
    ]
    assert len(list(parse("a? b", fillers))) == 2


@pytest.mark.parametrize("pattern", ["", ".. a", "a ..", "a & b & c & d"])
def test_a_broken_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match=r"pattern|sides"):
        list(parse(pattern, frozenset()))


@pytest.mark.parametrize(
    ("concepts", "rule", "complaint"),
    [
        ({"a": ("<b>",)}, "a", "unknown concepts: b"),
        ({"a": ("<b>",), "b": ("<a>",)}, "a", "circle"),
        ({"a": ("x",)}, "a + z", "unknown concepts: z"),
    ],
)
def test_content_that_does_not_hang_together_is_refused(concepts, rule, complaint):
    rules = (Rule("r", "limb", "emergency", "-", "verified", (rule,), (), ()),)
    with pytest.raises(ValueError, match=complaint):
        compile_rules(RedFlags(SPELLING, (), (), concepts, CONDITIONS, rules))
