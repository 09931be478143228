"""The symptom check's content: what can be answered, how it is asked, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from pydantic import ConfigDict

Level = Literal["self_care", "soon", "same_day", "emergency"]
LEVELS: Final[tuple[Level, ...]] = ("self_care", "soon", "same_day", "emergency")
"""Mildest first, so that a higher index is more urgent."""

Condition = Mapping[str, tuple[str, ...]]
"""Question id -> options. One option of each question named must have been answered."""

When = tuple[Condition, ...]
"""Alternatives: one condition must hold. Where a condition may be left out, empty means always."""

NONE: Final = "none"
UNSURE: Final = "not_sure"
UNSURE_OF: Final = "not_sure:"
"""``not_sure:g`` is the answer "I am not sure about g"; it counts as g for the level."""

Status = Literal["verified", "verified-secondary", "partly", "from-knowledge"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and whether anybody read it there."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    year: str
    status: Status
    url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be answered.

    ``said`` is how a result quotes it (empty: the button's text). ``counts_as`` lists options of
    the same question that it stands for when the level is decided, which is how "not sure" works.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    text: str
    said: str = ""
    counts_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What rules ask about.

    ``assumed`` is the option taken when a list of answers leaves the question out and
    ``assumed_when`` holds of the rest (empty: always).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    options: tuple[Option, ...]
    assumed: str = ""
    assumed_when: When = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button on a screen and the answers it gives, each ``<question>.<option>``.

    ``id`` and ``text`` are those of the first option unless they are given here.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    means: tuple[str, ...]
    id: str = ""
    text: str = ""
    when: When = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Other words for the same screen, for example when somebody asks for a child."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    when: When
    ask: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One card of the dialogue.

    ``none`` is the text of the button that denies everything (only where several may apply);
    ``unsure`` that of "not sure". ``when``/``unless`` decide whether the screen is asked at all.
    ``limit`` shows only so many of the choices that fit, and the others behind a button (0: all). A ``side`` screen is an
    offer beside the road and no step of it; one with a ``door`` (the text of a button) is only
    ever answered by that button on a result, or by a choice elsewhere that means the same.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    about: str
    ask: str
    why: str
    choices: tuple[Choice, ...]
    none: str = ""
    unsure: str = ""
    instead: tuple[Variant, ...] = ()
    when: When = ()
    unless: When = ()
    limit: int = 0
    side: bool = False
    door: str = ""

    @property
    def several(self) -> bool:
        """Whether several choices may apply; then there is a button for none of them too."""
        return bool(self.none)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that the screen asks, in its order."""
        meanings = (split(meaning)[0] for choice in self.choices for meaning in choice.means)
        return tuple(dict.fromkeys(meanings))


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the urgency table; any alternative in ``when`` fires it, ``unless`` silences it.

    ``row`` is the row of the clinical table it carries out (U1 to U9). ``reason`` names what it
    counts as where reasons are counted: two rules with one reason are one. ``reasons`` asks for
    at least so many different same-day reasons besides ``when``.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    row: str
    level: Level
    when: When
    because: str
    sources: tuple[str, ...]
    unless: When = ()
    reason: str = ""
    reasons: int = 0
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raise:
    """Answers that speak for a cause group (positive) or against it (negative)."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    when: When
    score: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of causes in plain words: which answers speak for it and what a doctor may do."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    name: str
    about: str
    doctor: str
    raises: tuple[Raise, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The words of one level: its first line with one verb, what to do, when to come back."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    level: Level
    headline: str
    next_steps: tuple[str, ...]
    come_back: tuple[str, ...]
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """The whole symptom check of one language; rules and screens in the order they apply."""

    sources: Mapping[str, Source]
    questions: Mapping[str, Question]
    screens: tuple[Screen, ...]
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...]
    outcomes: Mapping[Level, Outcome]
    otherwise: Rule
    """What is said when no rule fires; never the mildest level."""
    _options: Mapping[str, Option] = field(init=False, repr=False, compare=False)
    _stand_for: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        init=False, repr=False, compare=False
    )
    _meanings: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Indexes options and choices once; every tap looks up many."""
        index = {
            f"{question.id}.{option.id}": option
            for question in self.questions.values()
            for option in question.options
        }
        object.__setattr__(self, "_options", index)
        stand_for = {
            question.id: {one.id: one.counts_as for one in question.options if one.counts_as}
            for question in self.questions.values()
        }
        object.__setattr__(self, "_stand_for", stand_for)
        meanings: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        for screen in self.screens:
            for choice in screen.choices:
                means = tuple(split(meaning) for meaning in choice.means)
                meanings[screen.id, self.choice_id(choice) if choice.means else ""] = means
            for word in (NONE, UNSURE) if screen.several else ():
                asked = tuple((question, word) for question in screen.questions)
                meanings[screen.id, word] = asked
        object.__setattr__(self, "_meanings", meanings)

    def screen(self, screen_id: str) -> Screen | None:
        """The screen with this id, or None."""
        return next((screen for screen in self.screens if screen.id == screen_id), None)

    def option(self, question_id: str, option_id: str) -> Option | None:
        """The option of a question, or None when either is unknown."""
        return self._options.get(f"{question_id}.{option_id}")

    def meaning(self, screen_id: str, choice_id: str) -> tuple[tuple[str, str], ...]:
        """The answers (question, option) that a choice on a screen gives; none if it is unknown."""
        return self._meanings.get((screen_id, choice_id), ())

    def standing_for(self, question_id: str) -> Mapping[str, tuple[str, ...]]:
        """The options of a question that stand for others when the level is decided."""
        return self._stand_for.get(question_id, {})

    def choice_id(self, choice: Choice) -> str:
        """A choice's own id, else the option's that it means first."""
        return choice.id or choice.means[0].partition(".")[2]

    def choice_text(self, choice: Choice) -> str:
        """What the button says."""
        option = self.option(*split(choice.means[0]))
        return choice.text or (option.text if option else "")


def split(meaning: str) -> tuple[str, str]:
    """``"T1.a"`` as question id and option id."""
    question, _, option = meaning.partition(".")
    return question, option
