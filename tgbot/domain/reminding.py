"""Whether a reminder that is due is still sent, until when it may be, and in which words."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from tgbot.domain.schedule import first_instant, is_quiet

LATE: Final = timedelta(minutes=10)
"""From here on a late reminder says that it is late."""

NUDGE_AFTER: Final = timedelta(minutes=30)
"""How long the one nudge waits for an answer to an exercise reminder."""


WIDEST_SPREAD: Final = timedelta(minutes=5)
_WIDEST: Final = WIDEST_SPREAD.total_seconds()
_NO_SPREAD: Final = 60.0
_AT_ONCE: Final = timedelta()
_GOLDEN: Final = 2_654_435_761
"""Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4): neighbouring ids land far apart."""


class Kind(StrEnum):
    """What a reminder is for."""

    EXERCISE = "exercise"
    DRINK = "drink"
    WEEK = "week"
    """The picture of the week, once a week."""


LIVES: Final = {Kind.EXERCISE: 180, Kind.DRINK: 60, Kind.WEEK: 180}
"""Minutes how late a reminder may be at most (reminders.md); drinks less when the next one is near."""


class Fate(StrEnum):
    """What becomes of a due reminder; all but ``SEND`` and ``EARLY`` are kept as its answer."""

    SEND = "send"
    EARLY = "early"
    """The time-zone data changed since it was planned: it is not due yet."""
    SILENT = "silent"
    """The person stopped all reminders, or blocked the bot."""
    MISSED = "missed"
    """Too late to be of use."""
    PASSED = "passed"
    """A newer one of its kind is sent instead."""
    QUIET = "quiet"
    """It would ring in the person's quiet hours."""
    WITHHELD = "withheld"
    """Its kind has a reason of its own, such as a drinks' target that is met."""


class Quiet(NamedTuple):
    """The person's quiet hours on their own clock; none when both ends are equal."""

    start: time
    end: time


class Moment(NamedTuple):
    """When one reminder is due, and what limits its life.

    ``due`` is an instant in UTC, ``local_date`` the date it counts for in ``zone``; ``at`` is its
    time on the person's clock, ``lives`` the minutes that it may be late. ``despite_quiet``: the person said twice that it may ring at night.
    """

    due: datetime
    local_date: date
    at: time
    zone: str
    lives: int
    quiet: Quiet
    despite_quiet: bool


def fate(moment: Moment, now: datetime, *, passed: bool) -> Fate:
    """What becomes of a reminder whose time has come; ``passed``: a newer one of its kind is due."""
    if not moment.despite_quiet and _is_quiet(moment):
        return Fate.QUIET
    if now >= expiry(moment):
        return Fate.MISSED
    return Fate.PASSED if passed else Fate.SEND


def _is_quiet(moment: Moment) -> bool:
    """Whether its time is quiet, or the clocks skip from its time into the quiet hours."""
    nominal = is_quiet(moment.at, moment.quiet.start, moment.quiet.end)
    return nominal or not may_ring(moment.due, moment.zone, moment.quiet)


@lru_cache(maxsize=4096)
def expiry(moment: Moment) -> datetime:
    """The instant (UTC) from which the reminder is not sent any more; always after it is due.

    It ends when it has lived long enough, when its local date is over, or when the quiet hours
    begin. Thousands of reminders share a moment, hence the memo.
    """
    zone = ZoneInfo(moment.zone)
    ends = [moment.due + timedelta(minutes=moment.lives), _midnight_after(moment.local_date, zone)]
    if not moment.despite_quiet and moment.quiet.start != moment.quiet.end:
        ends.append(_quiet_from(moment, ends[0]))
    return min(end for end in ends if end > moment.due)


@lru_cache(maxsize=4096)
def due_on(local_date: date, at: time, zone: str) -> datetime:
    """The instant (UTC) at which a reminder for ``at`` on ``local_date`` is due."""
    return first_instant(datetime.combine(local_date, at), ZoneInfo(zone))


def may_ring(instant: datetime, zone: str, quiet: Quiet) -> bool:
    """Whether a message that the person did not set for this very time may ring at ``instant``."""
    return not is_quiet(instant.astimezone(ZoneInfo(zone)).time(), quiet.start, quiet.end)


def _quiet_from(moment: Moment, end: datetime) -> datetime:
    """When its quiet hours begin after it is due; only instants before ``end`` are exact."""
    zone = ZoneInfo(moment.zone)
    if moment.due.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return _next_at(moment.quiet.start, moment.due, zone)
    # The clocks change meanwhile, perhaps into the middle of the quiet hours: look each minute.
    step = timedelta(minutes=1)
    minute = moment.due.replace(second=0, microsecond=0) + step
    while minute < end and may_ring(minute, moment.zone, moment.quiet):
        minute += step
    return minute


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return first_instant(datetime.combine(day + timedelta(days=1), time()), zone)


def _next_at(at: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after ``after`` at which clocks in ``zone`` show ``at``."""
    day = after.astimezone(zone).date()
    today = first_instant(datetime.combine(day, at), zone)
    if today > after:
        return today
    return first_instant(datetime.combine(day + timedelta(days=1), at), zone)


def spread(person_id: int, backlog: int, per_second: float) -> timedelta:
    """How long a person's reminder waits so that a backlog leaves evenly, the same every time.

    Nobody waits when ``backlog`` messages fit into a minute at ``per_second``; else up to as long
    as they take, and at most ``WIDEST_SPREAD``.
    """
    seconds = backlog / per_second
    if seconds <= _NO_SPREAD:
        return _AT_ONCE
    share = (person_id * _GOLDEN % 2**32) / 2**32
    # Whole seconds, so that many share an instant and its text.
    return timedelta(seconds=int(min(seconds, _WIDEST) * share))
