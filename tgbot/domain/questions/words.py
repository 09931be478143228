"""Brings a message into one plain form and finds whole words in it."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 1500
"""Characters that are read; a nutrient question is never longer."""
_APOSTROPHES: Final = re.compile(r"['’‘`´]")  # noqa: RUF001 - the marks people really type
_NOT_WORDS: Final = re.compile(r"[^\w.%]|(?<!\d)\.|\.(?!\d)|_")
_SPACES: Final = re.compile(r"\s+")


def normalised(text: str) -> str:
    """Lower case, one kind of each letter, no apostrophes, single spaces; the start of it only."""
    flat = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return _SPACES.sub(" ", _APOSTROPHES.sub("", flat)).strip()


def bare(normal: str) -> str:
    """``normal`` with each mark but a decimal point turned into a space: places stay the same."""
    return _NOT_WORDS.sub(" ", normal)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words or phrases, whole, the longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if inner else r"(?!)")
