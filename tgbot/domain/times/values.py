"""What a typed answer to "when?" can mean: a reading, a question back, or a plain no."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SHORTEST_INTERVAL: Final = 15
"""Minutes between two reminders, at the least (our own rule)."""
MOST_PER_DAY: Final = 12
"""Reminders of one kind in a day, at the most (our own rule)."""


class Kind(StrEnum):
    """What the person wants to be reminded of, if they said it."""

    EXERCISE = "exercise"
    DRINK = "drink"
    UNKNOWN = "unknown"


class Ask(StrEnum):
    """What is still missing or unclear."""

    AM_PM = "am_pm"
    """Morning or evening? The candidates hold both."""
    CLARIFY = "clarify"
    """Two readings, or one that contradicts itself; the candidates hold them, if any."""
    CONFIRM_NIGHT = "confirm_night"
    DATE = "date"
    """Which date? Day and month could be either way round."""
    DAYS = "days"
    END_DATE = "end_date"
    """An end was named, which a reminder does not have yet."""
    HOUR = "hour"
    HOW_OFTEN = "how_often"
    ONCE_OR_WEEKLY = "once_or_weekly"
    PAST = "past"
    """That time is over today: tomorrow, or later today?"""
    SPLIT = "split"
    """Two reminders in one message: one at a time, please."""
    TIME = "time"
    TIMES = "times"
    WHICH_REMINDER = "which_reminder"
    WINDOW = "window"
    """From when to when?"""
    WINDOW_END = "window_end"
    WINDOW_START = "window_start"
    ZONE = "zone"
    """A zone other than the person's own was named."""


class Reason(StrEnum):
    """Why something cannot be a reminder time."""

    BAD_INTERVAL = "bad_interval"
    """An interval of nothing, or of more than a day."""
    NO_SUCH_DATE = "no_such_date"
    NO_SUCH_TIME = "no_such_time"
    NOT_A_TIME = "not_a_time"
    """No time was found in it."""
    PAST = "past"
    TOO_OFTEN = "too_often"
    """More often than every ``SHORTEST_INTERVAL`` minutes or ``MOST_PER_DAY`` a day."""
    UNSUPPORTED_REPEAT = "unsupported_repeat"
    """Monthly or yearly."""


@dataclass(frozen=True, slots=True)
class When:
    """A full reading, in the person's local time.

    ``days`` None means daily (or is beside the point when there is a ``date``: only that day);
    ``daily`` when that was said and not only left out.
    With ``every_minutes`` the times run through ``window`` (which may cross midnight) and
    ``times`` is empty.
    """

    times: tuple[dt.time, ...]
    kind: Kind = Kind.UNKNOWN
    days: frozenset[int] | None = None
    every_minutes: int | None = None
    window: tuple[dt.time, dt.time] | None = None
    date: dt.date | None = None
    daily: bool = False

    def all_times(self) -> tuple[dt.time, ...]:
        """Every time of a day, those of an interval spelled out, earliest first."""
        if self.every_minutes is None or self.window is None:
            return self.times
        start, end = (t.hour * 60 + t.minute for t in self.window)
        if end < start:
            end += 24 * 60
        minutes = range(start, end + 1, self.every_minutes)
        return tuple(sorted({dt.time(m // 60 % 24, m % 60) for m in minutes}))


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question to put back, with the times to choose from (if any) and what was clear.

    ``days`` and ``date`` are those already named, so that only the missing part need be asked.
    """

    what: Ask
    candidates: tuple[dt.time, ...] = ()
    kind: Kind = Kind.UNKNOWN
    days: frozenset[int] | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NotATime:
    """It cannot be a reminder time, and why."""

    reason: Reason


Reply = When | AskBack | NotATime
