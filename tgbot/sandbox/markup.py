"""Reply markup: what a keyboard may hold, and what Telegram says when it does not.

The checks and their words follow `get_reply_markup` of tdlib/telegram-bot-api, Client.cpp.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tgbot.sandbox.calls import Call
from tgbot.sandbox.refusals import bad_request

Json = dict[str, Any]
Kind = Literal["inline", "keyboard", "remove", "force_reply"]

LONGEST_DATA = 64  # bytes of callback_data
MOST_BUTTONS = 100
URL_SCHEMES = ("http://", "https://", "tg://", "ton://")
INLINE_FIELDS = frozenset(
    {
        "text",
        "icon_custom_emoji_id",
        "style",
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
        "disabled",
    }
)
ACTIONS = INLINE_FIELDS - {"text", "icon_custom_emoji_id", "style"}
MARKUP_FLAGS = (
    "remove_keyboard",
    "selective",
    "force_reply",
    "resize_keyboard",
    "one_time_keyboard",
    "is_persistent",
)


@dataclass(frozen=True, slots=True)
class Markup:
    """A keyboard as it stands under a message."""

    kind: Kind
    body: Json


def read_markup(call: Call, *, inline_only: bool = False) -> Markup | None:
    """Return the checked `reply_markup` of a call, None when there is none.

    Raises:
        ApiError: with Telegram's words.
    """
    if call.args.get("reply_markup", "") == "":
        return None
    value = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    markup = check_markup(value)
    if inline_only and markup is not None and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup


def check_markup(value: object) -> Markup | None:
    """Return the keyboard that `value` describes, None when it describes an empty one."""
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for name in MARKUP_FLAGS:
        if not isinstance(value.get(name, False), bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    keyboard = _rows(
        value, "keyboard", 'field "keyboard" must be an Array of Arrays', _plain_button
    )
    inline = _rows(
        value,
        "inline_keyboard",
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        _inline_button,
    )
    if keyboard:
        return Markup("keyboard", {**value, "keyboard": keyboard})
    if inline:
        return Markup("inline", {"inline_keyboard": inline})
    if value.get("remove_keyboard"):
        return Markup("remove", {"remove_keyboard": True})
    if value.get("force_reply"):
        return Markup("force_reply", dict(value))
    return None


def _rows(
    value: Json, name: str, not_rows: str, read: Callable[[object], Json]
) -> list[list[Json]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(not_rows)
    kept = [[read(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return kept


def _plain_button(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    text = _string(button, "text", "can't parse keyboard button", required=True)
    if not text:
        raise bad_request("keyboard button text must be non-empty")
    return {**button, "text": text}


def _inline_button(button: object) -> Json:
    failed = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{failed}: InlineKeyboardButton must be an Object")
    kept = {name: value for name, value in button.items() if name in INLINE_FIELDS}
    kept["text"] = _string(button, "text", failed, required=True)
    if url := _string(button, "url", failed):
        _check_url(url)
    elif data := _string(button, "callback_data", failed):
        if len(data.encode()) > LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not any(button.get(name) is not None for name in ACTIONS - {"url", "callback_data"}):
        raise bad_request(f"{failed}: Text buttons are unallowed in the inline keyboard")
    if not kept["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    return kept


def _check_url(url: str) -> None:
    host = url.partition("://")[2]
    is_link = url.lower().startswith(URL_SCHEMES) or ("://" not in url and "." in url)
    if " " in url or not is_link or ("://" in url and not host):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _string(value: Json, name: str, failed: str, *, required: bool = False) -> str:
    found = value.get(name)
    if found is None:
        if required:
            raise bad_request(f'{failed}: Can\'t find field "{name}"')
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise bad_request(f'{failed}: Field "{name}" must be of type String')
    return str(found)
