"""Reads what people type when asked where they are, or what time it is there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from tgbot.domain.places.clock import (
    MOST_GUESSES,
    offset_of,
    zones_at,
    zones_for_wall_clock,
)
from tgbot.domain.places.gazetteer import Entry, Gazetteer, plain, town
from tgbot.domain.places.values import AskWhich, PlaceQuestion, PlaceReply, Unknown, WhyNot, Zones
from tgbot.domain.times import ClockFace, read_clock

LONGEST: Final = 200
"""Characters that are read."""
_LONGEST_NAME: Final = 8
"""Words in the longest name."""
_SLACK: Final = 10
"""Minutes that a clock may be off when a place is named with it."""
_DAY: Final = 24 * 60
_LAST_MINUTE: Final = 59
_FEW_WORDS: Final = 4
_SHORT_NAME: Final = 2
_FILLER_LIST: Final = (
    "i live in near im am from a my at baby city town village here currently somewhere around close to of outside just "
    "now its it is we are were staying on the by so right lol please haha its"
)
_FILLER: Final = frozenset(_FILLER_LIST.split())
_EVERYDAY_LIST: Final = (
    "nice reading bath split mobile cork hull tours nancy us rio orange male of essen halle jos"
)
_EVERYDAY: Final = frozenset(_EVERYDAY_LIST.split())
"""Place names that are also everyday words; not places inside a longer sentence."""
_NO_PLACE_LIST: Final = (
    "hogwarts atlantis narnia gotham wakanda mordor utopia nowhere earth mars moon heaven home house sofa bedroom kitchen office hospital toilet couch garden hello thanks thank sorry maybe please cancel reminder today later never change "
    "start where there which help"
)
_NO_PLACE: Final = frozenset(_NO_PLACE_LIST.split())
_DECLINES: Final = re.compile(
    r"\b(skip|not telling|rather not|none of your|dont want|wont say|wont tell|no thanks|private|refuse)\b|^(no|nope|pass)$"
)
_NO_IDEA: Final = re.compile(r"\b(no idea|dont know|dunno|idk|not sure|no clue|cant say)\b")
_EXPLAIN: Final = re.compile(r"\bwhy\b|\bwhat for\b|\bdo you need\b")
_OFFSET: Final = re.compile(
    r"(?:\b(?:utc|gmt)\s*([+\-\u2212])|^\s*([+\-\u2212]))\s*(\d{1,2})(?:[:.]?(\d\d))?(?!\d)",
    re.IGNORECASE,
)
_ETC: Final = re.compile(r"\s*etc/gmt([+-])(\d{1,2})\s*", re.IGNORECASE)
_FLAG: Final = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_POINT: Final = re.compile(
    r"\s*[+-]?\d{1,3}\.\d+\s*°?\s*[nsNS]?\s*[,; ]\s*[+-]?\d{1,3}\.\d+\s*°?\s*[ewEW]?\s*"
)
_TIMELY: Final = re.compile(
    r"\btime\b|clock\b|\b(morning|night|evening|afternoon|dawn|dusk|late|early)\b|[🌙☀🌞🌅🌃🌛]"
)
_ASK_CITY: Final = AskWhich(PlaceQuestion.CITY)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found in the words from ``start`` up to ``end``."""

    start: int
    end: int
    entry: Entry


def find_zones(text: str, places: Gazetteer, now: datetime) -> PlaceReply:
    """The zones that ``text`` may mean at the aware moment ``now``; never fails.

    Understands towns (misspelt too), states, countries, flags, IANA names, offsets, short names
    of zones, and the time that the person's clock shows.
    """
    text = text[:LONGEST]
    words = plain(text)
    if _DECLINES.search(words):
        return Unknown(WhyNot.DECLINED)
    if _EXPLAIN.search(words):
        return AskWhich(PlaceQuestion.EXPLAIN)
    if _NO_IDEA.search(words):
        return _ASK_CITY
    named = _zone_name(text, places) or _offset(text, places, now)
    if named is not None:
        return named
    if words in places.abbreviations:
        return _reply(places.abbreviations[words], places)
    hits = _hits(text, words.split(), places)
    face = read_clock(text)
    if hits:
        return _checked(_choose(hits, words.split(), places), face, now)
    if face is not None and not _POINT.fullmatch(text):
        return _from_clock(face, places, now)
    return (
        AskWhich(PlaceQuestion.CLOCK)
        if _TIMELY.search(text.casefold()) and "my clock" not in words
        else _ASK_CITY
    )


