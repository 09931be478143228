"""Translates what the Bot API answered, or failed to, into the closed list of outcomes."""

from typing import Final

from tgbot.domain.delivery import Outcome
from tgbot.errors import ApiRefused, ApiUnreachable

WORDS: Final = (
    ("message is not modified", Outcome.UNCHANGED),
    ("can't parse entities", Outcome.MARKUP_REFUSED),
    ("query is too old", Outcome.TAP_TOO_OLD),
    ("message to edit not found", Outcome.MESSAGE_GONE),
    ("message can't be edited", Outcome.MESSAGE_GONE),
    ("there is no text in the message to edit", Outcome.MESSAGE_GONE),
    ("message_id_invalid", Outcome.MESSAGE_GONE),
    ("chat not found", Outcome.CHAT_GONE),
    ("peer_id_invalid", Outcome.CHAT_GONE),
    ("user is deactivated", Outcome.CHAT_GONE),
)
"""The Bot API tells most refusals apart only by their words."""

BY_CODE: Final = {
    401: Outcome.TOKEN_REFUSED,
    403: Outcome.BLOCKED,
    404: Outcome.TOKEN_REFUSED,
    409: Outcome.UNAVAILABLE,
    429: Outcome.LIMITED,
}


def classify(failure: ApiRefused | ApiUnreachable) -> Outcome:
    """The outcome that a failed call stands for."""
    if isinstance(failure, ApiUnreachable):
        return Outcome.UNSURE if failure.maybe_done else Outcome.UNAVAILABLE
    if failure.migrate_to is not None:
        return Outcome.MIGRATED
    said = failure.description.lower()
    for words, outcome in WORDS:
        if words in said:
            return outcome
    if failure.code >= 500:  # noqa: PLR2004 - HTTP: the server's own failures
        return Outcome.UNAVAILABLE
    return BY_CODE.get(failure.code, Outcome.REFUSED)
