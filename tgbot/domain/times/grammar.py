"""Rules that join marks into bigger ones: numbers, amounts, repeats, days and clock times."""
# ruff: noqa: PLR2004 - the numbers are those of a clock face and a calendar

import re
from collections.abc import Callable
from typing import Final

from tgbot.domain.times.lexing import clock

_N: Final = r"(?<![A-Z\d])(?:W|O)?(\d{1,3})(?!\d)"
_PART: Final = "(AM|PM|MORN|AFTN|EVE|NITE)"
_LETTER: Final = "(?:m|tu|t|w|th|f|sa|su)"
_DAY: Final = r"[DS]\d"
_HOURS: Final = "(?:HOUR|HR)"
_MINUTES: Final = {"SEC": 0, "MIN": 1, "HOUR": 60, "HR": 60}

Replace = Callable[[re.Match[str]], str] | str


def join(line: str) -> str:
    """The line of marks after every rule has run once, in the order they stand."""
    for pattern, replace in _RULES:
        line = re.sub(r"\s+", " ", pattern.sub(replace, line)).strip()
    return line


def _interval(m: re.Match[str]) -> str:
    count = int(m[1]) if m[1] else 1
    minutes = count * _MINUTES[m[2]]
    if count == 0:
        return "BADINT"
    return f"EACH{minutes}" if minutes else "TOOOFTEN"


def _ahead(m: re.Match[str]) -> str:
    return f"IN{int(m[1] or 1) * _MINUTES[m[2]]}"


def _days(first: int, last: int) -> str:
    return " ".join(f"S{(first + n) % 7}" for n in range((last - first) % 7 + 1))


def _month_day(month: int, day: int) -> str:
    return f"X0000{month + 1:02d}{day:02d}"


def _spoken(minutes: int, hour: int) -> str:
    """``minutes`` after (or, below nought, before) the hour; 12 minus a quarter is 11:45."""
    if hour > 24:
        return "BADTIME"
    if minutes < 0:
        hour = 12 if hour == 1 else (hour - 1) % 24
    return clock(hour, minutes % 60).strip()


def _past(m: re.Match[str]) -> str:
    step = {"HALF": 30, "QUART": 15, "VIERTEL": 15}.get(m[1]) or int(m[2])
    back = m[3] in {"TO", "VOR", "OF", "BEFORE"}
    if not m[1] and m[3] in {"TO", "BEFORE", "AFTER"} and _is_window(m, step):
        return m[0]
    if step > 59:
        return "BADTIME"
    if m[4] in {"NOON", "MIDN"}:
        hour = 12 if m[4] == "NOON" else 0
        total = (hour * 60 + (-step if back else step)) % 1440
        return f"T{total // 60:02d}{total % 60:02d}"
    hour = int(m[5])
    if back and not m[1] and "W" not in m[0] and step in {5, 10}:
        return "CLEAR " + _spoken(-step, hour)
    return _spoken(-step if back else step, hour)


def _is_window(m: re.Match[str], step: int) -> bool:
    """Whether "9 to 5" runs from nine to five, rather than being nine minutes before it."""
    return (
        (step not in {5, 10, 20, 25} and " MIN " not in m[0])
        or "EACH" in m.string
        or m.string[: m.start()].endswith(("FROM ", "BETWEEN "))
        or int(m[5] or 0) > 12
    )


def _letters(m: re.Match[str]) -> str:
    """Days by their letters: m w f, t th."""
    order = ("m", "t", "w", "th", "f", "sa", "su")
    found = [order.index("t" if w == "tu" else w) for w in m[0].split() if w.islower()]
    if "-" in m[0] and len(found) == len(("first", "last")):
        return _days(found[0], found[1]) + " "
    return " ".join(f"S{day}" for day in found) + " "


def _bare(m: re.Match[str]) -> str:
    hour = int(m[1])
    return "VAGUE0" if hour in {0, 24} else clock(hour, 0).strip()


