"""Finds which concepts a message names, and with which of its words."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tgbot.domain.red_flags.normalise import WORD, Token
from tgbot.domain.red_flags.typos import STEM

MOST_HITS: Final = 600
"""Hits of one concept that are kept: bounds the work on a text that repeats itself."""

Link = tuple[int, int]
"""A slot number and how many words may stand before it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found: first and last token number, and the tokens it stands on."""

    start: int
    end: int
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept compiled: its id and chains of (slot, gap)."""

    name: str
    chains: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts, inner ones first, and which slots a word or a concept fills."""

    concepts: tuple[Concept, ...]
    words: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]
    filled_by: Mapping[str, tuple[int, ...]]


Found = Mapping[str, Sequence[Hit]]


def find(tokens: Sequence[Token], lexicon: Lexicon) -> Found:
    """The hits of every concept in ``tokens``, in the order of the text."""
    slots: dict[int, list[Hit]] = {}
    for number, token in enumerate(tokens):
        hit = Hit(number, number, frozenset((number,)))
        for slot in slots_of(token.word, lexicon):
            slots.setdefault(slot, []).append(hit)
    found: dict[str, list[Hit]] = {}
    for concept in lexicon.concepts:
        hits = _hits(concept, slots, tokens)
        if hits:
            found[concept.name] = hits
            for slot in lexicon.filled_by.get(concept.name, ()):
                slots[slot] = sorted((*slots.get(slot, ()), *hits), key=_place)
    return found


def slots_of(word: str, lexicon: Lexicon) -> set[int]:
    """The slots that a word fills, by itself or by its beginning."""
    slots = set(lexicon.words.get(word, ()))
    for size in range(STEM, len(word) + 1):
        slots.update(lexicon.stems.get(word[:size], ()))
    return slots


def _hits(concept: Concept, slots: Mapping[int, list[Hit]], tokens: Sequence[Token]) -> list[Hit]:
    hits: dict[tuple[int, int], Hit] = {}
    for chain in concept.chains:
        # The first slot is asked for by itself: nearly all chains end there, without a generator.
        if chain[0][0] in slots and all(slot in slots for slot, _ in chain[1:]):
            for hit in _follow(chain, slots, tokens):
                hits.setdefault((hit.start, hit.end), hit)
                if len(hits) >= MOST_HITS:
                    return sorted(hits.values(), key=_place)
    return sorted(hits.values(), key=_place)


def _follow(
    chain: tuple[Link, ...], slots: Mapping[int, list[Hit]], tokens: Sequence[Token]
) -> Iterator[Hit]:
    partial = slots[chain[0][0]]
    for slot, gap in chain[1:]:
        partial = _extended(partial, slots[slot], gap, tokens)
        if not partial:
            return
    yield from partial


def _extended(
    partial: Sequence[Hit], following: Sequence[Hit], gap: int, tokens: Sequence[Token]
) -> list[Hit]:
    closest: dict[int, Hit] = {}
    starts = [hit.start for hit in following]
    for hit in partial:
        limit = tokens[hit.end].at // WORD * WORD + WORD * (1 + gap)
        at = bisect_right(starts, hit.end)
        while at < len(following) and tokens[following[at].start].at <= limit:
            step = following[at]
            before = closest.get(step.end)
            if before is None or before.start <= hit.start:
                closest[step.end] = Hit(hit.start, step.end, hit.used | step.used)
            at += 1
    return list(closest.values())


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end
