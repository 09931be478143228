"""Fits small linear weights with scikit-learn's support vector machine."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from tgbot.domain.red_flags.score import (
    BITS,
    KIND_BITS,
    RULES_WEIGHT,
    WORDS_WEIGHT,
    Evidence,
)

COST: Final = 0.2
"""How much a wrong example costs against large weights."""
MOST_ROUNDS: Final = 3000
SEEN_IN: Final = 3
"""Examples that a feature of the words must stand in: more than one message and its copy."""
LARGEST: Final = 127
NEVER_SEEN: Final = 0.3
"""What each word counts before it is seen, so that rare words do not decide alone."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights before they are rounded, one for each place, and the base."""

    weights: Sequence[float]
    base: float


def fit(examples: Sequence[Evidence], labels: Sequence[bool]) -> Fit:
    """The weights that set the examples labelled True apart from the others.

    Rare words count for more than common ones (inverse document frequency). That is part of the
    weights that come back, so who uses them need not know.
    """
    rarity = _rarity(examples)
    machine = LinearSVC(C=COST, dual=True, max_iter=MOST_ROUNDS, random_state=0)
    machine.fit(_matrix(examples, rarity), labels)
    return Fit((machine.coef_[0] * rarity).tolist(), float(machine.intercept_[0]))


def _rarity(examples: Sequence[Evidence]) -> np.ndarray:
    counts = np.zeros(1 << BITS)
    ruled = np.zeros(1 << BITS, dtype=bool)
    for example in examples:
        counts[list(example.words)] += 1
        ruled[list(example.rules)] = True
    rarity = (np.log((1 + len(examples)) / (1 + counts)) + 1) / 3
    rarity[counts < SEEN_IN] = 0.0
    rarity[ruled] = 1.0
    return rarity


def _matrix(examples: Sequence[Evidence], rarity: np.ndarray) -> csr_matrix:
    starts, places, values = [0], [], []
    for example in examples:
        words, rules = sorted(example.words), sorted(example.rules)
        length = WORDS_WEIGHT / sqrt(len(words) or 1)
        places += [*words, *rules]
        values += [*[length] * len(words), *[RULES_WEIGHT] * len(rules)]
        starts.append(len(places))
    values = np.array(values) * rarity[places]
    matrix = csr_matrix((values, places, starts), shape=(len(examples), len(rarity)))
    matrix.sum_duplicates()
    return matrix


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
