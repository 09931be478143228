"""What the danger screen says about a message."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """How soon the person must be seen, as far as a message can tell."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    NONE = "none"


class ScreenAction(StrEnum):
    """What the bot does: warn, show the warning with one question, or go on."""

    WARN = "warn"
    ASK = "ask"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome of one message.

    ``conditions`` are condition ids, most urgent first. With ``ScreenAction.NONE`` they are the
    dangers that the message only asks about ("what are the signs of a stroke?"): the caller
    answers as usual and adds ``warnings.info_line``.
    """

    level: Level
    action: ScreenAction
    conditions: tuple[str, ...]


HARMLESS: Final = Screening(Level.NONE, ScreenAction.NONE, ())
