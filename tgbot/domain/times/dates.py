"""Days and dates in a line of marks: which weekdays, or which one date."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face and a calendar

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tgbot.domain.times.clocks import Item

_DATE: Final = re.compile(r"X(\d{4})(\d\d)(\d\d)")
_AHEAD: Final = {"TODAY": 0, "DATE0": 0, "TONIGHT": 0, "ONCE": 0, "TOMORROW": 1, "DAYAFTER": 2}


@dataclass(frozen=True, slots=True)
class Days:
    """The days named. ``single`` when one weekday stands alone: once, or every week?"""

    weekdays: frozenset[int] | None = None
    single: bool = False
    on: date | None = None
    impossible: bool = False
    unclear: bool = False


def read_days(line: Sequence[Item], today: date) -> Days:
    """The weekdays or the one date that the marks name, seen from ``today``."""
    words = [item for item in line if isinstance(item, str)]
    for word in words:
        if word in _AHEAD:
            return Days(on=today + timedelta(days=_AHEAD[word]))
        if word.startswith("DAYS"):
            return Days(on=today + timedelta(days=min(int(word[4:]), 3660)))
        if m := _DATE.fullmatch(word):
            found = _resolve(int(m[1]), int(m[2]), int(m[3]), today)
            return Days(on=found, impossible=found is None)
        if word.startswith("NEXTWEEK"):
            return Days(on=today + timedelta(days=7 - today.weekday() + int(word[-1])))
        if word.startswith(("THISDAY", "NEXTDAY")):
            return _near_weekday(word, today)
    return _weekdays(words)


def _near_weekday(word: str, today: date) -> Days:
    """The coming weekday; "next" one within this same week is unclear."""
    ahead = (int(word[-1]) - today.weekday()) % 7
    if word.startswith("THIS"):
        return Days(on=today + timedelta(days=ahead))
    same_week = ahead > 1 and int(word[-1]) > today.weekday()
    return Days(on=today + timedelta(days=ahead or 7), unclear=same_week)


def _weekdays(words: list[str]) -> Days:
    chosen: set[int] = set()
    left_out: set[int] = set()
    plural = False
    named = 0
    into = chosen
    for word in words:
        if word == "LESS":
            into = left_out
            continue
        group = _group(word)
        if group:
            into |= group
            named += into is chosen
            plural |= word[0] in "SW"
        elif word in {"ALLOF", "WEEKLY", "EVERY"}:
            plural = True
        into = chosen
    if left_out:
        chosen = (chosen or set(range(7))) - left_out
    if not chosen or len(chosen) == 7:
        return Days()
    return Days(frozenset(chosen), single=named == 1 and not plural and not left_out)


def _group(word: str) -> set[int]:
    if word == "WD":
        return set(range(5))
    if word == "WE":
        return {5, 6}
    return {int(word[1])} if re.fullmatch(r"[DS][0-6]", word) else set()


def _resolve(year: int, month: int, day: int, today: date) -> date | None:
    """The next such date; a missing year or month (0) is filled in, None when there is none."""
    if month == 0:
        months = [
            (today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1)
            for n in range(13)
        ]
    else:
        months = [(year or today.year + n, month) for n in range(1 if year else 9)]
    for some_year, some_month in months:
        try:
            found = date(some_year, some_month, day)
        except ValueError:
            continue
        if found >= today or year:
            return found
    return None
