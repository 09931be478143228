"""Reads what people type when asked "when?": a time, several, days, a date or an interval."""

from tgbot.domain.times.face import ClockFace, read_clock
from tgbot.domain.times.reading import parse_when
from tgbot.domain.times.values import Ask, AskBack, Kind, NotATime, Reason, Reply, When

__all__ = [
    "Ask",
    "AskBack",
    "ClockFace",
    "Kind",
    "NotATime",
    "Reason",
    "Reply",
    "When",
    "parse_when",
    "read_clock",
]
