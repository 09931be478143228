"""Clock times in a line of marks: which part of the day, and what a list of them means."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face and a calendar

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

PARTS: Final = frozenset({"AM", "PM", "MORN", "AFTN", "EVE", "NITE", "TONIGHT"})
_BETWEEN: Final = frozenset({"IN", "AT", "BY", "ON", "OCLOCK", "THIS", "CLOCKAT", "de", "da"})
_BEFORE_PART: Final = _BETWEEN | {
    "SAID",
    "TODAY",
    "TOMORROW",
    "DAYAFTER",
    *(f"D{n}" for n in range(7)),
}
_TIME: Final = re.compile(r"([KZT])(\d\d)(\d\d)")
_NUMBER: Final = re.compile(r"W?(\d+)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as read so far. ``open`` when morning or evening was not said."""

    hour: int
    minute: int
    open: bool
    round_clock: bool = False

    @property
    def minutes(self) -> int:
        """Minutes after midnight, as written."""
        return self.hour * 60 + self.minute

    def at(self) -> time:
        """The time of day as written."""
        return time(self.hour, self.minute)


Item = str | Clock


def items(line: str) -> list[Item]:
    """The marks of ``line`` with every time as a ``Clock``, the parts of the day worked in."""
    found = [_item(token) for token in line.split()]
    raw = list(found)
    for place, item in enumerate(found):
        if isinstance(item, str) and item in PARTS:
            _attach(found, raw, place, item)
    return found


def settle(clocks: list[Clock]) -> list[Clock]:
    """A list as people say it: "7 and 9 pm" shares its pm, and "9, 1, 5" goes on through the day."""
    settled = list(clocks)
    for place in range(len(settled) - 2, -1, -1):
        this, later = settled[place], settled[place + 1]
        if (
            this.open
            and not later.open
            and not later.round_clock
            and later.hour >= 12
            and this.minutes + 720 < later.minutes
        ):
            settled[place] = _late(this)
    for place in range(1, len(settled)):
        before, this = settled[place - 1], settled[place]
        if this.open and this.hour < 12 and this.minutes <= before.minutes < this.minutes + 720:
            settled[place] = _late(this)
    return settled


def span(start: Clock, end: Clock) -> tuple[Clock, Clock]:
    """A window as people say it: 9 to 5 is 09:00 to 17:00, 2 to 6 is the afternoon."""
    if start.open and end.open and start.hour < 6 and start.minutes < end.minutes <= 720:
        start, end = _late(start), _late(end)
    elif (
        start.open
        and not end.open
        and not end.round_clock
        and end.hour > 12
        and start.minutes + 720 < end.minutes
        and start.hour < 7
    ):
        start = _late(start)
    if (
        end.open
        and not start.round_clock
        and end.hour < 12
        and end.minutes <= start.minutes < end.minutes + 720
    ):
        end = _late(end)
    return start, end


def _late(clock: Clock) -> Clock:
    return Clock(clock.hour % 12 + 12, clock.minute, open=False)


def _item(token: str) -> Item:
    if m := _TIME.fullmatch(token):
        return Clock(int(m[2]), int(m[3]), m[1] == "K", m[1] == "Z")
    if m := _NUMBER.fullmatch(token):
        hour = int(m[1]) if len(m[1]) < 4 else 99
        if hour in {0, 24}:
            return "NOUGHT"
        return Clock(hour, 0, hour < 13, hour > 12) if hour < 24 else "BADNUMBER"
    return token


def _attach(found: list[Item], raw: list[Item], place: int, part: str) -> None:
    """Gives the part of the day at ``place`` to the time before it, or else the one after."""
    before = place - 1
    while before >= 0 and found[before] in _BEFORE_PART:
        before -= 1
    after = place + 1
    while after < len(found) and (found[after] in _BETWEEN or found[after] == ","):
        after += 1
    if before >= 0 and (isinstance(found[before], Clock) or found[before] == "NOUGHT"):
        target = before
    elif part not in {"AM", "PM"} and after < len(found) and isinstance(found[after], Clock):
        target = after
    elif (
        before >= 2
        and found[before] in {"AND", "/"}
        and isinstance(raw[last := _last(raw, before)], Clock)
    ):
        found[place] = _with_part(raw[last], part)
        return
    else:
        return
    found[target] = _with_part(found[target], part)
    found[place] = "DATE0" if part == "TONIGHT" else "SAID"


def _last(raw: list[Item], before: int) -> int:
    """The place of the time that "8 am and pm" or "8 morning and evening" says twice."""
    return next((n for n in range(before, -1, -1) if isinstance(raw[n], Clock)), 0)


def _with_part(clock: Item, part: str) -> Item:
    """The time once its part of the day is known; CLASH when the two contradict each other."""
    if not isinstance(clock, Clock):
        return "CLASH"
    hour = clock.hour
    if not clock.open and not (clock.round_clock and 0 < hour <= 12):
        fits = {
            "AM": hour == 0 and clock.round_clock,
            "MORN": hour < 12,
            "PM": hour >= 12,
            "NITE": hour >= 17 or hour < 6,
        }
        if clock.round_clock is False and part == "AM":
            fits["AM"] = hour < 12
        good = fits.get(part, hour >= 12 or (hour == 0 and part != "AFTN"))
        return Clock(hour, clock.minute, open=False) if good else "CLASH"
    return Clock(_hour_in(part, hour), clock.minute, open=False)


def _hour_in(part: str, hour: int) -> int:
    match part:
        case "AM" | "MORN":
            return hour % 12
        case "PM" | "AFTN":
            return hour % 12 + 12
        case "EVE" | "TONIGHT":
            return (hour + 12) % 24
        case _:  # at night: 8 is 20:00, 12 is midnight, 3 is 03:00
            return hour + 12 if 5 < hour < 12 else hour % 12
