"""Reads until when a pause lasts: "until 24 December", "till Monday", "for 10 days"."""
# ruff: noqa: PLR2004 - the numbers are those of a calendar

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tgbot.domain.times.clocks import items
from tgbot.domain.times.dates import read_days
from tgbot.domain.times.grammar import join
from tgbot.domain.times.lexing import LONGEST, marks

FARTHEST: Final = timedelta(days=366)
"""A longer pause is no pause; our own rule."""


class NoDate(StrEnum):
    """Why there is no day to come back on."""

    NOT_A_DATE = "not_a_date"
    NO_SUCH_DATE = "no_such_date"
    PAST = "past"
    TOO_FAR = "too_far"
    UNCLEAR = "unclear"
    """Day and month could be either way round, or "next" could be this week or the one after."""


_NUMERIC: Final = re.compile(
    r"(?<![\d:./])(\d{1,2})\s?([./])\s?(\d{1,2})(?:\s?[./]\s?(\d{4}|\d\d)?)?(?![\d:])"
)
_LEAD: Final = re.compile(r".*\b(?:UNTIL|TO|FOR|back)\b")
_LENGTH: Final = re.compile(
    r"(?:A |THE )?(?:NEXT (?=W?\d))?(?:W?(\d+) |A |PER |(COUPLE) (?:OF )?)?(DAY|WEEK|MONTH)\b"
)
_WHOLE_MONTH: Final = re.compile(r"^M(\d+)$")
_YEAR: Final = re.compile(r"X0000(\d{4}) ?,? ?[KZ](20\d\d)")


def read_until(text: str, today: date) -> date | NoDate:
    """The day on which reminders are back, later than ``today``; never fails."""
    text = text[:LONGEST]
    if found := _NUMERIC.search(text):
        return _numeric(found, today)
    words = marks(re.sub(r"(?i)\bfortnight\b", "2 weeks", text)).replace("MONTHLY", "MONTH")
    rest = _LEAD.sub("", words).strip()
    if found := _LENGTH.match(rest):
        return _after(found, today)
    rest = _WHOLE_MONTH.sub(lambda m: f"X0000{int(m[1]) + 1:02d}01", rest)
    return _named(_YEAR.sub(r"X\2\1", join(rest)), today)


def _numeric(found: re.Match[str], today: date) -> date | NoDate:
    """24.12. is day and month; 3/4 could be either way round."""
    day, month = int(found[1]), int(found[3])
    if found[2] == "/" and day != month:
        if day <= 12 and month <= 12:
            return NoDate.UNCLEAR
        if month > 12:
            day, month = month, day
    year = int(found[4]) if found[4] else 0
    return _dated(year + 2000 if 0 < year < 100 else year, month, day, today)


def _dated(year: int, month: int, day: int, today: date) -> date | NoDate:
    mark = f"X{year:04d}{month:02d}{day:02d}"
    return _named(mark, today) if month <= 99 else NoDate.NO_SUCH_DATE


def _after(found: re.Match[str], today: date) -> date | NoDate:
    count = 2 if found[2] else int(found[1] or 1)
    if count == 0:
        return NoDate.NOT_A_DATE
    if count > FARTHEST.days:
        return NoDate.TOO_FAR
    if found[3] == "MONTH":
        year, month = divmod(today.month - 1 + count, 12)
        year, month = today.year + year, month + 1
        return _checked(date(year, month, min(today.day, monthrange(year, month)[1])), today)
    return _checked(today + timedelta(days=count * (7 if found[3] == "WEEK" else 1)), today)


def _named(line: str, today: date) -> date | NoDate:
    if re.search(r"\bNEXT WEEK\b|\bWHICHDAYS\b", line):
        return today + timedelta(days=7 - today.weekday())
    if "YESTERDAY" in line:
        return NoDate.PAST
    days = read_days(items(line), today)
    if days.impossible:
        return NoDate.NO_SUCH_DATE
    if days.unclear:
        return NoDate.UNCLEAR
    if days.on:
        return _checked(days.on, today)
    if days.weekdays and days.single:
        (day,) = days.weekdays
        return today + timedelta(days=(day - today.weekday()) % 7 or 7)
    return NoDate.NOT_A_DATE


def _checked(day: date, today: date) -> date | NoDate:
    if day <= today:
        return NoDate.PAST
    return day if day - today <= FARTHEST else NoDate.TOO_FAR
