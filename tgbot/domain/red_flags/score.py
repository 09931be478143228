"""Weighs a message by learned weights, beside the rules: what its words and the rules say."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from content.schema.red_flags import Score
from tgbot.domain.red_flags.matching import Found, Hit
from tgbot.domain.red_flags.normalise import Reading, Token
from tgbot.domain.red_flags.scope import Marks, Meant, Scope

FEATURES: Final = 2
"""The version of the features below: weights fit one version only."""

BITS: Final = 18
"""Features fall into 2 ** BITS places."""

KIND_BITS: Final = 12
"""Words fall into 2 ** KIND_BITS places when the condition is looked for."""

LETTERS: Final = range(2, 6)
"""Lengths of the pieces of words that count; blanks mark a word's beginning and end."""

WORDS_WEIGHT: Final = 3.0
"""Length of the vector of all features of the words."""

RULES_WEIGHT: Final = 0.2
"""What each feature of the rules counts."""

CALM_MARKS: Final = (
    "acute", "present", "personal", "close", "informs", "asks", "past", "steady", "fiction",
    "pet", "settled",
)  # fmt: skip
PIECE, ONE, TWO, ROOT, ROOTS, MEANT, ENDS, FLAG, SIGN = (zlib.crc32(bytes([n])) for n in range(9))
"""Where hashing begins for each family of features, so that families do not meet."""

ENDINGS: Final = (b"ingly", b"edly", b"ness", b"ing", b"ed", b"es", b"ly", b"s")
"""Endings that are cut off a word, longest first, so that "numbness" counts as "numb"."""

SHORTEST_ROOT: Final = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the score reads from one message: places of features, in no order that matters."""

    words: frozenset[int]
    rules: frozenset[int]
    kinds: tuple[int, ...]


NO_EVIDENCE: Final = Evidence(frozenset(), frozenset(), ())


def gather(
    reading: Reading, scope: Scope, found: Found, meant: Mapping[str, Meant], alarms: Iterable[str]
) -> Evidence:
    """The evidence of a message; ``alarms`` are short texts that tell what the rules found."""
    words = _word_features(reading, scope)
    words.update(_flag(name) for name in _flags(scope, len(reading.tokens)))
    named = {f"{name}={int(meant[name])}" if name in meant else name for name in found}
    return Evidence(
        words=frozenset(words),
        rules=frozenset(_place(SIGN, text.encode()) for text in {*named, *alarms}),
        kinds=tuple(sorted(_kinds(reading.tokens, named))),
    )


def danger_of(evidence: Evidence, score: Score) -> float:
    """How much the message looks like a danger that is happening; more is more."""
    return _weighed(evidence, score.danger, score.danger_scale, score.danger_base)


def urgency_of(evidence: Evidence, score: Score) -> float:
    """Above zero when the danger looks like an emergency rather than one to be seen today."""
    return _weighed(evidence, score.urgent, score.urgent_scale, score.urgent_base)


def likeliest(evidence: Evidence, score: Score) -> str:
    """The condition whose words come nearest, or "unclear" when two are about as near."""
    count = len(score.conditions)
    sums = [0] * count
    for place in evidence.kinds:
        row = score.kinds[place * count : (place + 1) * count]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
    best, second = sorted(sums, reverse=True)[:2]
    if best - second < score.clear_by * max(len(evidence.kinds), 1):
        return "unclear"
    return score.conditions[sums.index(best)]


def _weighed(evidence: Evidence, weights: Sequence[int], scale: float, base: float) -> float:
    length = WORDS_WEIGHT / sqrt(len(evidence.words) or 1)
    by_words = sum(map(weights.__getitem__, evidence.words)) * length
    by_rules = sum(map(weights.__getitem__, evidence.rules)) * RULES_WEIGHT
    return (by_words + by_rules) * scale + base


def _word_features(reading: Reading, scope: Scope) -> set[int]:
    """Words, their pieces and roots, pairs of neighbours, and how each word is meant."""
    tokens, asked = reading.tokens, reading.asked
    row: list[bytes] = [b"^"]
    for number, token in enumerate(tokens):
        if number and token.sentence != tokens[number - 1].sentence:
            row.append(b"?" if asked[tokens[number - 1].sentence] else b".")
        row.append(token.word.encode())
    if tokens:
        row.append(b"?" if asked[tokens[-1].sentence] else b"$")
    roots = [root(word) for word in row]
    places = {_place(TWO, a + b" " + b) for a, b in pairwise(row)}
    places.update(_place(ROOTS, a + b" " + b) for a, b in pairwise(roots))
    places.update(_place(ROOT, one) for one in roots)
    for word in {token.word for token in tokens}:
        places.update(_pieces(word.encode()))
    if tokens:
        outer = {tokens[0].sentence: b"first ", tokens[-1].sentence: b"last "}
        places.update(
            _place(ENDS, outer[token.sentence] + root(token.word.encode()))
            for token in tokens
            if token.sentence in outer
        )
    places.update(_meant_words(scope))
    return places


def _pieces(word: bytes) -> Iterator[int]:
    yield _place(ONE, word)
    padded = b" " + word + b" "
    for size in LETTERS:
        for at in range(len(padded) - size + 1):
            yield _place(PIECE, padded[at : at + size])


def _meant_words(scope: Scope) -> Iterator[int]:
    """Each word outside idioms with how it is meant: "no" before "fever" makes another word of it."""
    for number, token in enumerate(scope.tokens):
        degree = scope.meant(Hit(number, number, frozenset((number,))))
        yield _place(MEANT, b"%d " % degree + root(token.word.encode()))


def root(word: bytes) -> bytes:
    """The word without a usual English ending."""
    for ending in ENDINGS:
        if len(word) - len(ending) >= SHORTEST_ROOT and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _flags(scope: Scope, words: int) -> Iterable[str]:
    yield f"length {min(9, words // 4)}"
    for part, marks in (("whole", (scope.whole,)), ("sentence", scope.sentences)):
        yield from (f"{part} {name}" for name in CALM_MARKS if _any(marks, name))


def _any(marks: Iterable[Marks], name: str) -> bool:
    return any(getattr(mark, name) for mark in marks)


def _flag(name: str) -> int:
    return _place(FLAG, name.encode())


def _place(family: int, text: bytes) -> int:
    return zlib.crc32(text, family) & ((1 << BITS) - 1)


def _kinds(tokens: Sequence[Token], named: Iterable[str]) -> set[int]:
    mask = (1 << KIND_BITS) - 1
    words = [token.word for token in tokens]
    pairs = map(" ".join, pairwise(words))
    return {
        zlib.crc32(text.encode()) & mask for text in (*words, *pairs, *(f"={n}" for n in named))
    }
