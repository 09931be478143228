"""Replies become Bot API calls, and buttons never carry too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.callback_data import decode, encode
from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Place, plain, render, without_markup
from tgbot.domain.replies import Button, Notice, Offer, Offers, Say, Show, column

CHAT = Place(5)
TAP = Place(5, message_id=9, tap_id="t1")


def test_a_new_message_is_sent_and_an_urgent_one_goes_first():
    first, second = render([Say("a"), Say("b", urgent=True)], CHAT)
    assert (first.method, first.send_class) == ("sendMessage", SendClass.ANSWER)
    assert second.send_class is SendClass.URGENT


def test_a_card_edits_the_tapped_message_and_the_tap_is_answered_anyway():
    edit, tap = render([Show("a")], TAP)
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 9)
    assert tap.method == "answerCallbackQuery"
    assert tap.params == {"callback_query_id": "t1"}


def test_a_tap_is_answered_once_with_the_notice():
    calls = render([Notice("gone", alert=True), Show("a")], TAP)
    taps = [call for call in calls if call.method == "answerCallbackQuery"]
    assert [call.params["text"] for call in taps] == ["gone"]


def test_a_card_without_a_message_to_edit_is_sent():
    (call,) = render([Show("a", column(Button("x", ("menu", "help"))))], CHAT)
    assert call.method == "sendMessage"
    assert call.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "x", "callback_data": "1:menu:help"}]
    ]


def test_offers_answer_an_inline_query():
    (call,) = render([Offers("q", (Offer("D", "short", "<b>long</b>"),))], CHAT)
    assert call.params["results"][0]["input_message_content"]["message_text"] == "<b>long</b>"


def test_without_markup_nothing_but_the_words_is_left():
    assert without_markup("<b>Call &lt;999&gt;</b> now &amp; wait") == "Call <999> now & wait"
    assert plain({"text": "<b>a</b>", "parse_mode": "HTML"}) == {"text": "a"}


def test_too_much_for_a_button_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="short"):
        encode(("rem", "x" * 64))
    with pytest.raises(ValueError, match="colons"):
        encode(("rem", "a:b"))


@given(
    st.lists(st.text(min_size=1, max_size=8).filter(lambda t: ":" not in t), min_size=1, max_size=3)
)
def test_what_is_encoded_comes_back(parts):
    action = tuple(parts)
    try:
        data = encode(action)
    except ValueError:
        return
    assert len(data.encode()) <= 64
    assert decode(data) == action


@given(st.none() | st.text(max_size=80))
def test_anything_forged_is_decoded_without_a_crash(data):
    found = decode(data)
    assert found is None or all(found)


@pytest.mark.parametrize("data", [None, "", "1", "1:", "2:menu:help", "menu:help", "1:menu:"])
def test_other_versions_and_broken_data_are_none(data):
    assert decode(data) is None
