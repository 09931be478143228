"""A message in another language is told what the bot can do, and whom to call."""

import pytest

from content.checks.languages import problems
from content.loader import load
from content.schema.languages import Foreign
from tgbot.domain.languages import language_of
from tgbot.services.asking import ask
from tgbot.services.knowledge import Knowledge

KNOWLEDGE = Knowledge.read()
LANGUAGES = load("en").languages


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("¿Qué puedo hacer? Me duelen las piernas", "Spanish"),
        ("Minhas pernas estão fracas, o que posso fazer", "Portuguese"),
        ("Bonjour, mes jambes sont faibles, que faire", "French"),
        ("Was kann ich tun, meine Beine sind schwach", "German"),
        ("Le mie gambe sono deboli, cosa posso fare", "Italian"),
        ("mere pair kamzor hain kya karu", "Hindi"),
        ("मेरे पैर कमजोर हैं", "Hindi"),
        ("میری ٹانگیں کمزور ہیں", "Urdu"),
        ("ساقاي ضعيفتان ماذا أفعل", "Arabic"),
        ("আমার পা দুর্বল", "Bengali"),
        ("У меня слабые ноги", "Russian"),  # noqa: RUF001 - Russian, not Latin
        ("我的腿没有力气", "Chinese"),
        ("足が弱いです", "Japanese"),
        ("다리에 힘이 없어요", "Korean"),
        ("Τα πόδια μου είναι αδύναμα", "Greek"),  # noqa: RUF001 - Greek, not Latin
        ("ჩემი ფეხები სუსტია", "another language"),
    ],
)
def test_the_language_is_known(text, name):
    found = language_of(text, LANGUAGES)
    assert found is not None
    assert found.name == name
    reply = ask(KNOWLEDGE, text, (), "GB").reply
    assert "I read and write English only" in reply
    assert "call 999" in reply
    assert "/check" in reply
    assert "I do not know" not in reply


@pytest.mark.parametrize(
    "text",
    [
        "what can i do, my legs are weak",
        "my mum is on la carte diet, so what",
        "zinc",
        "12345",
        "👍",
        "",
        "xyzzy plugh",
        "how much vitamin d does a man need",
    ],
)
def test_english_and_riddles_are_no_other_language(text):
    found = language_of(text, LANGUAGES)
    assert found is None
    assert "English only" not in ask(KNOWLEDGE, text).reply


def test_a_sign_of_danger_stands_above_it():
    reply = ask(KNOWLEDGE, "ayuda, face drooping, no puedo hablar", (), "ES").reply
    assert reply.index("Call 112 now") < reply.index("English only")


def test_a_nutrient_that_is_known_is_answered():
    reply = ask(KNOWLEDGE, "necesito vitamin D, qué puedo hacer", (), "ES").reply
    assert "English only" not in reply


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Foreign("Elvish", "Mae govannen", "K", "", ("mae",)), "does not say whom to call"),
        (Foreign("Elvish", "Call {number}", "K"), "no script and no words"),
        (Foreign("Elvish", "Call {number}", "K", "", ("legs", "the")), "an English word"),
    ],
)
def test_a_wrong_row_is_a_problem(row, said):
    assert any(said in each for each in problems((row,)))


def test_the_shipped_rows_have_no_problem():
    assert list(problems(LANGUAGES)) == []
