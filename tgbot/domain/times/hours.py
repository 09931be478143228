"""Reads quiet hours as people type them: "from 10pm to 7am", "22-7", "no quiet hours"."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face

import re
from datetime import time
from typing import Final

from tgbot.domain.times.clocks import Clock, items
from tgbot.domain.times.grammar import join
from tgbot.domain.times.lexing import marks
from tgbot.domain.times.values import NotATime, Reason

NO_HOURS: Final = (time(), time())
"""Both ends equal: there are none."""
_NONE: Final = re.compile(r"(?i)\b(no|none|off|never|without|any ?time|delete|remove)\b")


def read_hours(text: str) -> tuple[time, time] | NotATime:
    """The two ends of the hours, which may run over midnight; never fails."""
    words = re.sub(r"(?<!\S)(?:0|24)(?!\S)", "Z0000", marks(text))
    if not re.search(r"\b(FROM|BETWEEN)\b", words):
        # "10 to 7" alone would be ten minutes before seven.
        words = re.sub(r"^(?:quiet HOUR )?", "FROM ", words)
    line = items(join(words))
    clocks = [item for item in line if isinstance(item, Clock)]
    if "BADTIME" in line or "BADNUMBER" in line:
        return NotATime(Reason.NO_SUCH_TIME)
    if len(clocks) == 2:
        start, end = _by_night(*clocks)
        return (start, end) if start != end else NotATime(Reason.NOT_A_TIME)
    if not clocks and _NONE.search(text):
        return NO_HOURS
    return NotATime(Reason.NOT_A_TIME)


def _by_night(start: Clock, end: Clock) -> tuple[time, time]:
    """Quiet hours are at night: "10 to 7" is 22:00 to 07:00, unless the words say otherwise."""
    first = start.minutes
    if start.open:
        first = first % 720 + (720 if 5 <= start.hour < 12 else 0)
    last = end.minutes
    if end.open:
        last %= 720
        # "1 pm to 3" is a nap in the afternoon.
        if not start.open and 720 <= first < 1080 and last + 720 > first:
            last += 720
    return _time(first), _time(last)


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
