"""When a reminder is due next: wall-clock time, days and time zone in, one instant out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

DAILY: Final = frozenset(range(7))
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time on the person's own clock, to the minute, and the weekdays it holds for (0=Monday).

    Raises:
        ValueError: no day is chosen, a day is not 0 to 6, or the time has a zone or seconds.
    """

    at: time
    days: frozenset[int] = DAILY

    def __post_init__(self) -> None:
        if not self.days or not self.days <= DAILY:
            raise ValueError("a schedule needs days between 0 and 6")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise ValueError("a schedule keeps a naive time to the minute")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a reminder is due: the instant in UTC, and the local date it counts for."""

    due: datetime
    local_date: date


def next_occurrence(
    schedule: Schedule, zone: ZoneInfo, after: datetime, after_date: date = date.min
) -> Occurrence:
    """The first occurrence strictly after the aware moment ``after`` and the date ``after_date``.

    There is one per chosen local date. A time that a clock change skips is due at the first
    instant after the gap and still counts for its own date; a time that comes twice is due the
    first time only. A date that a zone leaves out altogether (Apia, 30 December 2011) has none.

    Raises:
        ValueError: ``after`` has no zone.
        OverflowError: the occurrence would lie outside the years that Python knows.
    """
    if after.tzinfo is None:
        raise ValueError("after must be an aware moment")
    day = max(after.astimezone(zone).date(), after_date)
    while True:
        if day.weekday() in schedule.days:
            due = first_instant(datetime.combine(day, schedule.at), zone)
            if due > after and day > after_date and _exists(day, zone):
                return Occurrence(due, day)
        day += _ONE_DAY


def is_quiet(local: time, start: time, end: time) -> bool:
    """Whether ``local`` lies in the quiet hours from ``start`` up to, but not including, ``end``.

    The hours may run over midnight; when both ends are equal there are none.
    """
    if start <= end:
        return start <= local < end
    return local >= start or local < end


@lru_cache(maxsize=4096)
def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which clocks in ``zone`` have reached the naive ``wall`` time.

    This one rule covers all three kinds of time: the usual one, the skipped one and the first
    of two. Thousands of reminders share a time and a zone, hence the memo.
    """
    usual = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall(usual, zone) == wall:
        return usual
    # In a gap the two folds lie on either side of the change; look for it to the second.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = 0, int((usual - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _wall(before + timedelta(seconds=middle), zone) < wall:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


@lru_cache(maxsize=4096)
def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether any clock in ``zone`` ever showed ``day``."""
    midnight = datetime.combine(day, time())
    return _wall(first_instant(midnight, zone), zone).date() == day


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
