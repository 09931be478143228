"""A common question is known however it is asked, and nothing else is taken for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.files import DATA
from content.loader import load
from tgbot.domain.asides import above, aside_for, with_aside
from tgbot.domain.faq import find_topic
from tgbot.domain.questions import Context, Intent, understand
from tgbot.domain.red_flags import Level, ScreenAction, Screening
from tgbot.domain.rendering import without_markup
from tgbot.domain.replies import Notice, Say, Show
from tgbot.services import faq
from tgbot.services.asking import ask
from tgbot.services.knowledge import Knowledge

CATALOGUE = load()
FAQ = CATALOGUE.faq
ASKED = [(topic.id, ask) for topic in FAQ.topics() for ask in (*topic.asks, *topic.names)]
INFO = "If this is happening to you now, call 999."


def found(text):
    topic = find_topic(text, FAQ)
    return topic.id if topic else None


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge.read()


@pytest.mark.parametrize(("topic_id", "ask"), ASKED)
def test_each_of_its_own_questions_finds_a_topic(topic_id, ask):
    assert found(ask) == topic_id
    assert found(f"  {ask.upper()} ?? ") == topic_id


@pytest.mark.parametrize(
    ("text", "topic_id"),
    [
        ("What is Myasthenia gravis???", "myasthenia"),
        ("myastenia", "myasthenia"),
        ("whats parkinson's", "parkinson"),
        ("tell me about spinal stenosis pls", "stenosis"),
        ("can you explain sarcopenia?", "ageing"),
        ("does physio help with weak legs", "physical_therapy"),
        ("phisiotherapy?", "physical_therapy"),
        ("my legs turn to jelly when I am frightened", "jelly_legs"),
        ("how many weeks till my legs are stronger", "results"),
        ("stiff legs every morning, why?", "stiffness"),
        ("symptoms of leg weakness", "signs"),
        ("treatments for weak legs", "treatment"),
        ("Is anxiety able to make legs shaky?", "stress"),
        ("what diseases make your legs weak", "conditions"),
        ("when do I need to see a doctor about my weak legs?", "when_doctor"),
        ("what tests will the doctor do", "doctor_checks"),
        ("vericose veins", "veins"),
        ("Guillain-Barré?", "guillain_barre"),
        ("can statins weaken my legs", "medicines"),
        ("which vitamin deficiency causes leg weakness?", "deficiency"),
        ("does walking help weak legs", "exercises"),
        ("what is a TIA", "stroke"),
    ],
)
def test_other_wordings_and_typing_slips_find_it_too(text, topic_id):
    assert found(text) == topic_id


@pytest.mark.parametrize(
    "text",
    [
        # nutrients
        "how much vitamin D for a woman of 72?",
        "vitamin d foods",
        "and foods?",
        "too much magnesium",
        "is 4000 iu of vitamin d safe",
        "b12 with metformin",
        "which foods are rich in potassium",
        "ferritin 12, is that low?",
        "calcium tablets and levothyroxine",
        "iron in spinach",
        "does magnesium help cramps",
        "can you drink too much water",
        "how much protein per day",
        "low potassium signs",
        "zinc",
        "alpha lipoic acid for neuropathy",
        # reminders
        "remind me at 8",
        "remind me to exercise every morning at 7",
        "change my reminder to half past 7",
        "stop all reminders",
        "every day at 20:15",
        "pause till Monday",
        "8",
        "half past seven",
        "London",
        # something else
        "who won the football match?",
        "what is the capital of France",
        "tell me a joke",
        "my dog has weak legs",
        "the cat cannot walk",
        "how do I fix a wobbly table leg with glue",
        "what a stroke of luck getting that appointment",
        "at the stroke of midnight I finished my 10k steps",
        "my stroke rate on the rower is 24, too slow?",
        "two summers ago i had heat stroke on a roof job, i wear a hat now",
        "hello",
        "thank you",
        "good morning",
        "yes",
        "?",
        "",
        "   ",
        "test",
        "what is the weather in Leeds",
        "laptop had a stroke, letters all over the screen",
        "i danced all night and " + "then i walked and " * 8 + "read about myasthenia",
    ],
)
def test_other_texts_are_left_alone(text):
    assert found(text) is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text):
    find_topic(text, FAQ)


def test_a_long_text_is_read_only_in_part():
    assert found("x" * 100_000) is None
    assert found("leg weakness " * 10_000) is None


@pytest.mark.parametrize(
    ("text", "topic_id"),
    [
        ("what is myasthenia?", "myasthenia"),
        ("can steroids make thighs weak", "medicines"),
        ("can dehydration make legs weak", "dehydration"),
        ("which exercises make legs stronger?", "exercises"),
        ("which deficiency causes weak legs", "deficiency"),
        ("can low potassium make my legs weak", None),
        ("how much vitamin d for weak legs", None),
        ("remind me at 8 about my physiotherapy", None),
    ],
)
def test_a_sure_nutrient_question_or_a_wish_is_not_stolen(text, topic_id):
    topic = faq.topic_of(text, understand(text, CATALOGUE.nutrients, None), CATALOGUE)
    assert (topic.id if topic else None) == topic_id


AFTER_VITAMIN_D = Context.of(understand("vitamin d foods", CATALOGUE.nutrients, None))


@pytest.mark.parametrize(
    "text", ["does it also make legs weak", "and signs?", "who is at risk", "which blood test"]
)
def test_a_follow_up_stays_with_its_nutrient(text):
    question = understand(text, CATALOGUE.nutrients, AFTER_VITAMIN_D)
    assert question.nutrients == ("vitamin_d",)
    assert faq.topic_of(text, question, CATALOGUE) is None


@pytest.mark.parametrize(
    ("text", "topic_id"),
    [
        ("what is sarcopenia?", "ageing"),
        ("what are jelly legs", "jelly_legs"),
        ("how long until i see results", "results"),
        ("what conditions cause leg weakness", "conditions"),
    ],
)
def test_a_common_question_after_a_nutrient_is_not_taken_for_a_follow_up(text, topic_id):
    question = understand(text, CATALOGUE.nutrients, AFTER_VITAMIN_D)
    topic = faq.topic_of(text, question, CATALOGUE)
    assert topic is not None
    assert topic.id == topic_id


def test_the_command_line_answers_with_intent_faq(knowledge):
    asked = ask(knowledge, "what is myasthenia?", country="GB")
    assert asked.intent == Intent.faq
    assert "signal from nerve to muscle" in asked.reply
    assert "Call 999 now." in asked.reply
    assert asked.sources
    assert "All questions" in asked.buttons


def test_an_exercise_question_keeps_its_intent(knowledge):
    asked = ask(knowledge, "which exercises make legs stronger?")
    assert asked.intent == Intent.exercise
    assert "tai chi" in asked.reply


ONLY_ASKED = Screening(Level.NONE, ScreenAction.NONE, ("stroke",))
GB = CATALOGUE.known_country("GB")


def test_the_line_stands_above_an_answer_about_a_danger_sign(monkeypatch, knowledge):
    monkeypatch.setattr("tgbot.services.asking.screen", lambda text, rules: ONLY_ASKED)
    for text in ("vitamin d foods", "what is a stroke?", "who won the match?", "why am i stiff"):
        asked = ask(knowledge, text, country="GB")
        assert asked.reply.startswith(INFO)
        assert asked.reply.count("If this is happening") == 1


@pytest.mark.parametrize(
    ("screening", "line"),
    [
        (ONLY_ASKED, INFO),
        (Screening(Level.NONE, ScreenAction.NONE, ()), ""),
        (Screening(Level.EMERGENCY, ScreenAction.WARN, ("stroke",)), ""),
    ],
)
def test_the_line_is_for_what_is_only_asked_about(screening, line):
    assert aside_for(screening, CATALOGUE.messages, GB) == line


def test_the_line_is_put_above_the_first_message_only():
    replies = [Notice("a"), Show("b"), Say("c")]
    assert above(replies, INFO) == [Notice("a"), Show(f"<b>{INFO}</b>\n\nb"), Say("c")]
    assert above(replies, "") == replies
    assert above([Notice("a")], INFO) == [Notice("a")]
    assert with_aside(f"<b>{INFO}</b>\n\nb", INFO) == f"<b>{INFO}</b>\n\nb"


def test_every_language_has_common_questions():
    for folder in DATA.iterdir():
        if (folder / "messages").is_dir():
            assert (folder / "faq").is_dir()


@pytest.mark.parametrize("topic", FAQ.shelves["questions"].topics, ids=lambda t: t.id)
def test_each_of_the_ten_can_be_typed_and_is_answered(topic, knowledge):
    heard = [ask(knowledge, wording) for wording in topic.asks]
    told = without_markup(topic.answer.strip())
    assert any(told in asked.reply for asked in heard), "the danger screen stops every wording"
