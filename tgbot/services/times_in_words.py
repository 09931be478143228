"""Times, days and zones in words that people use."""

from datetime import datetime, time
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


def clock_words(request: Request, at: time) -> str:
    """A time as most people say it: ``8:00 am``, ``7:30 pm (19:30)``."""
    hour = at.hour % NOON or NOON
    key = "am" if at.hour < NOON else "pm"
    return request.say(f"times.{key}", twelve=f"{hour}:{at.minute:02}", full=f"{at:%H:%M}")


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
    day = request.say(f"times.day_{local.weekday()}")
    month = request.say(f"times.month_{local.month}")
    return request.say("times.on_date", day=day, date=local.day, month=month, time=clock)


def city_of(zone: str) -> str:
    """The place in a zone's name: ``Europe/Berlin`` is Berlin."""
    return zone.rpartition("/")[2].replace("_", " ")


def local_now(request: Request) -> datetime:
    """The time now on the person's own clock, without its zone."""
    zone = ZoneInfo(request.person.zone or "UTC")
    return request.now.astimezone(zone).replace(tzinfo=None)
