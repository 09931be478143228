"""What the durable road reads from a raw update; everything else is the handlers' business."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

KINDS: Final = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that the bot asks Telegram for."""

ID_LIMIT: Final = 2**63


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who an update concerns. ``chat_id`` is the lane whose order is kept; 0 when there is none."""

    update_id: int
    kind: str
    chat_id: int
    user_id: int | None
    private: bool
    text: str
    """What a person wrote (text or caption), to be screened; empty when nothing, or not a person."""


def read_envelope(update: Any) -> Envelope | None:  # noqa: ANN401 - anything may come in
    """The envelope of a raw update; None when it has no usable update_id. Never raises."""
    update_id = _get(update, "update_id")
    if type(update_id) is not int or not 0 <= update_id < ID_LIMIT:
        return None
    kind = next((key for key in update if key != "update_id" and isinstance(key, str)), "unknown")
    body = _get(update, kind)
    message = _get(body, "message") if kind == "callback_query" else body
    user_id = _id(_get(body, "from"))
    chat = _get(message, "chat")
    chat_id = _id(chat)
    lane = chat_id if chat_id is not None else (user_id or 0)
    private = _get(chat, "type") == "private" if chat is not None else user_id is not None
    return Envelope(update_id, kind[:40], lane, user_id, private, _written(kind, body))


def _written(kind: str, body: Any) -> str:  # noqa: ANN401
    by_bot = _get(_get(body, "from"), "is_bot") is True
    if kind not in {"message", "edited_message"} or by_bot:
        return ""
    parts = (_get(body, "text"), _get(body, "caption"))
    return "\n".join(part for part in parts if isinstance(part, str))


def _id(thing: Any) -> int | None:  # noqa: ANN401
    value = _get(thing, "id")
    return value if type(value) is int and abs(value) < ID_LIMIT else None


def _get(thing: Any, key: str) -> Any:  # noqa: ANN401
    return thing.get(key) if isinstance(thing, Mapping) else None
