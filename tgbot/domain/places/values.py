"""What an answer to "where are you?" can mean: zones, a question back, or a plain no."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceQuestion(StrEnum):
    """What to ask next."""

    AM_PM = "am_pm"
    """Their clock shows a time that could be morning or evening."""
    CITY = "city"
    """A town near them, please; what they wrote is too wide or unknown."""
    CLOCK = "clock"
    """What their clock shows, in numbers."""
    CONFLICT = "conflict"
    """The place and the clock time they gave do not fit."""
    EXPLAIN = "explain"
    """They want to know why we ask."""
    WHICH_ONE = "which_one"
    """Several places have that name."""


class WhyNot(StrEnum):
    """Why there is no zone in it."""

    DECLINED = "declined"
    NO_SUCH_OFFSET = "no_such_offset"
    NO_SUCH_TIME = "no_such_time"


@dataclass(frozen=True, slots=True)
class Zones:
    """IANA time zones, the likeliest first, with a label for each button."""

    zones: tuple[str, ...]
    labels: tuple[str, ...]
    offset_minutes: int | None = None
    """Minutes ahead of UTC, where the zones were guessed from the time on their clock."""


@dataclass(frozen=True, slots=True)
class AskWhich:
    """A question back, with the zones that may be offered as buttons (perhaps none)."""

    what: PlaceQuestion
    zones: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """No zone, and why."""

    reason: WhyNot


PlaceReply = Zones | AskWhich | Unknown
