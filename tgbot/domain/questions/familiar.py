"""Tells how strange the words of a message are to us: what is off topic has a world of its own."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

BITS: Final = 16
"""Words fall into 2 ** BITS places, wide apart so that two seldom share one."""
SELDOM: Final = 4
"""Questions that a word must stand in to be one of ours."""
MOST_NEW, MOST_SELDOM = 6, 8
"""Words that are told apart by number; more are all the same."""
_SHARE: Final = 3.0
"""What it counts when every word is strange."""


def places_of(words: Iterable[str]) -> tuple[int, ...]:
    """The places of the words that are no marks and no numbers, each once."""
    kept = {word for word in words if word[0].isalpha()}
    return tuple(sorted({zlib.crc32(word.encode()) & ((1 << BITS) - 1) for word in kept}))


def strangeness(
    places: Sequence[int], known: Sequence[int], own: int = 0
) -> Iterator[tuple[str, float]]:
    """What the words at ``places`` count for, by the questions that ``known`` saw each in.

    ``own`` is 1 where the message itself is one of those questions, and 0 elsewhere.
    """
    seen = [known[place] - own for place in places]
    new = sum(count < 1 for count in seen)
    seldom = sum(count < SELDOM for count in seen)
    yield f"new {min(MOST_NEW, new)}", 1.0
    yield f"seldom {min(MOST_SELDOM, seldom)}", 1.0
    yield "new", new / 3
    yield "new of all", _SHARE * new / (len(seen) or 1)
    yield "seldom of all", _SHARE * seldom / (len(seen) or 1)
