"""What is kept of a person's programme, and of one session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from pydantic import ConfigDict

from content.schema.programme import Place, Track

Answer = Literal["yes", "no", "unsure"]
Pain = Literal["green", "amber", "red"]
Feel = Literal["", "easy", "ok", "too_hard", "stopped"]
"""How it was, in the person's words; ``stopped``: they ended it early because it hurt."""
Kind = Literal["full", "light", "gentle", "held"]
"""A session of one's level; of the day after; with nobody near; while standing rests."""
Phase = Literal["opening", "warm_up", "moves", "stopped", "cool_down", "how", "pain", "ended"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is.

    ``step`` is the step of the dose, ``easy`` and ``hard`` count such sessions in a row. ``held``:
    standing rests after a fall or a stop rule. ``met`` is the highest level that was begun with
    someone near, ``gentle_on`` the day on which nobody was. ``rest_on`` is the last day of feeling
    ill, ``checked_on`` that of the last word on standing. ``avoid`` are moves that hurt or were
    too hard. ``last_level`` is that of the last full session; ``counted_from`` the day from which
    missed days count; ``strength_on`` the day of the last session that was not a light one.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked_on: date | None = None
    checked_on: date | None = None
    rest_on: date | None = None
    gentle_on: date | None = None
    track: Track | None = None
    level: int = 0
    step: int = 0
    easy: int = 0
    hard: int = 0
    held: bool = False
    met: int = 0
    pain: Pain = "green"
    avoid: tuple[str, ...] = ()
    turn: int = 0
    last_level: int = 0
    counted_from: date | None = None
    strength_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One move of a session with how much of it: ``count`` times or seconds in each of ``sets``."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    move: str
    sets: int
    count: int


@dataclass(frozen=True, slots=True)
class Session:
    """One session under way.

    ``places`` is where its moves may be done. ``swapped`` are moves that hurt or were too hard,
    ``left`` how many were not done as planned, ``done`` how many were done. ``before`` is the
    phase to which "stopped" belongs. ``revision`` grows with every tap that counts.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    kind: Kind
    level: int
    places: tuple[Place, ...]
    items: tuple[Item, ...]
    version: Literal[1] = 1
    phase: Phase = "opening"
    before: Phase = "opening"
    index: int = 0
    swapped: tuple[str, ...] = ()
    left: int = 0
    done: int = 0
    feel: Feel = ""
    revision: int = 1

    @property
    def stands(self) -> bool:
        """Whether this session may have standing moves."""
        return "standing" in self.places
