"""The shape of the common questions: what people ask, and the answer in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from pydantic import ConfigDict

from content.schema.checkup import Source

Level = Literal["emergency", "same_day", "soon", "self_care"]
"""How soon somebody with this should be seen: which line stands at the answer."""

NUTRIENT: Final = "nut:"
"""Begins a button that leads to a nutrient."""
PLACES: Final = frozenset({"check", "reminders", "shelves"})
"""Buttons that lead to another part of the bot; any other names a topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question with its answer.

    ``asks`` are wordings of the question. ``names`` are names that are a question by themselves
    ("myasthenia?"). Each of ``clues`` is a set of words that must all occur, in any order, where
    ``|`` parts alternatives and ``*`` stands for any ending. ``answer`` is Telegram HTML.
    ``covers`` are the facts of the two articles that it says (tests/data/article_facts.yaml).
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    title: str
    asks: tuple[str, ...]
    answer: str
    level: Level
    sources: tuple[str, ...]
    covers: tuple[str, ...]
    names: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Topics that are listed together."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words by which a question is known; what each list is for stands in the file."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    fillers: tuple[str, ...]
    same: Mapping[str, tuple[str, ...]]
    not_people: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Faq:
    """All common questions of one language, by shelf; ``sources`` are those they may name."""

    shelves: Mapping[str, Shelf]
    words: Words
    sources: Mapping[str, Source]

    def topics(self) -> Iterator[Topic]:
        """All topics, shelf by shelf."""
        for shelf in self.shelves.values():
            yield from shelf.topics

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of that id; None when there is none."""
        return next((topic for topic in self.topics() if topic.id == topic_id), None)
