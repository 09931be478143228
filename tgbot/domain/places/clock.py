"""Guesses the time zone from the time on a person's clock."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MOST_GUESSES: Final = 8
_STEP: Final = 15
_DAY: Final = 24 * 60
_WESTMOST: Final = -12 * 60
_EASTMOST: Final = 14 * 60


def offset_of(zone: str, now: datetime) -> int:
    """Minutes that ``zone`` is ahead of UTC at the aware moment ``now``."""
    ahead = now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return round(ahead.total_seconds() / 60)


def possible_offsets(local: time, now: datetime) -> tuple[int, ...]:
    """Minutes ahead of UTC that a clock showing ``local`` may have, to a quarter of an hour."""
    utc = now.astimezone(ZoneInfo("UTC"))
    ahead = (local.hour - utc.hour) * 60 + local.minute - utc.minute
    rounded = round(ahead / _STEP) * _STEP % _DAY
    return tuple(o for o in (rounded, rounded - _DAY) if _WESTMOST <= o <= _EASTMOST)


def zones_at(offsets: Sequence[int], now: datetime, zones: Sequence[str]) -> tuple[str, ...]:
    """Those of ``zones`` that are one of ``offsets`` minutes ahead of UTC now, in their order."""
    return tuple(zone for zone in zones if offset_of(zone, now) in offsets)


def zones_for_wall_clock(local: time, now: datetime, popular: Sequence[str]) -> tuple[str, ...]:
    """The zones of ``popular`` in which clocks show ``local`` at the aware moment ``now``.

    The clock may be some minutes off. At most eight, in the order of ``popular``.
    """
    return zones_at(possible_offsets(local, now), now, popular)[:MOST_GUESSES]
