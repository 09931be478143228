"""Weighs by learned weights what a message asks: its words, what it names, what the rules say."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from operator import itemgetter, mul
from typing import Final

from content.schema.nutrients import Router
from tgbot.domain.questions.familiar import places_of, strangeness
from tgbot.domain.questions.intents import Clues, hits
from tgbot.domain.questions.lexicon import Lexicon
from tgbot.domain.questions.names import told_of
from tgbot.domain.questions.question import Intent
from tgbot.domain.red_flags.score import Evidence, root

FEATURES: Final = 3
"""The version of the features below: weights fit one version only."""
BITS: Final = 14
"""Features fall into 2 ** BITS places."""
LETTERS: Final = range(3, 6)
"""Lengths of the pieces of words that count; blanks mark a word's beginning and end."""
MOST_WORDS: Final = 60
"""Words of a message that are weighed; what is asked is said in fewer."""
WORDS_WEIGHT: Final = 5.0
"""Length of the vector of all features of the words."""
FLAG_WEIGHT: Final = 1.0
"""What each thing counts that is not a word: what the rules say, what is named."""
ONE, TWO, SKIP, PIECE, ENDS, SAID, FLAG, STRANGE = (zlib.crc32(bytes([n])) for n in range(9, 17))
"""Where hashing begins for each family of features, so that families do not meet."""
_NUMBER: Final = re.compile(
    r"\b\d[\d.]*\s*(?:(iu|mcg|ug|mg|g|grams?)|(n?mol|[un]mol l|ng ml|pg ml|mg dl)|k)?\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest intent, by how much it leads the next, and which that is."""

    intent: Intent
    lead: float
    second: Intent


def gather(clues: Clues, said: str, lexicon: Lexicon) -> Evidence:
    """The evidence of a message; ``said`` is the intent by the rules."""
    words = masked(clues, lexicon).split()[:MOST_WORDS]
    return Evidence(
        words=frozenset(_word_features(words, clues.plain.split()[:MOST_WORDS])),
        rules=frozenset(_place(FLAG, flag) for flag in _flags(clues, said, lexicon, len(words))),
        kinds=places_of(root(word.encode()).decode() for word in words),
    )


def counted(evidence: Evidence, known: Sequence[int], own: int = 0) -> Mapping[int, float]:
    """What each place counts: all words together as much as all messages' words, a flag always.

    ``known`` tells in how many questions each word stood, ``own`` whether this is one of them.
    """
    each = WORDS_WEIGHT / sqrt(len(evidence.words) or 1)
    found = dict.fromkeys(evidence.words, each)
    for place in evidence.rules:
        found[place] = found.get(place, 0.0) + FLAG_WEIGHT
    for name, count in strangeness(evidence.kinds, known, own):
        place = _place(STRANGE, name)
        found[place] = found.get(place, 0.0) + count
    return found


def route(evidence: Evidence, router: Router) -> Verdict:
    """What the weights make of the evidence."""
    counts = counted(evidence, router.known)
    at, counted_so = itemgetter(*counts), tuple(counts.values())
    scores = {}
    for number, name in enumerate(router.intents):
        row = router.weights[number << BITS : (number + 1) << BITS]
        total = sum(map(mul, at(row), counted_so))
        scores[Intent(name)] = total * router.scales[number] + router.bases[number]
    best, second, *_ = sorted(scores, key=scores.__getitem__, reverse=True)
    return Verdict(best, scores[best] - scores[second], second)


def masked(clues: Clues, lexicon: Lexicon) -> str:
    """The message with marks for what it names, so that what is learned of one serves for all."""
    spans = [(start, end, "#n") for start, end in clues.places]
    for pattern, mark in (
        (lexicon.medicines.pattern, "#m"),
        (lexicon.foods.pattern, "#f"),
        (lexicon.female, "#who"),
        (lexicon.male, "#who"),
    ):
        spans += [(m.start(), m.end(), mark) for m in pattern.finditer(clues.plain)]
    parts, at = [], 0
    for start, end, mark in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
            parts += [clues.plain[at:start], f" {mark} "]
            at = end
    return _NUMBER.sub(_number, "".join([*parts, clues.plain[at:]]))


def _number(match: re.Match[str]) -> str:
    return " #dose " if match[1] else " #level " if match[2] else " #9 "


def _word_features(words: Sequence[str], as_written: Iterable[str]) -> Iterator[int]:
    row = ["^", *(root(word.encode()).decode() for word in words), "$"]
    for word in {*words, *row}:
        yield _place(ONE, word)
    for one, two in pairwise(row):
        yield _place(TWO, f"{one} {two}")
    for one, two in zip(row, row[2:], strict=False):
        yield _place(SKIP, f"{one} {two}")
    for word in {*words}:
        if not word.startswith("#"):
            yield from (_place(PIECE, piece) for piece in _pieces(f" {word} "))
    for word in as_written:
        yield _place(SAID, word)
    yield _place(ENDS, f"first {row[1]}")
    yield _place(ENDS, f"last {row[-2]}")


def _pieces(padded: str) -> Iterator[str]:
    for size in LETTERS:
        for at in range(len(padded) - size + 1):
            yield padded[at : at + size]


def _flags(clues: Clues, said: str, lexicon: Lexicon, words: int) -> Iterator[str]:
    kinds = {value.what for value in clues.values}
    yield f"said {said}"
    yield from (f"rule {number}" for number in hits(clues, lexicon))
    yield f"nutrients {min(3, len(clues.nutrients))} named {bool(clues.places)}"
    yield f"medicine {bool(clues.medicines)}"
    yield f"food {bool(clues.foods)}"
    told = told_of(clues.plain, lexicon)
    yield f"situation {bool(told)} named {bool(clues.places)}"
    yield from (f"told {nutrient}" for nutrient in told)
    yield f"length {min(9, words // 2)}"
    yield f"person {clues.described}"
    yield from (f"value {kind}" for kind in kinds)
    yield from (f"nutrient {nutrient}" for nutrient in clues.nutrients)
    yield f"after {clues.after}"
    if clues.after:
        yield f"after {clues.after} said {said}"


def _place(family: int, text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"), family) & ((1 << BITS) - 1)
