"""The shape of the exercise content: moves, how much of them, when to stop, and the sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

Position = Literal["seated", "bed", "standing"]
Seen = Literal["read", "copy", "not_read"]
"""How a source was seen: the page itself, a copy of it, or not at all (common practice)."""
Basis = Literal["verified", "partly_verified", "knowledge", "product"]
"""Read at a source; read for a part of it; not read; our own rule. None is signed by a clinician."""


@dataclass(frozen=True, slots=True)
class MoveSource:
    """Where a move or a rule comes from."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    title: str
    seen: Seen
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: ``reps`` in each of ``sets``, for each leg where ``per_side``."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sets: int
    reps: int
    per_side: bool
    rest_seconds: int
    build_to_sets: int
    build_to_reps: int
    days_per_week: int


@dataclass(frozen=True, slots=True)
class Move:
    """One exercise. ``easier`` and ``harder`` are ids of other moves."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    name: str
    good_for: str
    """In plain words what it trains, to end the sentence "This is for ..."."""
    position: Position
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
    easier: str | None = None
    harder: str | None = None


@dataclass(frozen=True, slots=True)
class StopRules:
    """When to stop any session, the gravest first, and what is no reason to."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    call_emergency: tuple[str, ...]
    stop_and_call_doctor: tuple[str, ...]
    normal: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Session:
    """A fixed order of moves, by id."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    position: Position
    level: int
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds for all moves: the sources, the stop rules, the sessions."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sources: Mapping[str, MoveSource]
    stop: StopRules
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Exercises:
    """All of it; ``moves`` by id."""

    programme: Programme
    moves: Mapping[str, Move]
