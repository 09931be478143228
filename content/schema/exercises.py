"""The shape of the moves: what to do, how much of it, when to stop, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from content.schema.programme import Basis, Place, Programme

Unit = Literal["times", "seconds"]


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: ``count`` times or seconds in each of ``sets``, for each leg where ``per_side``."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sets: int
    count: int
    per_side: bool
    rest_seconds: int
    build_to_sets: int
    build_to_count: int
    days_per_week: int
    unit: Unit = "times"


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise. ``easier`` and ``harder`` are ids of other moves."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    name: str
    good_for: str
    """In plain words what it trains, to end the sentence "This is for ..."."""
    position: Place
    level: int
    """1 (gentlest) to 4."""
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    dose: Dose
    care: tuple[str, ...]
    """What to look out for before starting."""
    stop_if: tuple[str, ...]
    """Reasons to stop that belong to this move; those for every move are in ``StopRules``."""
    sources: tuple[str, ...]
    basis: Basis
    also: tuple[Place, ...] = ()
    """Where else it can be done."""
    easier: str | None = None
    harder: str | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it can be done, the best place first."""
        return (self.position, *self.also)


@dataclass(frozen=True, slots=True)
class Exercises:
    """All of it; ``moves`` by id."""

    programme: Programme
    moves: Mapping[str, Move]
