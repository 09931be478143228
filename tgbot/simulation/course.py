"""What is simulated: a year, the zones and the times of day, as the command line names them."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Final

from tgbot.domain.reminding import Quiet
from tgbot.domain.schedule import is_quiet
from tgbot.errors import SettingsError

ALL: Final = "all"
NO_PLACES: Final = frozenset({"Factory", "localtime", "posixrules"})
"""Names in the data that nobody lives in."""

QUIET: Final = Quiet(time(21), time(8))
"""The quiet hours of a person who has not touched them."""

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """One person with one reminder: every day at ``at`` in ``zone``."""

    person_id: int
    zone: str
    at: time

    @property
    def despite_quiet(self) -> bool:
        """Who sets a time inside the quiet hours has said that it may ring there."""
        return is_quiet(self.at, QUIET.start, QUIET.end)


@dataclass(frozen=True, slots=True)
class Course:
    """The wishes of all people, and the year in UTC: from ``start`` up to, not including, ``end``."""

    wishes: tuple[Wish, ...]
    start: datetime
    end: datetime

    @property
    def days(self) -> int:
        """How long it is."""
        return (self.end - self.start) // timedelta(days=1)


def read_course(year: int, zones: str, times: str) -> Course:
    """The course that the options name.

    Raises:
        SettingsError: a zone or a time does not exist.
    """
    pairs = product(_zones(zones), _times(times))
    wishes = tuple(Wish(number, zone, at) for number, (zone, at) in enumerate(pairs, 1))
    return Course(wishes, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))


def _zones(words: str) -> list[str]:
    known = zoneinfo.available_timezones() - NO_PLACES
    if words == ALL:
        return sorted(known)
    found = _parts(words)
    for name in found:
        if name not in known:
            raise SettingsError(f"--zones: {name!r} is an unknown time zone, try Europe/Berlin")
    return found


def _times(words: str) -> list[time]:
    found = []
    for word in _parts(words):
        match = _CLOCK.fullmatch(word)
        if match is None:
            raise SettingsError(f"--times: {word!r} is no time of day, try 09:00 or 00:30,09:00")
        found.append(time(int(match[1]), int(match[2])))
    return found


def _parts(words: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words.split(",")))
