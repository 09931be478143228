"""Learns the whole score: weights from all phrases, thresholds from folds that were left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content.schema.red_flags import Score
from tgbot.domain.red_flags import ScreenAction
from tgbot.domain.red_flags.weighing import danger_in
from tgbot.training.fitting import fit_kinds, rounded
from tgbot.training.folds import FOLDS, Example, learn, without

WARNED: Final = 0.02
"""Share of harmless messages that may warn when the threshold is chosen; the target is 3 %."""
WARNED_OR_ASKED: Final = 0.075
"""Share of harmless messages that may warn or ask; the targets are 3 % and 7 % of messages."""
LOST: Final = 0.003
"""Share of the fresh dangers that the rules are sure of which the score may silence."""
CLEAR_BY: Final = 3.0
"""By how much a word must on average speak for the likeliest condition over the next."""
FRESH: Final = "unseen"
"""The part of the corpus that the rules were not written on: thresholds come from it alone."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with its danger by weights that never saw its family."""

    example: Example
    danger: float


def learn_score(known: Sequence[Example], stamp: str) -> Score:
    """The score to ship. The same phrases always give the same score."""
    judged = judge([fold_score(fold, known) for fold in range(FOLDS)], known)
    return with_thresholds(_score(known, stamp), judged)


def fold_score(fold: int, known: Sequence[Example]) -> Score:
    """A score without thresholds, learned from all examples but those of one fold."""
    return _score(without(fold, known), f"without fold {fold}")


def judge(scores: Sequence[Score], known: Sequence[Example]) -> list[Judged]:
    """Every example by the score, one for each fold, that was learned without it."""
    return [Judged(example, danger_in(example.plain, scores[example.fold])) for example in known]


def with_thresholds(score: Score, judged: Iterable[Judged]) -> Score:
    """``score`` with thresholds at which few of the fresh harmless messages warn or ask.

    ``calm`` is set where the score silences hardly any danger that the rules are sure of.
    """
    fresh = [one for one in judged if is_fresh(one.example)]
    harmless = sorted(
        (one.danger for one in fresh if one.example.phrase.level == "none"), reverse=True
    )
    sure = sorted(
        one.danger
        for one in fresh
        if _is_danger(one.example) and one.example.plain.by_rules.action is ScreenAction.WARN
    )
    warn, ask = (harmless[int(len(harmless) * share)] for share in (WARNED, WARNED_OR_ASKED))
    return replace(score, warn=warn, ask=ask, calm=min(ask, sure[int(len(sure) * LOST)]))


def is_fresh(example: Example) -> bool:
    """Whether the rules were written without this example."""
    return example.phrase.part == FRESH


def _is_danger(example: Example) -> bool:
    return example.phrase.level in {"emergency", "same_day"}


def _score(known: Sequence[Example], stamp: str) -> Score:
    danger, urgent = learn(known)
    named = [one for one in known if _is_danger(one) and one.phrase.kind != "unclear"]
    conditions = sorted({example.phrase.kind for example in named})
    danger_table, danger_scale = rounded(danger.weights)
    urgent_table, urgent_scale = rounded(urgent.weights)
    return Score(
        stamp=stamp,
        warn=0.0,
        ask=0.0,
        calm=0.0,
        danger_scale=danger_scale,
        danger_base=danger.base,
        urgent_scale=urgent_scale,
        urgent_base=urgent.base,
        clear_by=CLEAR_BY,
        conditions=tuple(conditions),
        danger=danger_table,
        urgent=urgent_table,
        kinds=fit_kinds(
            [example.plain.evidence for example in named],
            [example.phrase.kind for example in named],
            conditions,
        ),
    )
