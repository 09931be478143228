"""What a picture shows, as values that can wait in a database: it is drawn only when it is sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Bar:
    """One food: what it is called, how much of it, the amount, and the amount in words."""

    name: str
    serving: str
    amount: float
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars against what a day takes; ``day_low`` and ``day_high`` are 0 where none is known."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    day_low: float
    day_high: float
    source: str

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows; ``from_json`` reads them."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """The chart that ``to_json`` wrote.

        Raises:
            TypeError: it was not written by ``to_json``.
            KeyError: as TypeError.
        """
        return cls(**{**raw, "bars": tuple(Bar(**bar) for bar in raw["bars"])})


@dataclass(frozen=True, slots=True)
class Column:
    """One day of a week: its name, its number, a mark of ``weeks.Mark``, and cups (-1: not counted)."""

    name: str
    number: str
    mark: str
    cups: int


@dataclass(frozen=True, slots=True)
class WeekChart:
    """Seven days side by side; the labels of its two rows are empty where a row is left out."""

    title: str
    exercises: str
    drinks: str
    rest: str
    """What stands in the ring of a day of rest."""
    target: int
    """Cups a day, 0 without a target."""
    columns: tuple[Column, ...]

    def to_json(self) -> dict[str, Any]:
        """As values that JSON knows; ``from_json`` reads them."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """The chart that ``to_json`` wrote.

        Raises:
            TypeError: it was not written by ``to_json``.
            KeyError: as TypeError.
        """
        return cls(**{**raw, "columns": tuple(Column(**each) for each in raw["columns"])})


def read_chart(raw: Mapping[str, Any]) -> Chart | WeekChart:
    """The chart of either kind that ``to_json`` wrote.

    Raises:
        TypeError: it was not written by ``to_json``.
        KeyError: as TypeError.
    """
    return WeekChart.from_json(raw) if "columns" in raw else Chart.from_json(raw)
