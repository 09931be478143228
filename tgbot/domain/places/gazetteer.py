"""The places of the content, arranged so that a name, even a misspelt one, is found quickly."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.schema.places import Country, Places

_SHORTEST_FUZZY: Final = 5
_ROOM: Final = ((5, 1), (8, 2))
"""From how many letters on how many slips of the pen are forgiven."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for. ``wide`` for countries, states and continents."""

    zones: tuple[str, ...]
    labels: tuple[str, ...]
    wide: bool = False
    around: bool = False
    """Whether it may stand after a town to say which one is meant: Paris, Texas."""
    ask: str | None = None
    """"city" when a town is needed, "which_one" when several places have the name."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything needed to find a zone by name."""

    names: Mapping[str, Entry]
    flags: Mapping[str, Entry]
    """Countries by ISO code in small letters."""
    abbreviations: Mapping[str, Entry]
    zones: Mapping[str, str]
    """IANA names in small letters, old ones too, to the name in use."""
    popular: Mapping[str, str]
    """Zones to guess from, most people first, with their labels."""
    fuzzy: Mapping[int, tuple[str, ...]]
    """Names by length without spaces, for misspelt ones."""

    def nearest(self, name: str) -> Entry | None:
        """The entry whose name is only a slip or two from ``name``, or None."""
        bare = name.replace(" ", "")
        room = max((slips for length, slips in _ROOM if len(bare) >= length), default=0)
        if not room:
            return None
        near = (
            n
            for length in range(len(bare) - room, len(bare) + room + 1)
            for n in self.fuzzy.get(length, ())
        )
        best: tuple[int, bool, str] | None = None
        for candidate, distance, _ in process.extract_iter(
            bare, near, processor=_close_up, scorer=OSA.distance, score_cutoff=room
        ):
            rank = (int(distance), candidate[0] != name[0], candidate)
            if best is None or rank < best:
                best = rank
        if best is None or (best[1] and best[0] > 1):
            return None
        return self.names[best[2]]


def index_places(places: Places) -> Gazetteer:
    """Arranges ``places`` for searching; do it once at the start."""
    labels = {offered.zone: offered.label for offered in places.popular}
    flags = {c.code.lower(): _country(c, labels) for c in places.countries}
    names = dict(_wide(places, flags))
    for zone, towns in places.cities.items():
        names |= {plain(town): Entry((zone,), (town,)) for town in towns}
    for same in places.namesakes:
        names[plain(same.name)] = Entry(
            tuple(p.zone for p in same.places),
            tuple(p.label for p in same.places),
            around=same.region,
            ask="which_one" if same.ask else None,
        )
    every = {zone for c in places.countries for zone in c.zones}
    return Gazetteer(
        names=names,
        flags=flags,
        abbreviations={
            plain(name): Entry(a.zones, tuple(labels.get(z, town(z)) for z in a.zones), ask=a.ask)
            for a in places.abbreviations
            for name in a.names
        },
        zones={zone.casefold(): zone for zone in every}
        | {old.casefold(): zone for old, zone in places.links.items()},
        popular=labels,
        fuzzy=_by_length(names),
    )


def plain(text: str) -> str:
    """Small letters and digits in words, without accents of Latin letters."""
    text = (
        unicodedata.normalize("NFKC", text)
        .casefold()
        .replace("'", "")
        .replace("’", "")
        .replace(".", "")
    )
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if _in_word(c) else " " for c in text).split())


def town(zone: str) -> str:
    """The town an IANA zone is named after, for a button."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _country(country: Country, labels: Mapping[str, str]) -> Entry:
    """A country of one zone, or one of many that needs a town."""
    if not country.spread:
        return Entry(country.zones[:1], country.names[:1], wide=True, around=True)
    named = tuple(labels.get(zone, town(zone)) for zone in country.zones)
    return Entry(country.zones, named, wide=True, around=True, ask="city")


def _wide(places: Places, flags: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    for country in places.countries:
        for name in country.names:
            yield plain(name), flags[country.code.lower()]
    for region in places.regions:
        for name in region.names:
            entry = Entry(
                region.zones,
                (name,) * len(region.zones),
                wide=True,
                around=True,
                ask="city" if region.ask else None,
            )
            yield plain(name), entry


def _by_length(names: Mapping[str, Entry]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for name in names:
        length = len(_close_up(name))
        if length >= _SHORTEST_FUZZY - 1:
            found.setdefault(length, []).append(name)
    return {length: tuple(sorted(same)) for length, same in found.items()}


def _close_up(name: str) -> str:
    return name.replace(" ", "")


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}
