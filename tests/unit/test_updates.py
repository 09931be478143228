"""The envelope of whatever comes in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.updates import read_envelope

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "chat", "from", "id", "text", "update_id", "type", "data"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def message(**more):
    chat = {"id": 7, "type": "private"}
    return {"chat": chat, "from": {"id": 7, "is_bot": False}, "text": "hello", **more}


def test_a_message_has_its_chat_its_person_and_its_words():
    found = read_envelope({"update_id": 3, "message": message(caption="and this")})
    assert (found.update_id, found.chat_id, found.user_id, found.private) == (3, 7, 7, True)
    assert found.text == "hello\nand this"


def test_a_bot_is_not_screened_and_a_tap_says_nothing():
    by_bot = message(**{"from": {"id": 9, "is_bot": True}})
    assert read_envelope({"update_id": 1, "message": by_bot}).text == ""
    tap = {"from": {"id": 7}, "data": "1:menu:help", "message": message()}
    found = read_envelope({"update_id": 1, "callback_query": tap})
    assert (found.chat_id, found.text) == (7, "")


def test_an_edit_is_screened_too():
    assert read_envelope({"update_id": 1, "edited_message": message()}).text == "hello"


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "5"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 2**63},
    ],
)
def test_what_has_no_usable_id_has_no_envelope(bad):
    assert read_envelope(bad) is None


@given(JSON)
def test_no_json_crashes_it(update):
    read_envelope(update)


@given(JSON)
def test_no_message_crashes_it(body):
    assert read_envelope({"update_id": 1, "message": body}) is not None
