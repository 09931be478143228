"""``tgbot next``: when a reminder is due next, asked and answered in JSON lines."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

from tgbot.domain.schedule import DAILY, Schedule, next_occurrence
from tgbot.json_lines import Unreadable, read_object, write_object
from tgbot.services import zones

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:00)?", re.ASCII)
_SHOWN: Final = 60
"""Characters of a wrong value that the message repeats."""


def forecast_lines(lines: TextIO, out: TextIO) -> bool:
    """Answers each line; one that cannot be answered gets ``error``. Whether all could be."""
    good = True
    for place, line in enumerate(lines, 1):
        if line.strip():
            found = _forecast(line, place)
            good = good and "error" not in found
            write_object(out, found)
    return good


def _forecast(line: str, place: int) -> dict[str, Any]:
    asked: Mapping[str, Any] = {}
    try:
        asked = read_object(line, place)
        found = next_occurrence(
            Schedule(_time(asked), _days(asked)), _zone(asked), _after(asked)
        ).due
    except Unreadable as wrong:
        return {"id": asked.get("id"), "error": str(wrong)}
    except OverflowError:
        return {"id": asked.get("id"), "error": "`after` lies outside the years 1 to 9999"}
    return {"id": asked.get("id"), "next": _iso(found)}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _text(asked: Mapping[str, Any], name: str, like: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"`{name}` is missing or no text; it looks like {like}")
    return value


def _time(asked: Mapping[str, Any]) -> time:
    value = _text(asked, "local_time", "08:30")
    found = _CLOCK.fullmatch(value)
    if found is None:
        raise Unreadable(f"`local_time` {_cut(value)} is no time; it looks like 08:30")
    return time(int(found[1]), int(found[2]))


def _zone(asked: Mapping[str, Any]) -> ZoneInfo:
    name = _text(asked, "tz", "Europe/Berlin")
    if not zones.exists(name):
        raise Unreadable(f"`tz` {_cut(name)} is an unknown time zone; one looks like Europe/Berlin")
    return ZoneInfo(name)


def _after(asked: Mapping[str, Any]) -> datetime:
    value = _text(asked, "after", "2027-03-27T12:00:00Z")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Unreadable(
            f"`after` {_cut(value)} is no moment; it looks like 2027-03-27T12:00:00Z"
        ) from None
    if found.tzinfo is None:
        raise Unreadable(
            f"`after` {_cut(value)} needs an offset, such as Z or +01:00: "
            "without one nobody knows which moment it is"
        )
    return found


def _days(asked: Mapping[str, Any]) -> frozenset[int]:
    given = asked.get("days")
    if given is None:
        return DAILY
    if not isinstance(given, list) or not given:
        raise Unreadable('`days` is a list of one or more of mon … sun, such as ["mon", "fri"]')
    for day in given:
        if day not in DAYS:
            raise Unreadable(f"`days` has {_cut(str(day))}; a day is one of {', '.join(DAYS)}")
    return frozenset(map(DAYS.index, given))


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
