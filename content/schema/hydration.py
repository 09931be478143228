"""The shape of the drink content: the safety questions, usual times and amounts, signs, sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Literal

from pydantic import ConfigDict

LeadsTo = Literal["today", "never", "doctor"]
"""What a yes means: be seen today; never told to drink more; only once a doctor agrees."""
Seen = Literal["read", "copy", "not_read"]
Basis = Literal["verified", "partly_verified", "knowledge", "product"]
"""Read at a source; read for a part of it; not read; our own rule. No clinician has signed any."""


@dataclass(frozen=True, slots=True)
class DrinkSource:
    """Where a question or an amount comes from, and how it was seen."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    title: str
    year: str
    seen: Seen
    url: str = ""


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """One safety question; "not sure" counts as yes.

    ``label`` names it on a button, ``because`` ends the sentence "because you said …", ``any_of``
    are the things of which one is enough, ``advice`` is what a yes adds to the words of its kind.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    label: str
    ask: str
    why: str
    because: str
    leads_to: LeadsTo
    basis: Basis
    sources: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What to drink on most days, in cups; ``most_ml`` is never passed by any target."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    cup_ml: int
    woman_ml: int
    man_ml: int
    unsaid_ml: int
    most_ml: int
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the bot offers to remind, at most how often, and how long before bed it stops."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    usual: tuple[time, ...]
    most_a_day: int
    stop_before_bed_hours: int
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs, a line each, and what they rest on."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    lines: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HotDay:
    """What is said on a hot day: to those who may drink more, and to all others."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    open: str
    closed: str
    basis: Basis
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hydration:
    """All of it. ``questions`` are asked in their order; ``never_say`` may stand in no sentence."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    sources: Mapping[str, DrinkSource]
    questions: tuple[GateQuestion, ...]
    amounts: Amounts
    rhythm: Rhythm
    hot: HotDay
    dry: Signs
    get_help: Signs
    never_say: tuple[str, ...]

    def question(self, question_id: str) -> GateQuestion | None:
        """The question of that id; None when there is none."""
        return next((one for one in self.questions if one.id == question_id), None)
