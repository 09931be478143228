"""Reads the places people may name and their time zones."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from content.files import read_csv, read_yaml
from content.schema.places import Abbreviation, Country, Namesake, Offered, Places, Region


@dataclass(frozen=True, slots=True)
class _CountryRow:
    code: str
    names: str
    zones: str
    spread: Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class _LinkRow:
    name: str
    zone: str


def load_places(folder: Path) -> Places:
    """Reads the files of ``folder`` (content/data/places).

    Raises:
        ContentError: a file is missing or malformed.
    """
    return Places(
        countries=tuple(
            Country(
                row.code,
                tuple(row.names.split("|")),
                tuple(row.zones.split("|")),
                row.spread == "yes",
            )
            for row in read_csv(_CountryRow, folder / "countries.csv")
        ),
        regions=read_yaml(tuple[Region, ...], folder / "regions.yaml"),
        cities=read_yaml(dict[str, tuple[str, ...]], folder / "cities.yaml"),
        namesakes=read_yaml(tuple[Namesake, ...], folder / "namesakes.yaml"),
        abbreviations=read_yaml(tuple[Abbreviation, ...], folder / "offsets.yaml"),
        popular=read_yaml(tuple[Offered, ...], folder / "popular.yaml"),
        links={row.name: row.zone for row in read_csv(_LinkRow, folder / "links.csv")},
    )
