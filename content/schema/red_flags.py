"""The danger screen's content: lexicons, concepts, rules and the conditions they point to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

RuleLevel = Literal["emergency", "same_day", "ask"]
Verification = Literal["verified", "verified-secondary", "from-knowledge"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One danger: what it is called, how soon to be seen, and its place among the others.

    ``rank`` orders several conditions in one message, most urgent (lowest) first.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    rank: int
    level: Literal["emergency", "same_day"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the danger table as concept pairs, with the phrases that prove it.

    Each line of ``when`` is an alternative: concept ids joined by `` + ``, all of which must be
    meant in the message, or ``2 of a, b, c``. ``unless`` lists concepts that make
    the rule silent, ``asks_if`` those that turn its warning into a question. With
    ``max_words`` the rule looks only at messages of at most so many words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    condition: str
    level: RuleLevel
    source: str
    verification: Verification
    when: tuple[str, ...]
    matches: tuple[str, ...]
    does_not_match: tuple[str, ...]
    unless: tuple[str, ...] = ()
    asks_if: tuple[str, ...] = ()
    max_words: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """How people really type: short forms, emoji, look-alike letters, and words to leave alone."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    short_forms: Mapping[str, str]
    emoji: Mapping[str, str]
    look_alikes: Mapping[str, str]
    fillers: tuple[str, ...]
    leave_alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Learned weights beside the rules, made by ``python -m tgbot.training``.

    ``stamp`` is the hash of all that they were learned from. From ``warn`` on a message warns,
    from ``ask`` on it asks, and from ``calm`` on it asks when a rule is sure. ``danger`` and ``urgent`` hold one small weight for each place that
    a feature can fall into; ``kinds`` one for each place and each of ``conditions``.
    """

    stamp: str
    warn: float
    ask: float
    calm: float
    danger_scale: float
    danger_base: float
    urgent_scale: float
    urgent_base: float
    clear_by: float
    conditions: tuple[str, ...]
    danger: Sequence[int]
    urgent: Sequence[int]
    kinds: Sequence[int]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """Everything the screen of one language knows.

    ``concepts`` maps an id to patterns; the syntax is described in
    ``tgbot/domain/red_flags/patterns.py``. Without a ``score`` the rules decide alone.
    """

    spelling: Spelling
    background: tuple[str, ...]
    insistent: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    score: Score | None = None
