"""Learns the whole score: weights from all phrases, thresholds from folds that were left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from content.schema.red_flags import Score
from tgbot.training.fitting import fit_kinds, rounded
from tgbot.training.folds import FOLDS, Example, learn, without

WARNED: Final = 0.022
"""Share of harmless messages that may warn, when the threshold is chosen."""
WARNED_OR_ASKED: Final = 0.088
"""Share of harmless messages that may warn or ask: the targets are 3 % and 7 % of messages."""
CLEAR_BY: Final = 3.0
"""By how much a word must on average speak for the likeliest condition over the next."""
FRESH: Final = "unseen"
"""The part of the corpus that the rules were not written on: thresholds come from it alone."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with what weights that never saw its family say of it."""

    example: Example
    danger: float
    slipped: float
    urgent: float


def cross_validate(known: Sequence[Example]) -> Iterator[Judged]:
    """Each example of the corpus judged by weights learned without its fold."""
    for fold in range(FOLDS):
        danger, urgent = learn(without(fold, known))
        for example in known:
            if example.fold == fold:
                yield Judged(
                    example,
                    danger.of(example.plain.evidence),
                    danger.of(example.trial.evidence),
                    urgent.of(example.plain.evidence),
                )


def thresholds(judged: Sequence[Judged]) -> tuple[float, float]:
    """From where to warn and from where to ask, so that few harmless messages do either."""
    calm = sorted(
        (
            one.danger
            for one in judged
            if one.example.phrase.level == "none" and one.example.phrase.part == FRESH
        ),
        reverse=True,
    )
    return calm[int(len(calm) * WARNED)], calm[int(len(calm) * WARNED_OR_ASKED)]


def learn_score(known: Sequence[Example], stamp: str) -> Score:
    """The score to ship. The same phrases always give the same score."""
    warn, ask = thresholds(list(cross_validate(known)))
    danger, urgent = learn(known)
    dangers = [example for example in known if example.phrase.level != "none"]
    names = sorted({example.phrase.kind for example in dangers} - {"unclear"})
    named = [example for example in dangers if example.phrase.kind != "unclear"]
    danger_table, danger_scale = rounded(danger.weights)
    urgent_table, urgent_scale = rounded(urgent.weights)
    return Score(
        stamp=stamp,
        warn=warn,
        ask=ask,
        danger_scale=danger_scale,
        danger_base=danger.base,
        urgent_scale=urgent_scale,
        urgent_base=urgent.base,
        clear_by=CLEAR_BY,
        conditions=tuple(names),
        danger=danger_table,
        urgent=urgent_table,
        kinds=fit_kinds(
            [example.plain.evidence for example in named],
            [example.phrase.kind for example in named],
            names,
        ),
    )
