"""When reminders must come, found without the engine: by walking along a zone's clock for a year.

Nothing here may use ``tgbot.domain.schedule``: it is what the engine is measured against. All
moments are naive UTC and all walls are naive local times, so that the sums are plain ones.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

_STEP: Final = timedelta(minutes=30)
"""No zone changes its offset twice within this."""

_AROUND: Final = timedelta(days=4)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` up to, not including, ``end`` the zone's clock runs ``offset`` before UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def expected(zone: str, at: time, start: datetime, end: datetime) -> dict[date, datetime]:
    """Each local date whose reminder at ``at`` is due within the aware span, with that instant."""
    naive_start, naive_end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    walk = stretches(zone, naive_start - _AROUND, naive_end + _AROUND)
    found = {}
    day = naive_start.date() - 2 * _DAY
    while day <= naive_end.date() + 2 * _DAY:
        due = _reached(walk, datetime.combine(day, at))
        if naive_start <= due < naive_end and _is_shown(walk, day):
            found[day] = due.replace(tzinfo=UTC)
        day += _DAY
    return found


def wall(zone: str, moment: datetime) -> datetime:
    """What the clock in ``zone`` shows at an aware moment."""
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return naive + _offset(ZoneInfo(zone), naive)


@lru_cache(maxsize=8)
def stretches(zone: str, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """The clock of ``zone`` from ``start`` to ``end``, cut where its offset changes."""
    info = ZoneInfo(zone)
    cuts, moment = [start], start
    while moment < end:
        later = moment + _STEP
        if _offset(info, later) != _offset(info, moment):
            cuts.append(_change(info, moment, later))
        moment = later
    return tuple(Stretch(a, b, _offset(info, a)) for a, b in pairwise([*cuts, moment]))


def _change(info: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second of the new offset between two moments."""
    before = _offset(info, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(info, middle) == before else (low, middle)
    return high


def _offset(info: ZoneInfo, moment: datetime) -> timedelta:
    return info.fromutc(moment.replace(tzinfo=info)).utcoffset() or timedelta()


def _reached(walk: tuple[Stretch, ...], nominal: datetime) -> datetime:
    """The first moment at which the clock shows ``nominal`` or more."""
    for one in walk:
        if nominal < one.end + one.offset:
            return max(one.start, nominal - one.offset)
    raise ValueError("the walk ends before that")


def _is_shown(walk: tuple[Stretch, ...], day: date) -> bool:
    midnight = datetime.combine(day, time())
    return any(
        one.start + one.offset < midnight + _DAY and midnight < one.end + one.offset for one in walk
    )
