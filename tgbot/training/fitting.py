"""Fits small linear weights: a support vector machine by dual coordinate descent, plain Python.

The method is that of Hsieh and others, "A dual coordinate descent method for large-scale linear
SVM" (2008), with squared hinge loss. It is exact enough after a dozen rounds, needs no library,
and gives the same weights each time.
"""

import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from tgbot.domain.red_flags.score import (
    BITS,
    KIND_BITS,
    RULES_WEIGHT,
    WORDS_WEIGHT,
    Evidence,
)

ROUNDS: Final = 12
COST: Final = 0.5
"""How much a wrong example costs against large weights."""
LARGEST: Final = 127
NEVER_SEEN: Final = 0.3
"""What each word counts before it is seen, so that rare words do not decide alone."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights before they are rounded, one for each place, and the base."""

    weights: Sequence[float]
    base: float

    def of(self, evidence: Evidence) -> float:
        """The weighed sum of the features of one message."""
        words = sum(map(self.weights.__getitem__, evidence.words))
        rules = sum(map(self.weights.__getitem__, evidence.rules))
        length = WORDS_WEIGHT / sqrt(len(evidence.words) or 1)
        return words * length + rules * RULES_WEIGHT + self.base


def fit(examples: Sequence[Evidence], labels: Sequence[bool], seed: int = 1) -> Fit:
    """The weights that set the examples labelled True apart from the others."""
    weights = [0.0] * (1 << BITS)
    base = 0.0
    order = list(range(len(examples)))
    shrink = 1 / (2 * COST)
    alphas = [0.0] * len(examples)
    shapes = [_shape(example) for example in examples]
    chance = random.Random(seed)  # noqa: S311 - an order of work, not a secret
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for number in order:
            words, length, rules, square = shapes[number]
            sign = 1.0 if labels[number] else -1.0
            total = (
                sum(map(weights.__getitem__, words)) * length
                + sum(map(weights.__getitem__, rules)) * RULES_WEIGHT
                + base
            )
            alpha = alphas[number]
            better = max(alpha - (sign * total - 1 + shrink * alpha) / (square + shrink), 0.0)
            step = (better - alpha) * sign
            if step:
                alphas[number] = better
                base += step
                for places, each in ((words, step * length), (rules, step * RULES_WEIGHT)):
                    for place in places:
                        weights[place] += each
    return Fit(weights, base)


def _shape(example: Evidence) -> tuple[list[int], float, list[int], float]:
    words, rules = sorted(example.words), sorted(example.rules)
    length = WORDS_WEIGHT / sqrt(len(words) or 1)
    return words, length, rules, 1 + len(words) * length**2 + len(rules) * RULES_WEIGHT**2


def rounded(weights: Sequence[float]) -> tuple[Sequence[int], float]:
    """The weights as numbers of one byte, and what one step of them is worth."""
    scale = max(1e-9, *map(abs, weights)) / LARGEST
    return array("b", (round(weight / scale) for weight in weights)), scale


def fit_kinds(
    examples: Sequence[Evidence], kinds: Sequence[str], names: Sequence[str]
) -> Sequence[int]:
    """For each word and each of ``names``, how much the word speaks for it (naive Bayes)."""
    places, count = 1 << KIND_BITS, len(names)
    number = {name: at for at, name in enumerate(names)}
    seen = [0.0] * (places * count)
    totals = [0.0] * count
    for example, kind in zip(examples, kinds, strict=True):
        for place in example.kinds:
            seen[place * count + number[kind]] += 1
            totals[number[kind]] += 1
    everywhere = sum(totals)
    table = array("b", bytes(places * count))
    for place in range(places):
        row = seen[place * count : (place + 1) * count]
        overall = (sum(row) + NEVER_SEEN) / everywhere
        for at in range(count):
            expected = overall * totals[at]
            lift = log((row[at] + NEVER_SEEN) / (expected + NEVER_SEEN))
            table[place * count + at] = max(-LARGEST, min(LARGEST, round(lift * 24)))
    return table