_TABLE: Final[tuple[tuple[str, Replace], ...]] = (
    # Numbers and amounts
    (r"(?<!\d )\b(?:oh|o|W0)\b (?=W\d)", ""),
    (r"W([2-9]0) (?:- )?W([1-9])(?!\d)", lambda m: f"W{int(m[1]) + int(m[2])}"),
    (r"\bTHE\b ?", ""),
    (r"(HALF|QUART|PAST|TO|VOR|W\d+) - (?=PAST|TO|VOR|W(?:15|[2-5][05])(?!\d))", r"\1 "),
    (r"(PAST|TO) - (?=W\d)", r"\1 "),
    (rf"W?3 QUART OF (?:A )?{_HOURS}", "45 MIN"),
    (r"W?3 QUART (?=PAST)", "45 MIN "),
    (rf"{_N} AND (?:A )?HALF {_HOURS}", lambda m: f"{int(m[1]) * 60 + 30} MIN"),
    (rf"{_N} {_HOURS} AND (?:A )?HALF", lambda m: f"{int(m[1]) * 60 + 30} MIN"),
    (rf"(?:A )?{_HOURS} AND (?:A )?HALF", "90 MIN"),
    (rf"(?:A )?HALF (?:A |OF A )?{_HOURS}", "30 MIN"),
    (rf"(?:A )?QUART (?:OF )?(?:A )?{_HOURS}", "15 MIN"),
    (rf"(?:A )?COUPLE (?:OF )?(?={_HOURS}|MIN|DAY|TIMES)", "2 "),
    (
        r"(?<!it )(?<!time )\b(IS|i m) (?:W?\d+)(?= |$)(?! OCLOCK|:| (?:AM|PM|AND|IN|AT|EVE|MORN))",
        "QTY",
    ),
    # Repeats that are not by the week
    (r"(?:EVERY|PER|ONCE A|NEXT) (?:MONTH|YEAR)|MONTHLY|OF (?:MONTH|EVERY MONTH)", "UNSUP"),
    (
        r"EVERY NOW AND \w+|EVERY (?:A )?FEW (?:HOUR|HR|MIN|DAY)|(?:every )?so OFTEN|\boften\b",
        "OFTEN",
    ),
    (rf"EVERY {_N} (?:-|TO|OR) {_N} (?:MIN|HOUR|HR)", "OFTEN"),
    (rf"EVERY OTHER {_HOURS}", "EACH120"),
    (rf"ONCE (?:A|EVERY) {_HOURS}", "EACH60"),
    (rf"{_N} (?:- )?HOURLY", lambda m: f"EACH{int(m[1]) * 60}"),
    (
        r"EVERY (?:OTHER|SEC|third|fourth|O2|W2|2|O3|W?[3-6]) DAY|OTHER DAYS?|EVERY OTHER",
        "WHICHDAYS",
    ),
    (r"EVERY NEG \d+ \w+", "BADINT"),
    (rf"EVERY (?:{_N}) (SEC|MIN|HOUR|HR)(?! DAY)", _interval),
    (r"EVERY (\d{3,}) (SEC|MIN|HOUR|HR)", _interval),
    (r"EVERY ()(SEC|MIN|HOUR|HR)(?! DAY)", _interval),
    (r"HOURLY", "EACH60"),
    (r"EVERY WEEK(?!\w)|WEEKLY", "WEEKLY"),
    (r"(?:EVERY|W?7|ONCE) DAY(?: ?(?:PER|A|EVERY))? WEEK", "DAILY"),
    (r"(?:W?\d+) DAY PER WEEK", "PERWEEK"),
    (r"EVERY (?:PER )?DAY|EVERY DAILY", "DAILY"),
    (r"ONCE (?:PER |A )?WEEK(?:LY)?|TWICE (?:PER |A )?WEEK(?:LY)?", "PERWEEK"),
    (rf"{_N} TIMES (?:PER |A |EVERY )?WEEK(?:LY)?", "PERWEEK"),
    (r"TWICE (?:PER DAY|A DAY|DAILY)", "COUNT2"),
    (r"DAILY TWICE", "COUNT2"),
    (r"ONCE (?:PER DAY|A DAY|DAILY)", "COUNT1"),
    (rf"{_N} TIMES (?:PER |A )?(?:DAY|DAILY)", r"COUNT\1"),
    (rf"{_N} TIMES ", r"COUNT\1 "),
    (rf"(?:QTY|{_N} [a-z]+) (?:OF [a-z]+ )?PER DAY", "HOWMANY"),
    (r"QTY (?:OF )?[a-z]+$", "HOWMANY"),
    (r"EVERY (?=DAYS?\b|D\d|S\d|MORN|EVE|NITE|AFTN)", "ALLOF "),
    # From now on, how long, until when
    (rf"IN (?:{_N}|A) (MIN|HOUR|HR)", _ahead),
    (rf"(?:{_N}|A) (MIN|HOUR|HR) FROM NOW", _ahead),
    (
        rf"IN (?:{_N}|A|PER) (DAY|WEEK)",
        lambda m: f"DAYS{int(m[1] or 1) * (7 if m[2] == 'WEEK' else 1)}",
    ),
    (r"FOR (?:W?\d+|A|NEXT W?\d+|COUPLE OF)? ?(?:DAY|WEEK|MONTH)", "ENDS"),
    (r"(?:FOR )?(?:W?\d+|A) (?:MIN|SEC)(?! (?:TO|PAST))", ""),
    (rf"FOR (?:W?\d+|A) {_HOURS}", ""),
    (rf"(?:A|90 MIN|{_HOURS}) {_HOURS}? ?PMLATE", "SHIFT"),
    (rf"(?:W?\d+|A) (?:{_HOURS}|MIN) PMLATE", "SHIFT"),
    (r"PMLATE", "later"),
    (r"same time(?: AT| as)?(?: \w+)?", "SAME"),
    (r"NOT [a-z]+ (?:TODAY|TONIGHT|YESTERDAY)", ""),
    # Dates
    (rf"(?<!\S){_LETTER}(?: (?:[,/-] |AND )?{_LETTER})+(?!\S)", _letters),
    (
        r"(?:ON )?M(\d+) [OW]?(\d{1,2})(?!\d| (?:AM|PM|OCLOCK))",
        lambda m: _month_day(int(m[1]), int(m[2])),
    ),
    (r"(?:ON )?[OW]?(\d{1,2}) (?:OF |de )?M(\d+)", lambda m: _month_day(int(m[2]), int(m[1]))),
    (r"ON first", "O1"),
    (r"(?:ON )?O(\d{1,2})(?! OF| M\d| D\d)", r"X000000\1"),
    (r"X0000000?(\d\d?)\b", lambda m: f"X000000{int(m[1]):02d}"),
    (r"(?:START|FROM) (?:ON )?(?:TODAY|TOMORROW|X\d{8}|NEXT WEEK|NEXT \w\d)", ""),
    (rf"({_DAY}) (?:-|TO|UNTIL) ({_DAY})", lambda m: _days(int(m[1][1]), int(m[2][1]))),
    (rf"(?:START|FROM) (?:ON )?{_DAY}(?= )", ""),
    (rf"(?:UNTIL|TO) (?:{_DAY}|X\d{{8}}|TOMORROW|NEXT WEEK|M\d+)", "ENDS"),
    (
        rf"(?:EXCEPT|NOT)(?: ON| FOR| AT| IN)? ({_DAY}|WE|WD)(?: (?:AND|OR) ({_DAY}))?",
        lambda m: f"LESS {m[1]} {('LESS ' + m[2]) if m[2] else ''}",
    ),
    (r"LAST (D\d|NITE|WEEK)", "YESTERDAY"),
    (r"TODAY (?:IN )?(?:EVE|NITE)|THIS EVE", "TONIGHT"),
    (r"THIS MORN", "TODAY MORN"),
    (r"THIS AFTN", "TODAY AFTN"),
    (r"NEXT WEEK (?:ON )?[DS](\d)", r"NEXTWEEK\1"),
    (r"[DS](\d) NEXT WEEK", r"NEXTWEEK\1"),
    (r"THIS (D\d)", r"THISDAY\1"),
    (r"NEXT (D\d)", r"NEXTDAY\1"),
    (r"NEXT WEEK|ON [a-z]+ DAY$|ON [a-z]+ DAY(?= )", "WHICHDAYS"),
    # Clock times in words
    (rf"W(\d+) HUNDRED(?: {_HOURS})?", lambda m: clock(int(m[1]), 0, padded=True)),
    (r"AND HALF", "BAN"),
    (rf"{_N} (?:OCLOCK )?BAN(?!\w)", lambda m: _spoken(30, int(m[1]))),
    (rf"{_N} (?:OCLOCK )?AND QUART", lambda m: _spoken(15, int(m[1]))),
    (rf"{_N} (?:OCLOCK )?LESSQUART", lambda m: _spoken(-15, int(m[1]))),
    (
        rf"(?:A )?(?:(HALF|QUART|VIERTEL)|{_N})(?: MIN)? (PAST|TO|VOR|AFTER|OF|BEFORE) (NOON|MIDN|(?:[KZ]|W)?(\d\d?)(?!\d))",
        _past,
    ),
    (rf"HALF (?!PAST){_N}", lambda m: _spoken(30, int(m[1]))),
    (rf"HALB {_N}", lambda m: _spoken(-30, int(m[1]))),
    (rf"DREIV {_N}", lambda m: _spoken(-15, int(m[1]))),
    (rf"(?:VIERTEL|QUART) {_N}", "CLEAR"),
    (rf"(?:(?:A )?(?:HALF|QUART)|{_N}) (?:PAST|TO)$", "ASKHOUR"),
    (r"SWAHILI \w+", "CLEAR"),
    (r"(?<!\S)W?(\d\d?) (?:o|oh|W0|0) ?W?([1-9])(?!\S)", lambda m: clock(int(m[1]), int(m[2]))),
    (
        r"(?<!\S)(1?\d|2[0-3]) (0\d|2[5-9]|[3-5]\d)(?!\S)(?! (?:MIN|HOUR|[a-z]+s\b))",
        lambda m: clock(int(m[1]), int(m[2])),
    ),
    (r"W(\d\d?) (?:OCLOCK )?W([1-5]\d)(?! (?:W|PAST|TO))", lambda m: clock(int(m[1]), int(m[2]))),
    (r"(\d\d?) OCLOCK (\d\d)(?!\d)", lambda m: clock(int(m[1]), int(m[2]))),
    (rf"(?:CLOCKAT )?{_N} (?:OCLOCK|HR)(?: HR)?", _bare),
    (rf"{_N} HOUR$|^AT {_N} HOUR", lambda m: clock(int(m[1] or m[2]), 0)),
    (r"([KZ]\d{4}) (?:OCLOCK|HR|HOUR)\b", r"\1"),
    (r"(?:W?12|K1200) (?:AT |IN )?NOON", "T1200"),
    (r"(?:W?12|K1200) (?:AT |IN )?MIDN", "T0000"),
    (r"NOON", "T1200"),
    (r"MIDN", "T0000"),
    (r"(?:de|FROM|BETWEEN) ((?:[KZT]|W)?\d+) A ((?:[KZT]|W)?\d+)", r"FROM \1 TO \2"),
    # Numbers that count something, not hours
    (
        r"\d+ (?:sets|reps|squats|glasses|cups)\b|(?<!\S)W?\d+ (?!MIN|TIMES)[a-z]{3,}s\b(?<! this)",
        "QTY",
    ),
    (rf"{_PART} AND {_PART} (?:AT )?([KZT]\d{{4}}|W?\d+)(?!\S)", r"\3 \1 AND \2"),
)
_RULES: Final = tuple((re.compile(pattern), replace) for pattern, replace in _TABLE)
