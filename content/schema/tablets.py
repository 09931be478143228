"""The shape of what is known about tablets and names: what a limit counts, what a salt holds."""

from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict

Mark = Literal["V", "K"]
"""V: read at the source. K: from knowledge, still to be read at the source by a person."""
Authority = Literal["US", "EFSA", "UK"]
Covers = Literal["everything", "supplements", "folic_acid"]


@dataclass(frozen=True, slots=True)
class LimitScope:
    """What the upper limit of one authority counts: all sources, tablets, or added folic acid."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    authority: Authority
    nutrient: str
    covers: Covers
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Salt:
    """How much of a mineral a tablet of one of its salts holds: its name is not the amount."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    nutrient: str
    salt: str
    names: str
    """As people write it, in lower case, divided by semicolons."""
    formula: str
    """From which the checks work the share out again; water of crystals as ``(H2O)7``."""
    tablet_mg: float
    mineral_mg: float
    source: str
    mark: Mark

    @property
    def written(self) -> tuple[str, ...]:
        """Each of the names."""
        return tuple(each.strip() for each in self.names.split(";"))


@dataclass(frozen=True, slots=True)
class FoodName:
    """What a food of the table is called in one kitchen: palak is spinach."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    food: str
    """Words that stand in the names of the rows it is for."""
    cuisine: str
