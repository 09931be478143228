"""Finds the country that somebody names, in the spelling people use."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from content.schema.countries import Country
from content.schema.places import Places

CLOSE: Final = 85.0
"""How alike (of 100) a misspelt name must be; below, guessing a wrong number is worse than asking."""

SHORTEST: Final = 4
"""Letters of a name that may be guessed; short codes are too alike."""

LONGEST: Final = 60


def find_country(words: str, places: Places, countries: Sequence[Country]) -> Country | None:
    """The country of a name, an everyday name ("UK", "America") or a code; None when unsure."""
    wanted = words.strip().casefold()[:LONGEST]
    if not wanted:
        return None
    names = {country.code.casefold(): country.code for country in countries}
    names |= {country.name.casefold(): country.code for country in countries}
    for place in places.countries:
        names |= {name.casefold(): place.code for name in place.names}
    match = wanted if wanted in names else _closest(wanted, names)
    by_code = {country.code: country for country in countries}
    return by_code.get(names[match]) if match else None


def _closest(wanted: str, names: dict[str, str]) -> str | None:
    guessable = [name for name in names if len(name) >= SHORTEST]
    found = process.extractOne(wanted, guessable, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None