def _zone_name(text: str, places: Gazetteer) -> PlaceReply | None:
    zone = places.zones.get("_".join(text.split()).casefold())
    if zone and ("/" in text or plain(text) not in places.names):
        return Zones((zone,), (town(zone),))
    return None


def _offset(text: str, places: Gazetteer, now: datetime) -> PlaceReply | None:
    """UTC+5:30 and its like. A whole hour says too little about clock changes: offer zones."""
    if etc := _ETC.fullmatch(text):
        minutes = int(etc[2]) * (60 if etc[1] == "-" else -60)
    elif found := _OFFSET.search(text):
        hours, rest = int(found[3]), int(found[4] or 0)
        minutes = (hours * 60 + rest) * (1 if "+" in {found[1], found[2]} else -1)
        if rest > _LAST_MINUTE:
            return Unknown(WhyNot.NO_SUCH_OFFSET)
    else:
        return None
    if not -12 * 60 <= minutes <= 14 * 60:
        return Unknown(WhyNot.NO_SUCH_OFFSET)
    zones = zones_at((minutes,), now, tuple(places.popular))[:MOST_GUESSES]
    labels = tuple(places.popular[zone] for zone in zones)
    return (
        Zones(zones, labels)
        if zones and minutes % 60
        else AskWhich(PlaceQuestion.CITY, zones, labels)
    )


def _hits(text: str, words: Sequence[str], places: Gazetteer) -> list[_Hit]:
    """The names in the text, from left to right; misspelt ones only where none stands as it is."""
    if flag := _FLAG.search(text):
        code = "".join(chr(ord(letter) - 0x1F1E6 + ord("a")) for letter in flag.groups())
        if code in places.flags:
            return [_Hit(0, 0, places.flags[code])]
    found = _exact(words, places)
    if (
        1 < len(words) <= _FEW_WORDS
        and sum(hit.end - hit.start for hit in found) < len(words)
        and (whole := places.nearest(" ".join(words)))
    ):
        return [_Hit(0, len(words), whole)]
    if all(hit.entry.wide for hit in found):
        found = _with_misspelt(found, words, places)
    return found


def _exact(words: Sequence[str], places: Gazetteer) -> list[_Hit]:
    found: list[_Hit] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
            name = " ".join(words[start:end])
            if name in places.names and not (name in _EVERYDAY and len(words) >= _FEW_WORDS):
                found.append(_Hit(start, end, places.names[name]))
                start = end - 1
                break
        start += 1
    if len(words) == 1:
        return found
    return [hit for hit in found if not _is_short(hit, words) or _has_neighbour(hit, found)]


def _is_short(hit: _Hit, words: Sequence[str]) -> bool:
    name = words[hit.start]
    return hit.end - hit.start == 1 and len(name) <= _SHORT_NAME and name.isascii()


def _has_neighbour(hit: _Hit, found: Sequence[_Hit]) -> bool:
    """Two letters are a place only beside another name, or where they end the text after a word."""
    return (
        any(other.end == hit.start or other.start == hit.end for other in found) or hit.start == 1
    )


def _with_misspelt(found: list[_Hit], words: Sequence[str], places: Gazetteer) -> list[_Hit]:
    taken = {n for hit in found for n in range(hit.start, hit.end)}
    rest = [n for n, word in enumerate(words) if n not in taken and word not in _FILLER]
    if (
        not rest
        or len(rest) > _FEW_WORDS
        or any(words[n] in _NO_PLACE or any(c.isdigit() for c in words[n]) for n in rest)
    ):
        return found
    entry = places.nearest(" ".join(words[n] for n in rest))
    if entry is None:
        return found
    return sorted([*found, _Hit(rest[0], rest[-1] + 1, entry)], key=lambda hit: hit.start)


