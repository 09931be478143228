"""Turns a typed line into marks: known words by meaning, clock times and dates by value."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face and a calendar

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from rapidfuzz.distance import OSA

from tgbot.domain.times.words import FEASTS, MARK_OF, PHRASES, PROTECTED

LONGEST: Final = 400
"""Characters that are read; a time stands in a short line."""

_LETTER: Final = r"[^\W\d_\u0900-\u097f]|[\u0900-\u097f]"
_TOKEN: Final = re.compile(rf"[A-Z]+\d*(?![a-z])|\d+|(?:{_LETTER})+|[-/+&@,?]|[^\s\w.!]")
_GLUED: Final = re.compile(
    "|".join(
        sorted(
            (w for w in MARK_OF if re.search("[\u3000-\u9fff\uac00-\ud7af]", w)),
            key=len,
            reverse=True,
        )
    )
)
_HAN_NUMBERS: Final = (
    {"十二": "12", "十一": "11", "十": "10"}
    | {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}
    | {"两": "2"}
)
_PHRASE: Final = re.compile(
    r"(?<!\w)("
    + "|".join(sorted((*map(re.escape, (*PHRASES, *FEASTS)),), key=len, reverse=True))
    + r")(?!\w)"
)
_FUZZY: Final = tuple(w for w, mark in MARK_OF.items() if len(w) >= 4 and w.isascii())
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def marks(text: str) -> str:
    """The line as marks and unknown words, parted by single spaces; never fails."""
    plain = _plain(text[:LONGEST])
    for pattern, replace in _LITERALS:
        plain = pattern.sub(replace, plain)
    return " ".join(_mark(token) for token in _TOKEN.findall(plain) if token)


def clock(hour: int, minute: int, *, padded: bool = False) -> str:
    """A mark for a clock time: K as spoken (morning or evening open), Z on the 24-hour clock."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return " BADTIME "
    day_round = padded or hour > 12 or hour == 0
    return f" {'Z' if day_round else 'K'}{hour % 24:02d}{minute:02d} "


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("–", "-")
    text = "".join(_letter(c) for c in unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", text)
    for word, number in _HAN_NUMBERS.items():
        text = re.sub(f"{word}(?=[点點時时])", number, text)
    text = _GLUED.sub(lambda m: f" {m[0]} ", text)
    text = re.sub(r"\b(i)'(m)\b|\b(don)'(t)\b", lambda m: "".join(filter(None, m.groups())), text)
    text = re.sub(r"(?<=\w)'(?=s\b)", "", text)
    text = re.sub(r"(?<!\w)([ap])\.m\b\.?", r" \1m ", text)
    text = re.sub(r"(?<!\w)o(?=\d)|(?<=\d)o(?=[\d:.])", "0", text)
    text = re.sub(r"(?<=\d)([ap])\b(?!\.?\s?m)|(?<=\d)\s?([ap])\.?\s?m\b\.?", _half_day, text)
    text = re.sub(
        r"\bhalf (?=een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)", "halb ", text
    )
    return re.sub(r"(?<=\d)\s*ish\b|\bish\b", " ", text)


def _half_day(m: re.Match[str]) -> str:
    return f" {m[1] or m[2]}m "


def _letter(char: str) -> str:
    """Without Latin accents and emoji trimmings; digits of any script as 0 to 9."""
    if "\u0300" <= char <= "\u036f" or char in "\ufe0f\u20e3\u200d\u064b":
        return ""
    if "\U0001f550" <= char <= "\U0001f567":  # twelve clock faces, then the half hours
        hour, half = (ord(char) - 0x1F550) % 12 + 1, char >= "\U0001f55c"
        return f" {hour}:{30 if half else 0:02d} "
    if "A" <= char <= "Z":
        return char.lower()
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _mark(token: str) -> str:
    if token[0].isupper() or token.isdigit():
        return token
    if known := MARK_OF.get(token):
        return known
    return _near(token) if len(token) >= 4 and token.isascii() and token not in PROTECTED else token


def _near(word: str) -> str:
    """The mark of the one known word that ``word`` is a likely slip of, else the word itself."""
    room = 1 if len(word) < 7 else 2
    best = room + 1
    found = word
    for known in _FUZZY:
        if abs(len(known) - len(word)) > room or known[0] != word[0]:
            continue
        distance = OSA.distance(word, known, score_cutoff=room)
        if distance < best and (len(known) > 4 or sorted(known) == sorted(word)):
            best, found = distance, MARK_OF[known]
    return found


def _date(year: str | None, month: int, day: int) -> str:
    full = int(year) if year else 0
    full += 2000 if 0 < full < 100 else 0
    return f" X{full:04d}{month:02d}{day:02d} "


def _slashed(m: re.Match[str]) -> str:
    """Day and month as written with a slash: only one order may be possible, or both, or none."""
    first, second = int(m[1]), int(m[2])
    if first > 12 or second > 12:
        month, day = (second, first) if first > 12 else (first, second)
        return _date(m[3], month, day)
    return " XBOTH "


def _digits(m: re.Match[str]) -> str:
    """Three or four digits in a row as a clock time."""
    hour, minute = int(m[1][:-2]), int(m[1][-2:])
    if len(m[1]) == 3 and hour < 6 and not minute:
        return " BADTIME "
    return clock(hour, minute, padded=len(m[1]) == 4)


_MEASURE: Final = r"(?:ml|millilit\w+|cl|dl|l|lit(?:er|re)s?|oz|steps|kcal|times|x|hours?|hrs?|h|min\w*|sec\w*|days?|m|km|mg|g|kg|%)\b"
_UNCLOCKED: Final = r"(?<![\w:.,-])"
_LITERALS: Final[tuple[_Rule, ...]] = tuple(
    (re.compile(pattern), replace)
    for pattern, replace in (
        (r"\b(\d{4})-(\d\d?)-(\d\d?)\b", lambda m: _date(m[1], int(m[2]), int(m[3]))),
        (
            r"\b(\d{1,2})\.(0?[1-9]|1[0-2])\.(\d{4})?(?=\s*\S)",
            lambda m: _date(m[3], int(m[2]), int(m[1])),
        ),
        (
            r"(\d+)[.,](\d)\s*(?:hours?|hrs?|h)\b",
            lambda m: f" {int(m[1]) * 60 + int(m[2]) * 6} MIN ",
        ),
        (
            r"\b(\d{1,2})\s*[:;]+\s*(\d\d)(?::\d\d)?(?![:\d])",
            lambda m: clock(int(m[1]), int(m[2]), padded=m[1][0] == "0"),
        ),
        (r"\b\d{1,3}\s*:\s*\d\b", lambda _: " VAGUE "),
        (r"\b\d+\s*:\s*\d+\b", lambda _: " BADTIME "),
        (
            r"(?<![\d.,])(\d{1,2})[.,](\d\d)(?![.,]?\d)",
            lambda m: clock(int(m[1]), int(m[2]), padded=m[1][0] == "0"),
        ),
        (r"\b(\d{1,2})\s?h\s?(\d\d)\b", lambda m: clock(int(m[1]), int(m[2]))),
        (r"\b(\d{1,2})-(1[3-9]|2[0-4])(?=\s*[ap]m)", lambda m: clock(int(m[1]), int(m[2]))),
        (r"\b(\d{1,2})-(2[5-9]|[3-5]\d)\b(?!-)", lambda m: clock(int(m[1]), int(m[2]))),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])(?=\D*[\dKZ])", _slashed),
        (r"\b\d{1,2}\.\d\b", lambda _: " VAGUE "),
        (
            r"\b\d+\s?(?:ml|cl|dl|l|lit(?:er|re)s?|oz|steps|kcal|km|mg|kg|%)(?!\w)",
            lambda _: " QTY ",
        ),
        (rf"{_UNCLOCKED}(\d{{3,4}})(?!\d)(?!\s*{_MEASURE}(?<!hrs)(?<!h))", _digits),
        (r"\b(\d{1,2})(?:st|nd|rd|th)\b", lambda m: f" O{m[1]} "),
        (r"^\s*-\s*(?=\d)|(?<=every)\s+-(?=\d)", lambda _: " NEG "),
        (
            _PHRASE.pattern,
            lambda m: f" {PHRASES[m[1]]} " if m[1] in PHRASES else _date(None, *FEASTS[m[1]]),
        ),
        (
            r"(?<=[\dm\s.])\s*\b(?:no wait|no|sorry|actually|i mean|wait|rather|make that)\b[\s,]*(?=[\dKZ]|at [\dKZ])",
            lambda _: " INSTEAD ",
        ),
        (r"\bx\s?\d+\b", lambda _: " QTY "),
        (r"\binstead of\b", lambda _: " NOT "),
    )
)
