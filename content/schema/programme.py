"""The shape of what holds for all moves: questions, stop rules, sessions, and how they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

Place = Literal["seated", "bed", "standing", "floor"]
Track = Literal["seated_and_bed", "standing"]
"""The two ways up the levels."""
Given = Literal["yes", "no"]
Effect = Literal[
    "no_exercise", "rest_today", "seated_and_bed", "no_floor", "gentler_today", "easier"
]
Seen = Literal["read", "copy", "not_read"]
"""How a source was seen: the page itself, a copy of it, or not at all (common practice)."""
Basis = Literal["verified", "partly_verified", "knowledge", "product"]
"""Read at a source; read for a part of it; not read; our own rule. None is signed by a clinician."""

FORBID: ConfigDict = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class MoveSource:
    """Where a move or a rule comes from."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    title: str
    seen: Seen
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A safety question; ``counts`` is the answer that changes something, and "not sure" is too.

    ``warns`` is how soon to be seen when it does, and ``condition`` which warning is said.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    id: str
    ask: str
    counts: Given
    then: Effect
    advice: str
    sources: tuple[str, ...]
    basis: Basis
    warns: Literal["emergency", "same_day"] | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class StopRules:
    """When to stop any session, the gravest first, and what is no reason to."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    call_emergency: tuple[str, ...]
    stop_and_call_doctor: tuple[str, ...]
    normal: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Band:
    """Pain from ``low`` to ``high``, of 10."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PainRule:
    """Pain as a traffic light."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    green: Band
    amber: Band
    red: Band
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Around:
    """A move before or after the session, for seconds or a number of times.

    Whoever may not do it does ``or_else``, or leaves it out.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    move: str
    how: str
    seconds: int = 0
    times: int = 0
    or_else: str | None = None


@dataclass(frozen=True, slots=True)
class DoseStep:
    """How far a step lies between a move's first dose and its full one, in percent."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    sets: int
    counts: int


@dataclass(frozen=True, slots=True)
class DoseRule:
    """How doses grow, and how hard they should feel."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    steps: tuple[DoseStep, ...]
    effort: str
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Progression:
    """The numbers of the rules by which sessions get harder and easier."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    easy_in_a_row: int
    too_hard_in_a_row: int
    easier_starts_at: int
    missed_days: int
    half_the_sets_at: int
    half_the_sets_to: int
    days_between: int
    ask_near_from_level: int
    most_left_out: int
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Session:
    """A fixed order of moves, by id."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    id: str
    position: Place
    level: int
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FallCard:
    """What to do on the floor after a fall."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    steps: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Programme:
    """What holds for all moves."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    sources: Mapping[str, MoveSource]
    questions: tuple[Question, ...]
    on_the_day: tuple[Question, ...]
    ask_again_days: int
    stop: StopRules
    pain: PainRule
    warm_up: tuple[Around, ...]
    cool_down: tuple[Around, ...]
    dose: DoseRule
    start: Mapping[Track, int]
    highest: Mapping[Track, int]
    progression: Progression
    sessions: tuple[Session, ...]
    light_sessions: tuple[Session, ...]
    swaps: Mapping[str, str]
    fall: FallCard

    def question(self, question_id: str) -> Question | None:
        """The question of that id."""
        every = (*self.questions, *self.on_the_day)
        return next((one for one in every if one.id == question_id), None)