def _choose(hits: list[_Hit], words: Sequence[str], places: Gazetteer) -> PlaceReply:
    """One answer from all the names: joined, dropped when denied, or offered side by side."""
    hits = _join(hits)
    kept = [h for h in hits if not h.start or words[h.start - 1] not in {"not", "tomorrow"}] or hits
    entries = [hit.entry for hit in kept]
    if len(entries) > 1 and any(not e.wide for e in entries):
        entries = [e for e in entries if not e.wide]
    if len(entries) == 1:
        return _reply(entries[0], places)
    if "now" in words or "currently" in words:
        entries.reverse()
    offered = {
        zone: label
        for e in reversed(entries)
        for zone, label in zip(e.zones, e.labels, strict=True)
    }
    zones = tuple(dict.fromkeys(zone for e in entries for zone in e.zones))
    labels = tuple(offered[zone] for zone in zones)
    if "between" in words or any(e.ask for e in entries):
        return AskWhich(PlaceQuestion.WHICH_ONE, zones, labels)
    return Zones(zones, labels)


def _join(hits: list[_Hit]) -> list[_Hit]:
    """A town and the state or country after it make one place."""
    joined: list[_Hit] = []
    for hit in hits:
        before = joined[-1] if joined else None
        if before and not before.entry.wide and hit.entry.around and hit.start - before.end <= 1:
            joined[-1] = _Hit(before.start, hit.end, _within(before.entry, hit.entry))
        else:
            joined.append(hit)
    return joined


def _within(place: Entry, around: Entry) -> Entry:
    both = [
        (z, label) for z, label in zip(place.zones, place.labels, strict=True) if z in around.zones
    ]
    if both:
        return Entry(tuple(z for z, _ in both), tuple(label for _, label in both))
    if around.ask and around.wide:
        return around
    return Entry(around.zones[:1], around.labels[:1])


def _reply(entry: Entry, places: Gazetteer) -> PlaceReply:
    if not entry.ask:
        return Zones(entry.zones, entry.labels)
    offered = list(zip(entry.zones, entry.labels, strict=True))
    if len(offered) > MOST_GUESSES:
        offered = [(zone, label) for zone, label in offered if zone in places.popular]
    offered = offered[:MOST_GUESSES]
    return AskWhich(
        PlaceQuestion(entry.ask), tuple(z for z, _ in offered), tuple(label for _, label in offered)
    )


def _checked(reply: PlaceReply, face: ClockFace | None, now: datetime) -> PlaceReply:
    """The place, unless the person also gave a clock time that cannot be right there."""
    if face is None or face.at is None or face.open or not isinstance(reply, Zones):
        return reply
    shown = face.at.hour * 60 + face.at.minute
    utc = now.astimezone(UTC)
    for zone in reply.zones:
        ahead = offset_of(zone, now)
        off = (utc.hour * 60 + utc.minute + ahead - shown) % _DAY
        if min(off, _DAY - off) <= _SLACK:
            return Zones(reply.zones, reply.labels, ahead)
    return AskWhich(PlaceQuestion.CONFLICT, reply.zones, reply.labels)


def _from_clock(face: ClockFace, places: Gazetteer, now: datetime) -> PlaceReply:
    if face.at is None:
        return Unknown(WhyNot.NO_SUCH_TIME)
    readings = [face.at]
    if face.open:
        readings.append(time((face.at.hour + 12) % 24, face.at.minute))
    found = [
        (local, zones)
        for local in readings
        if (zones := zones_for_wall_clock(local, now, tuple(places.popular)))
    ]
    if not found:
        return _ASK_CITY
    zones = tuple(zone for _, some in found for zone in some)[:MOST_GUESSES]
    labels = tuple(places.popular[zone] for zone in zones)
    if len(found) > 1:
        return AskWhich(PlaceQuestion.AM_PM, zones, labels)
    return Zones(zones, labels, offset_of(zones[0], now))
