"""The time zone of a shared place, looked up offline; the place itself is kept nowhere."""

import asyncio
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from timezonefinder import TimezoneFinder

_ONE_AT_A_TIME: Final = Lock()
"""The finder reads its maps from one open file."""


async def zone_at(latitude: float, longitude: float) -> str | None:
    """The name of the zone there; None at sea, and where there is no such place."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - a globe
        return None
    return await asyncio.to_thread(_look_up, latitude, longitude)


def _look_up(latitude: float, longitude: float) -> str | None:
    with _ONE_AT_A_TIME:
        return _finder().timezone_at_land(lat=latitude, lng=longitude)


@cache
def _finder() -> "TimezoneFinder":
    """Loaded when the first place is shared: it takes a third of a second and 14 MB."""
    from timezonefinder import TimezoneFinder  # noqa: PLC0415

    return TimezoneFinder(in_memory=False)
