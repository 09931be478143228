"""What a button carries: a version and a route, at most 64 bytes, and never trusted."""

from typing import Final

from tgbot.domain.replies import Action

VERSION: Final = "1"
LIMIT: Final = 64
"""Bytes of callback_data that the Bot API accepts (InlineKeyboardButton)."""


def encode(action: Action) -> str:
    """The callback data of an action.

    Raises:
        ValueError: a part holds a colon, or the whole is longer than 64 bytes.
    """
    data = ":".join((VERSION, *action))
    if any(":" in part for part in action) or len(data.encode()) > LIMIT:
        raise ValueError(f"an action must be short and without colons: {action[0]}")
    return data


def decode(data: str | None) -> Action | None:
    """The action that callback data stands for; None when it is not ours or of another version."""
    version, *action = (data or "").split(":")
    return tuple(action) if version == VERSION and action and all(action) else None
