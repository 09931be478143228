"""The small language in which content describes how a danger is said.

A pattern is a row of items in the order in which they are said:

* ``leg`` the word, ``swell*`` a word with that beginning, ``<limb>`` another concept;
* ``leg|foot|<arm>`` one of several; ``both?`` may be missing;
* a space: the next word (fillers such as "the" or "very" do not count and need not be written);
  ``..`` at most three words between, ``...`` at most seven;
* ``&`` both sides near each other, in either order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

GAPS: Final = {"..": 3, "...": 7}
NEAR: Final = 7
"""Words that may stand between the two sides of ``&``."""

MOST_SIDES: Final = 3
"""Sides that one pattern may join with ``&``: each more multiplies the orders to look for."""


MEANINGFUL: Final = 2
"""Words besides fillers from which on a pattern's fillers are left out: "in teens" keeps "in"."""


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a pattern and how many words may stand before it."""

    choices: tuple[str, ...]
    gap: int


Chain = tuple[Step, ...]


def parse(pattern: str, fillers: frozenset[str]) -> Iterator[Chain]:
    """The chains of steps that ``pattern`` stands for.

    Raises:
        ValueError: the pattern is empty, ends in a gap, or joins too many sides.
    """
    sides = [side.split() for side in pattern.split(" & ")]
    if len(sides) > MOST_SIDES:
        raise ValueError(f"joins more than {MOST_SIDES} sides with &: {pattern}")
    read = [list(_side(words, fillers, pattern)) for words in sides]
    for order in permutations(read):
        for parts in product(*order):
            yield _joined(parts)


def _joined(parts: tuple[Chain, ...]) -> Chain:
    first, *others = parts
    later = [
        Step(step.choices, max(step.gap, NEAR if at == 0 else 0))
        for part in others
        for at, step in enumerate(part)
    ]
    return (*first, *later)


def _side(words: list[str], fillers: frozenset[str], pattern: str) -> Iterator[Chain]:
    optional = [at for at, word in enumerate(words) if word.endswith("?")]
    for keep in product((True, False), repeat=len(optional)):
        left_out = {at for at, kept in zip(optional, keep, strict=True) if not kept}
        yield _chain(
            [w.rstrip("?") for at, w in enumerate(words) if at not in left_out], fillers, pattern
        )


def _chain(words: list[str], fillers: frozenset[str], pattern: str) -> Chain:
    steps: list[Step] = []
    gap = 0
    keep_fillers = sum(word not in fillers and word not in GAPS for word in words) < MEANINGFUL
    for word in words:
        if word in GAPS:
            gap = GAPS[word]
        elif keep_fillers or word not in fillers:
            steps.append(Step(tuple(word.split("|")), gap))
            gap = 0
    if not steps or gap or words[0] in GAPS:
        raise ValueError(f"not a pattern: {pattern!r}")
    return tuple(steps)
