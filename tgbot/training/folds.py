"""Tries the learning out on phrases that it did not see, fold by fold."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tgbot.domain.red_flags import Rules
from tgbot.domain.red_flags.screening import look
from tgbot.domain.red_flags.weighing import Findings
from tgbot.training.corpus import Phrase
from tgbot.training.fitting import Fit, fit
from tgbot.training.slips import with_slips

FOLDS: Final = 5
COPIES: Final = 1
"""Copies with slips that each phrase is learned with, beside itself."""
FITTED_PARTS: Final = frozenset({"seen", "rules"})
"""Parts that the rules were written on. On these the rules look better than they are, so how far
to trust the rules is learned from the other parts alone."""


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase as the rules find it: as written, and with slips."""

    phrase: Phrase
    plain: Findings
    slipped: tuple[Findings, ...]
    trial: Findings
    """With slips that are never learned from."""

    @property
    def fold(self) -> int:
        """The fold of its family: near twins share one."""
        return zlib.crc32(self.phrase.family.encode()) % FOLDS


def examples(phrases: Sequence[Phrase], rules: Rules, seed: int = 5) -> list[Example]:
    """Every phrase with its findings; takes a few milliseconds each."""
    chance = random.Random(seed)  # noqa: S311 - made-up slips, not a secret
    return [
        Example(
            phrase,
            look(phrase.text, rules),
            tuple(look(with_slips(phrase.text, chance), rules) for _ in range(COPIES)),
            look(with_slips(phrase.text, chance), rules),
        )
        for phrase in phrases
    ]


def learn(known: Sequence[Example]) -> tuple[Fit, Fit]:
    """How dangers differ from harmless messages, and emergencies from other dangers."""
    clear = [example for example in known if example.phrase.level != "ask"]
    dangers = [
        example
        for example in clear
        if example.phrase.level != "none" and example.phrase.kind != "unclear"
    ]
    return (
        _fit(clear, [example.phrase.level != "none" for example in clear]),
        _fit(dangers, [example.phrase.level == "emergency" for example in dangers]),
    )


def _fit(known: Sequence[Example], labels: Sequence[bool]) -> Fit:
    evidence = [
        replace(found.evidence, rules=frozenset())
        if example.phrase.part in FITTED_PARTS
        else found.evidence
        for example in known
        for found in (example.plain, *example.slipped)
    ]
    return fit(evidence, [label for label in labels for _ in range(1 + COPIES)])


def without(fold: int, known: Sequence[Example]) -> list[Example]:
    """All examples but those of one fold."""
    return [example for example in known if example.fold != fold]
