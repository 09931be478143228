"""What the rows of languages that are not spoken must satisfy."""

from collections.abc import Iterable, Iterator
from typing import Final

from content.schema.languages import Foreign

ENGLISH: Final = frozenset(
    [
        "a",
        "i",
        "the",
        "and",
        "of",
        "to",
        "in",
        "is",
        "it",
        "you",
        "that",
        "he",
        "was",
        "for",
        "on",
        "are",
        "with",
        "as",
        "his",
        "they",
        "at",
        "be",
        "this",
        "have",
        "from",
        "or",
        "had",
        "by",
        "but",
        "what",
        "not",
        "all",
        "were",
        "we",
        "when",
        "can",
        "my",
        "me",
        "do",
        "how",
        "much",
        "legs",
        "leg",
        "weak",
        "take",
        "need",
    ]
)
"""Words so common in English that they can tell no other language."""


def problems(languages: Iterable[Foreign]) -> Iterator[str]:
    """Each thing that is wrong, as a plain sentence that names the language."""
    for row in languages:
        if "{number}" not in row.says:
            yield f"language {row.name}: its line does not say whom to call"
        if not row.script and not row.words:
            yield f"language {row.name}: it has no script and no words to be known by"
        for word in ENGLISH.intersection(row.words):
            yield f"language {row.name}: {word} is an English word"


def unverified(languages: Iterable[Foreign]) -> Iterator[str]:
    """Each line that no native speaker has read."""
    return (f"{row.name}: {row.says}" for row in languages if row.mark == "K")
