"""Reads what people type when asked "when?": a time, several, days, a date or an interval."""

from tgbot.domain.times.face import ClockFace, read_clock
from tgbot.domain.times.hours import NO_HOURS, read_hours
from tgbot.domain.times.reading import parse_when, read_weekdays
from tgbot.domain.times.until import NoDate, read_until
from tgbot.domain.times.values import Ask, AskBack, Kind, NotATime, Reason, Reply, When

__all__ = [
    "NO_HOURS",
    "Ask",
    "AskBack",
    "ClockFace",
    "Kind",
    "NoDate",
    "NotATime",
    "Reason",
    "Reply",
    "When",
    "parse_when",
    "read_clock",
    "read_hours",
    "read_until",
    "read_weekdays",
]
