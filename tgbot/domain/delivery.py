"""What to do with a Bot API call after each way it can end."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Final, assert_never


class SendClass(IntEnum):
    """The order of sending: a lower one overtakes every higher one."""

    URGENT = 0
    ANSWER = 1
    BULK = 2


class Outcome(StrEnum):
    """Every way a call can end; the list is closed."""

    SENT = "sent"
    UNCHANGED = "unchanged"
    LIMITED = "limited"
    BLOCKED = "blocked"
    CHAT_GONE = "chat_gone"
    MIGRATED = "migrated"
    MARKUP_REFUSED = "markup_refused"
    MESSAGE_GONE = "message_gone"
    TAP_TOO_OLD = "tap_too_old"
    REFUSED = "refused"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of an outcome
    UNAVAILABLE = "unavailable"
    UNSURE = "unsure"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Finish:
    """The call is over. ``silence_chat``: nothing more is sent there until the person comes back."""

    silence_chat: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The call is tried again after ``delay`` seconds, perhaps in another form."""

    delay: float
    plain: bool = False
    as_new: bool = False
    move_chat: bool = False


Decision = Finish | Again

LONGEST_WAIT: Final = 30.0
"""Seconds between two tries at most, so that sending is back soon after an outage ends."""

GIVE_UP_AFTER: Final = timedelta(hours=24)
"""An answer older than this helps nobody; an urgent one is never given up."""


def backoff(attempts: int) -> float:
    """Seconds to wait after the ``attempts``-th failure: 0.5, 1, 2, 4 … at most 30."""
    return min(0.5 * 2.0 ** min(attempts - 1, 10), LONGEST_WAIT)


def decide(
    outcome: Outcome,
    send_class: SendClass,
    attempts: int,
    age: timedelta,
    retry_after: float | None = None,
) -> Decision:
    """What follows from the outcome of the ``attempts``-th try of a call that is ``age`` old.

    ``retry_after`` is the pause in seconds that the Bot API asked for, where it did.
    """
    match outcome:
        case (
            Outcome.SENT
            | Outcome.UNCHANGED
            | Outcome.TAP_TOO_OLD
            | Outcome.REFUSED
            | Outcome.EXPIRED
        ):
            return Finish()
        case Outcome.BLOCKED | Outcome.CHAT_GONE:
            return Finish(silence_chat=True)
        case Outcome.LIMITED:
            return Again(retry_after or 1.0)
        case Outcome.MIGRATED:
            return Again(0, move_chat=True)
        case Outcome.MARKUP_REFUSED:
            return Again(0, plain=True)
        case Outcome.MESSAGE_GONE:
            return Again(0, as_new=True)
        case Outcome.TOKEN_REFUSED | Outcome.UNAVAILABLE | Outcome.UNSURE:
            if send_class is not SendClass.URGENT and age > GIVE_UP_AFTER:
                return Finish()
            return Again(backoff(attempts))
        case _:
            assert_never(outcome)
