"""Reads what a person's clock shows, for finding out their time zone."""

from dataclasses import dataclass
from datetime import time

from tgbot.domain.times.clocks import Clock, items
from tgbot.domain.times.grammar import join
from tgbot.domain.times.lexing import marks


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a person's clock shows: ``open`` when it could be morning or evening, None if no time."""

    at: time | None
    open: bool = False


def read_clock(text: str) -> ClockFace | None:
    """The one clock time in ``text``, a face without a time if it cannot be, or None."""
    line = items(join(marks(text)))
    clocks = {item for item in line if isinstance(item, Clock)}
    if len(clocks) == 1:
        (clock,) = clocks
        return ClockFace(clock.at(), clock.open)
    return ClockFace(None) if "BADTIME" in line and not clocks else None
