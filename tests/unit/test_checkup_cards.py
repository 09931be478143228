"""The cards of the symptom check: what stands where, and that every button can be sent."""

import pytest

from content.files import DATA, read_yaml
from content.loading_checkup import load_checkup
from content.schema.messages import Messages
from tgbot.domain import checkup
from tgbot.domain.callback_data import LIMIT, encode
from tgbot.domain.checkup import Choose, Done, Finish, NoneOfThese, State, Toggle, Why
from tgbot.domain.checkup_cards import card
from tgbot.domain.replies import Button, column

SCRIPT = load_checkup(DATA / "en" / "checkup")
WORDS = read_yaml(dict[str, str], DATA / "en" / "messages" / "checkup.yaml")
MESSAGES = Messages({f"checkup.{key}": text for key, text in WORDS.items()})


def run(*answers, state=None):
    state = state or checkup.start(SCRIPT)
    for answer in answers:
        state = checkup.step(state, answer, SCRIPT).state
    return state


def show(state, number="999", **more):
    return card(state, SCRIPT, MESSAGES, number, "12345678", **more)


def labels(shown):
    return [button.text for row in shown.buttons for button in row]


AT_T1 = run(Choose("me_60"))
EMERGENCY = run(Toggle("a"), Done(), state=AT_T1)
CALM = {"T0": "me_40_59", "T1": ["none"], "T2": ["none"], "T3": "months", "T4": "both_thighs"}


def calm_end(**changed):
    facts = checkup.read_facts({**CALM, "T7": "same", **changed}, SCRIPT)
    return run(Finish(), state=State(checkup.walk(facts, SCRIPT), at=checkup.REVIEW))


def test_a_danger_screen_has_none_not_sure_back_and_why_one_under_the_other():
    shown = show(AT_T1)
    assert labels(shown)[-4:] == [
        "None of these",
        "I am not sure about one",
        "Back",
        "Why do you ask?",
    ]
    assert all(len(row) == 1 for row in shown.buttons)
    assert "Step 2 of about" in shown.text


def test_a_ticked_sign_is_marked_and_done_takes_the_place_of_none():
    shown = show(run(Toggle("d"), state=AT_T1))
    assert "✓ Hard to breathe or swallow" in labels(shown)
    assert "Done" in labels(shown)
    assert "None of these" not in labels(shown)


def test_why_shows_the_reason_in_place_with_a_way_back():
    shown = show(run(Why(), state=AT_T1))
    assert "minutes count" in shown.text
    assert labels(shown) == ["Back to the question"]


@pytest.mark.parametrize(("who", "word"), [("adult", "the person"), ("child", "the child")])
def test_a_helper_is_asked_about_the_one_they_help(who, word):
    assert f"does {word} have" in show(run(Choose(who))).text


def test_an_emergency_says_the_number_first_and_is_urgent():
    shown = show(EMERGENCY)
    assert shown.urgent
    assert shown.text.startswith("<b>Call 999 now.</b>")
    assert "Do not drive" in shown.text
    assert "What to say on the phone" in shown.text
    assert shown.text.index("Do not drive") < shown.text.index("not a diagnosis")


def test_an_emergency_names_no_cause_group():
    named = [fit.group.name for fit in checkup.result(EMERGENCY, SCRIPT).groups]
    assert named == ["Stroke or mini-stroke"]
    assert named[0] not in show(EMERGENCY).text
    assert WORDS["groups_title"] not in show(EMERGENCY).text


def test_without_a_country_the_common_numbers_stand_in():
    assert "112 or 911" in show(EMERGENCY, number="").text


def test_a_calm_result_says_level_reason_next_step_when_to_come_back_and_what_it_is_not():
    text = show(calm_end()).text
    spots = [
        text.index(words)
        for words in ("Book", "Why", "What to do next", "Call 999 if", "not a diagnosis")
    ]
    assert spots == sorted(spots)
    assert not show(calm_end()).urgent


def test_because_quotes_what_was_said():
    text = show(calm_end(T7="worse")).text
    assert "Because you said: it came slowly, over months; it is getting worse" in text


def test_sources_open_in_place_and_say_who_read_them():
    text = show(run(Why(), state=EMERGENCY)).text
    assert text.startswith("<b>Call 999 now.</b>")
    assert "No doctor has signed these rules yet." in text


def test_extra_buttons_go_below_those_of_a_result():
    more = column(Button("Menu", ("menu",)))
    assert labels(show(calm_end(), extra=more))[-1] == "Menu"
    assert "Menu" not in labels(show(AT_T1, extra=more))


def test_the_review_lists_every_answer_with_a_button_to_change_it():
    state = State(calm_end().answers, at=checkup.REVIEW)
    shown = show(state)
    assert labels(shown)[0] == "Show my result"
    for screen in SCRIPT.screens:
        if screen.id in state.answers:
            assert screen.about in shown.text
            assert f"Change: {screen.about}" in labels(shown)


def every_card():
    facts = checkup.read_facts({**CALM, "T7": "same"}, SCRIPT)
    answers = checkup.walk(facts, SCRIPT)
    for screen in SCRIPT.screens:
        for note in (False, True):
            yield State(answers, at=screen.id, revision=999_999, note=note)
    yield State(answers, at=checkup.REVIEW, revision=999_999)
    yield State(answers, at=checkup.THE_END, revision=999_999)
    yield EMERGENCY


@pytest.mark.parametrize("state", list(every_card()), ids=lambda state: f"{state.at}-{state.note}")
def test_every_card_fits_a_message_and_every_button_its_64_bytes(state):
    shown = show(state)
    assert 0 < len(shown.text.encode("utf-16-le")) // 2 <= 4096
    for row in shown.buttons:
        for button in row:
            assert len(encode(button.action).encode()) <= LIMIT
            assert checkup.read_tap(button.action[2:])


@pytest.mark.parametrize("state", list(every_card()), ids=lambda state: f"{state.at}-{state.note}")
def test_every_button_of_a_card_does_something(state):
    for row in show(state).buttons:
        for button in row:
            tap = checkup.read_tap(button.action[2:])
            assert checkup.take(state, tap, SCRIPT).changed, button


def test_none_of_these_is_the_only_way_past_a_danger_screen():
    assert run(NoneOfThese(), state=AT_T1).at == "T2"
    assert run(Done(), state=AT_T1).at == "T1"
