"""Times, days and zones in words that people use."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.services.request import Request

NOON: Final = 12
WEEKDAYS: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))


def to_mask(days: frozenset[int]) -> int:
    """Days (0=Monday) as bits, the way they are stored."""
    return sum(1 << day for day in days)


def from_mask(mask: int) -> frozenset[int]:
    """Stored bits as days (0=Monday)."""
    return frozenset(day for day in EVERY_DAY if mask & (1 << day))


def to_digits(at: time) -> str:
    """A time as four digits, for a button."""
    return at.strftime("%H%M")


def from_digits(digits: str) -> time | None:
    """The time of four digits; None when they are not one."""
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():  # noqa: PLR2004 - HHMM
        return None
    hour, minute = int(digits[:2]), int(digits[2:])
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day's hours


def to_part(times: Sequence[time]) -> str:
    """Some times as one part of a button: ``0800``, or ``t08001800`` for several."""
    digits = "".join(map(to_digits, times))
    return digits if len(times) == 1 else f"t{digits}"


def from_part(part: str) -> tuple[time, ...]:
    """The times of such a part, earliest first; none when it is not one."""
    digits = part.removeprefix("t")
    read = [from_digits(digits[n : n + 4]) for n in range(0, len(digits), 4)]
    times = {at for at in read if at is not None}
    return tuple(sorted(times)) if len(times) == len(read) else ()


def clock_words(request: Request, at: time) -> str:
    """A time as most people say it: ``8:00 am``, ``7:30 pm (19:30)``."""
    hour = at.hour % NOON or NOON
    key = "am" if at.hour < NOON else "pm"
    return request.say(f"times.{key}", twelve=f"{hour}:{at.minute:02}", full=f"{at:%H:%M}")


def clocks_words(request: Request, times: Sequence[time]) -> str:
    """Some times in a row: ``8:00 am, 12:00 pm (12:00) and 6:00 pm (18:00)``."""
    *most, last = (clock_words(request, at) for at in times)
    return request.say("times.and", most=", ".join(most), last=last) if most else last


def days_words(request: Request, days: frozenset[int]) -> str:
    """``every day``, ``Monday to Friday``, ``Mon, Wed, Fri``."""
    if days == EVERY_DAY:
        return request.say("times.every_day")
    if days == WEEKDAYS:
        return request.say("times.weekdays")
    return ", ".join(request.say(f"times.day_{day}") for day in sorted(days))


def moment_words(request: Request, moment: datetime, zone: ZoneInfo) -> str:
    """``today at …``, ``tomorrow at …``, ``Mon 23 Nov at …`` on the person's own clock."""
    local = moment.astimezone(zone)
    ahead = (local.date() - request.now.astimezone(zone).date()).days
    clock = clock_words(request, local.time())
    if ahead in {0, 1}:
        return request.say("times.today" if ahead == 0 else "times.tomorrow", time=clock)
    return request.say("times.on_date", date=date_words(request, local.date()), time=clock)


def date_words(request: Request, day: date) -> str:
    """``Mon 23 November``, with the year only when it is another one."""
    weekday = request.say(f"times.day_{day.weekday()}")
    month = request.say(f"times.month_{day.month}")
    words = request.say("times.date", day=weekday, date=day.day, month=month)
    here = request.local
    return words if day.year == here.year else f"{words} {day.year}"


def city_of(zone: str) -> str:
    """The place in a zone's name: ``Europe/Berlin`` is Berlin."""
    return zone.rpartition("/")[2].replace("_", " ")


def local_now(request: Request) -> datetime:
    """The time now on the person's own clock, without its zone."""
    return request.local.replace(tzinfo=None)
