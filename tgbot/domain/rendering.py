"""Replies as Bot API calls: which method, with which parameters, in which class."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Final, assert_never

from tgbot.domain.callback_data import encode
from tgbot.domain.delivery import SendClass
from tgbot.domain.replies import (
    AskPlace,
    Keyboard,
    Notice,
    Offers,
    Picture,
    Reply,
    Say,
    Show,
    ThankForPlace,
)

TEXT_LIMIT: Final = 4096
"""UTF-16 code units in one message, after the markup is taken out (sendMessage)."""

NOTICE_LIMIT: Final = 200
"""Characters in an answer to a tap (answerCallbackQuery)."""

DRAW: Final = "draw"
"""The parameter that holds what to draw: the sender draws it, and sends it as the photo."""

TAG: Final = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API call that is owed to a chat; ``params`` are without the chat, which may move."""

    method: str
    chat_id: int
    send_class: SendClass
    params: Mapping[str, Any]
    lives: float | None = None
    """Seconds after which it is no longer worth sending."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where replies go: a chat and, after a tap, the tapped message and the tap itself."""

    chat_id: int
    message_id: int | None = None
    tap_id: str | None = None


def render(replies: Iterable[Reply], place: Place) -> list[Call]:
    """The calls for some replies, in their order. A tap is always answered, so that it stops spinning."""
    calls = [_render_one(reply, place) for reply in replies]
    if place.tap_id and not any(call.method == "answerCallbackQuery" for call in calls):
        calls.append(_answer_tap(place, {}))
    return calls


def _render_one(reply: Reply, place: Place) -> Call:
    match reply:
        case Say():
            return _message("sendMessage", reply, place, {})
        case Show() if place.message_id is None:
            return _message("sendMessage", reply, place, {})
        case Show():
            return _message("editMessageText", reply, place, {"message_id": place.message_id})
        case AskPlace():
            share = {"text": reply.share, "request_location": True}
            return _below(reply.text, place, _keyboard(share, {"text": reply.instead}))
        case ThankForPlace():
            return _below(reply.text, place, {"remove_keyboard": True})
        case Picture():
            return _picture(reply, place)
        case Notice():
            text = reply.text[:NOTICE_LIMIT]
            return _answer_tap(place, {"text": text, "show_alert": reply.alert})
        case Offers():
            return _offers(reply, place)
        case _:
            assert_never(reply)


def _offers(reply: Offers, place: Place) -> Call:
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": offer.title,
            "description": offer.preview,
            "input_message_content": {"message_text": offer.text, "parse_mode": "HTML"},
        }
        for number, offer in enumerate(reply.offers)
    ]
    params = {"inline_query_id": reply.query_id, "results": results, "is_personal": False}
    return Call("answerInlineQuery", place.chat_id, SendClass.ANSWER, params, lives=30)


def _answer_tap(place: Place, extra: Mapping[str, Any]) -> Call:
    params = {"callback_query_id": place.tap_id or "", **extra}
    # Telegram forgets a tap after some seconds; a later answer is refused.
    return Call("answerCallbackQuery", place.chat_id, SendClass.ANSWER, params, lives=30)


def _message(method: str, reply: Say | Show, place: Place, extra: Mapping[str, Any]) -> Call:
    params: dict[str, Any] = {
        **extra,
        "text": reply.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if reply.buttons:
        params["reply_markup"] = {"inline_keyboard": render_keyboard(reply.buttons)}
    send_class = SendClass.URGENT if reply.urgent else SendClass.ANSWER
    return Call(method, place.chat_id, send_class, params)


def _keyboard(*buttons: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = [[button] for button in buttons]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


def _below(text: str, place: Place, markup: Mapping[str, Any]) -> Call:
    """A message that changes what stands below the text box."""
    call = _message("sendMessage", Say(text), place, {})
    return replace(call, params={**call.params, "reply_markup": markup})


def _picture(reply: Picture, place: Place) -> Call:
    params: dict[str, Any] = {
        DRAW: reply.chart.to_json(),
        "caption": reply.caption,
        "parse_mode": "HTML",
    }
    if reply.buttons:
        params["reply_markup"] = {"inline_keyboard": render_keyboard(reply.buttons)}
    return Call("sendPhoto", place.chat_id, SendClass.ANSWER, params)


def in_words(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a picture as those of a message that says the same (sendMessage)."""
    rest = {key: value for key, value in params.items() if key not in {DRAW, "caption"}}
    return {**rest, "text": params["caption"]}


def render_keyboard(keyboard: Keyboard) -> list[list[dict[str, str]]]:
    """Rows of buttons as the Bot API's InlineKeyboardButton objects."""
    return [
        [
            {"text": button.text, "url": button.url}
            if button.url
            else {"text": button.text, "callback_data": encode(button.action)}
            for button in row
        ]
        for row in keyboard
    ]


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """The same message without markup: a warning must never die of a broken tag."""
    bare = {key: value for key, value in params.items() if key != "parse_mode"}
    field = "caption" if "caption" in params else "text"
    bare[field] = without_markup(params[field])
    return bare


def without_markup(text: str) -> str:
    """Telegram HTML as plain text."""
    return unescape(TAG.sub("", text))


def as_new(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of an edit as those of a new message, for when the old one is gone."""
    return {key: value for key, value in params.items() if key != "message_id"}
