"""Places people may name when asked where they are, and the time zones those lie in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

PlaceAsk = Literal["city", "which_one"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 code. ``spread`` when its people live in several zones."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    code: str
    names: tuple[str, ...]
    zones: tuple[str, ...]
    """The zone where most people live comes first."""
    spread: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A state, a province, or a wider part of the world. ``ask`` when a town is needed."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    names: tuple[str, ...]
    zones: tuple[str, ...]
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A zone with the words on its button."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    zone: str
    label: str


@dataclass(frozen=True, slots=True)
class Namesake:
    """A name that several places share, the likelier first; ``ask`` when no guess is fair."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    places: tuple[Offered, ...]
    ask: bool = False
    region: bool = False
    """Whether the name, the first place above all, may stand after a town: Rome, Georgia."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Letters or words for a time zone, such as CET; ``ask`` when they do not settle it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    names: tuple[str, ...]
    zones: tuple[str, ...]
    ask: PlaceAsk | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """All of it. Zones are IANA names; ``links`` gives the zone that an old name now means."""

    countries: tuple[Country, ...]
    regions: tuple[Region, ...]
    cities: Mapping[str, tuple[str, ...]]
    """The towns of each zone."""
    namesakes: tuple[Namesake, ...]
    abbreviations: tuple[Abbreviation, ...]
    popular: tuple[Offered, ...]
    """Zones to offer as guesses, the most people first."""
    links: Mapping[str, str]
