"""Joins the parts: from a typed line to a reading, a question back, or a plain no."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face and a calendar

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from tgbot.domain.times.clocks import PARTS, Clock, items, settle, span
from tgbot.domain.times.dates import read_days
from tgbot.domain.times.grammar import join
from tgbot.domain.times.lexing import marks
from tgbot.domain.times.topics import named_kind, names_zone, switches_off
from tgbot.domain.times.values import (
    MOST_PER_DAY,
    SHORTEST_INTERVAL,
    Ask,
    AskBack,
    Kind,
    NotATime,
    Reason,
    Reply,
    When,
)
from tgbot.domain.times.words import ANCHORS

_RANGE: Final = frozenset({"-", "TO", "UNTIL"})
_GONE: Final = frozenset({"IN", "AT", "BY", "ON", "THE", "SAID", "QTY"})
_SAID_BEFORE: Final = {
    "UNSUP": NotATime(Reason.UNSUPPORTED_REPEAT),
    "BADINT": NotATime(Reason.BAD_INTERVAL),
    "TOOOFTEN": NotATime(Reason.TOO_OFTEN),
    "YESTERDAY": NotATime(Reason.PAST),
    "BADTIME": NotATime(Reason.NO_SUCH_TIME),
}
_OPENERS: Final = frozenset({"when", "AFTER", "BEFORE", "with", "while", "AT", "IN", "as", "UNTIL"})


def parse_when(text: str, now_local: datetime) -> Reply:
    """Reads what a person typed about when to be reminded.

    Args:
        text: anything at all; only the first few hundred characters count.
        now_local: the person's own wall clock, for "tomorrow" and "in 2 hours".

    Returns:
        A reading, the question to put back, or why it cannot be. A bare 6 to 12 is read as
        written, a bare 1 to 5 asks for morning or evening, no day means daily.
    """
    words = marks(text)
    return _Reading(words, now_local).answer()


def read_weekdays(text: str) -> frozenset[int] | None:
    """The weekdays (0=Monday) in an answer to "on which days?", or None."""
    line = items(join(marks(text)))
    if "DAILY" in line and "LESS" not in line:
        return frozenset(range(7))
    return read_days(line, date.min).weekdays


class _Reading:
    """One line being read."""

    def __init__(self, line: str, now: datetime) -> None:
        self.now = now.replace(second=0, microsecond=0, tzinfo=None)
        self.plain = line.split()
        self.kind, self.both_kinds = named_kind(self.plain)
        self.items = [item for item in items(join(line)) if item not in _GONE]
        self.words = {item for item in self.items if isinstance(item, str)}
        self.each = _number("EACH", self.words)
        self.days = read_days(self.items, self.now.date())
        self._take_back()
        self.window = self._find_window()

    @property
    def clocks(self) -> list[Clock]:
        return [item for item in self.items if isinstance(item, Clock)]

    def answer(self) -> Reply:
        """The first of the checks, from plain faults to full readings, that has an answer."""
        checks = (
            self._impossible,
            self._other_matters,
            self._from_now,
            self._interval,
            self._bare_window,
            self._no_clock,
            self._unclear,
            self._settled,
        )
        return next(reply for check in checks if (reply := check()) is not None)

    # What cannot be, or is about something else

    def _impossible(self) -> Reply | None:
        for word, reply in _SAID_BEFORE.items():
            if word in self.words:
                return reply
        if self.days.impossible:
            return NotATime(Reason.NO_SUCH_DATE)
        if self.days.on and self.days.on < self.now.date():
            return NotATime(Reason.PAST)
        if _number("COUNT", self.words) > MOST_PER_DAY or 0 < self.each < SHORTEST_INTERVAL:
            return NotATime(Reason.TOO_OFTEN)
        if "BADNUMBER" in self.words and not self.clocks and not self.each:
            return NotATime(Reason.NO_SUCH_TIME)
        return None

    def _other_matters(self) -> Reply | None:
        if "SHIFT" in self.words or switches_off(self.plain):
            return self._ask(Ask.WHICH_REMINDER)
        if "WHICHDAYS" in self.words or ("PERWEEK" in self.words and not self.days.weekdays):
            return self._ask(Ask.DAYS)
        if "ENDS" in self.words:
            return self._ask(Ask.END_DATE)
        if "XBOTH" in self.words:
            return self._ask(Ask.DATE)
        if self.days.unclear:
            return self._ask(Ask.DATE)
        if names_zone(self.items):
            return self._ask(Ask.ZONE)
        if self._is_two():
            return self._ask(Ask.SPLIT)
        return None

    def _is_two(self) -> bool:
        """Whether different days have different times, or exercise and drinks came together."""
        if self.both_kinds:
            return len(self.clocks) > (2 if self.each else 1)
        order = ""
        for item in self.items:
            sort = "T" if isinstance(item, Clock) else "D" if _is_day(item) else ""
            if sort and not order.endswith(sort):
                order += sort
        return len(order) > 3 and len(set(self.clocks)) > 1

    # Times

    def _from_now(self) -> Reply | None:
        minutes = next((int(w[2:]) for w in self.words if re.fullmatch(r"IN\d+", w)), None)
        if minutes is None or self.clocks:
            return None
        if minutes > 366 * 24 * 60:
            return self._ask(Ask.DATE)
        due = self.now + timedelta(minutes=minutes)
        return When((due.time(),), self.kind, date=due.date())

    def _interval(self) -> Reply | None:
        if not self.each:
            return None
        if self.each > 24 * 60:
            return NotATime(Reason.BAD_INTERVAL)
        clocks = settle(self.clocks)
        if self.each in {720, 1440} and len(clocks) == 1:
            first = clocks[0].minutes
            times = {time(m // 60, m % 60) for m in (first, (first + self.each) % 1440)}
            return When(tuple(sorted(times)), self.kind, self.days.weekdays)
        if not self.window:
            return self._ask(self._missing_end())
        start, end = self.window
        length = (end.minutes - start.minutes) % 1440
        if length < self.each:
            return self._ask(Ask.CLARIFY)
        return When((), self.kind, self.days.weekdays, self.each, (start.at(), end.at()))

    def _missing_end(self) -> Ask:
        if "NITE" in self.words and not self.words & {"EXCEPT", "NOT"}:
            return Ask.CONFIRM_NIGHT
        if len(self.clocks) != 1:
            return Ask.WINDOW
        place = next(n for n, item in enumerate(self.items) if isinstance(item, Clock))
        before = self.items[place - 1] if place else ""
        return Ask.WINDOW_START if before in _RANGE | {"BEFORE"} else Ask.WINDOW_END

    def _bare_window(self) -> Reply | None:
        """Two ends without an interval: a short window lacks its time, a long one its interval."""
        if not self.window or len(self.clocks) != 2:
            return None
        start, end = self.window
        start, end = settle([start, end])
        short = (end.minutes - start.minutes) % 1440 <= 120
        return self._ask(Ask.TIME, start, end) if short else self._ask(Ask.HOW_OFTEN)

    def _no_clock(self) -> Reply | None:
        if self.clocks:
            return None
        if self.words & {"CLASH", "VAGUE", "CLEAR", "NOUGHT", "NOW"}:
            return self._ask(Ask.CLARIFY)
        if "ASKHOUR" in self.words:
            return self._ask(Ask.HOUR)
        if "OFTEN" in self.words:
            return self._ask(Ask.HOW_OFTEN)
        count = _number("COUNT", self.words)
        if "HOWMANY" in self.words or count > 1 or sum(w in PARTS for w in self.items) > 1:
            return self._ask(Ask.TIMES)
        hinted = (
            count
            or self.kind is not Kind.UNKNOWN
            or self.words & (ANCHORS | PARTS | {"DAILY", "WEEKLY", "SAME"})
        )
        named = self.days.weekdays or self.days.on or (self.plain[:1] and self.plain[0] in _OPENERS)
        return self._ask(Ask.TIME) if hinted or named else NotATime(Reason.NOT_A_TIME)

    def _unclear(self) -> Reply | None:
        if self.words & {"CLASH", "VAGUE", "CLEAR"} or self._either_or():
            return self._ask(Ask.CLARIFY, *self.clocks)
        count = _number("COUNT", self.words)
        if count and count != len(self.clocks):
            return self._ask(Ask.TIMES, *self.clocks)
        if len(self.clocks) == 1:
            place = self.items.index(self.clocks[0])
            if place and self.items[place - 1] in {"BEFORE", "AFTER"}:
                return self._ask(Ask.TIME, *self.clocks)
        if len(self.clocks) > MOST_PER_DAY:
            return NotATime(Reason.TOO_OFTEN)
        return None

    def _either_or(self) -> bool:
        places = [n for n, item in enumerate(self.items) if isinstance(item, Clock)]
        return any("OR" in self.items[a:b] for a, b in pairwise(places))

    def _settled(self) -> Reply:
        clocks = settle(self.clocks)
        if self.days.on == self.now.date():
            clocks = [
                replace(c, hour=c.hour + 12, open=False) if c.open and c.hour < 6 else c
                for c in clocks
            ]
        unsure = [c for c in clocks if c.open and c.hour < 6]
        if unsure:
            both = [t for c in unsure for t in (c, replace(c, hour=c.hour + 12))]
            return self._ask(Ask.AM_PM, *both)
        times = tuple(sorted({c.at() for c in clocks}))
        if self.days.on:
            return self._dated(times, clocks)
        if self.days.single:
            return self._ask(Ask.ONCE_OR_WEEKLY, *clocks)
        daily = self.days.weekdays is None and "DAILY" in self.words
        return When(times, self.kind, self.days.weekdays, daily=daily)

    def _dated(self, times: tuple[time, ...], clocks: list[Clock]) -> Reply:
        day = self.days.on
        if day == self.now.date() and times[0] <= self.now.time():
            if "ONCE" not in self.words:
                later = (replace(c, hour=c.hour + 12) for c in clocks if c.open and c.hour < 12)
                return self._ask(Ask.PAST, *(c for c in later if c.at() > self.now.time()))
            day += timedelta(days=1)
        return When(times, self.kind, date=day)

    def _take_back(self) -> None:
        """Drops times that the person takes back, or names for another reason."""
        kept: list[str | Clock] = []
        spare = len(self.clocks) > 1
        for place, item in enumerate(self.items):
            before = self.items[place - 1] if place else ""
            earlier = self.items[place - 2] if place > 1 else ""
            if item == "INSTEAD" and any(isinstance(i, Clock) for i in self.items[place:]):
                kept = [k for k in kept if not isinstance(k, Clock)]
            told = before in {"NOT", "up", "wake"} or earlier == "wake"
            if not (isinstance(item, Clock) and spare and told):
                kept.append(item)
        self.items = kept

    def _find_window(self) -> tuple[Clock, Clock] | None:
        """The first two times that are joined as from-to."""
        for place in range(len(self.items) - 2):
            start, link, end = self.items[place : place + 3]
            if isinstance(start, Clock) and isinstance(end, Clock):
                lead = self.items[place - 1] if place else ""
                if link in _RANGE or (link == "AND" and lead == "BETWEEN"):
                    return span(start, end)
        return None

    def _ask(self, what: Ask, *clocks: Clock) -> AskBack:
        times = tuple(dict.fromkeys(c.at() for c in clocks))
        return AskBack(what, times, self.kind, self.days.weekdays, self.days.on)


def _is_day(item: str | Clock) -> bool:
    return isinstance(item, str) and bool(re.fullmatch(r"[DS]\d|WD|WE", item))


def _number(prefix: str, words: set[str]) -> int:
    """The number after ``prefix`` in a mark such as EACH120, else 0."""
    return next((int(w.removeprefix(prefix)) for w in words if re.fullmatch(rf"{prefix}\d+", w)), 0)
