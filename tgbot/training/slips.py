"""Puts typing slips into messages, always the same ones."""

import random
import re
from typing import Final

LONGER_WORD: Final = re.compile(r"[A-Za-z]{5,}")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def with_slips(text: str, chance: random.Random, share: float = 0.15) -> str:
    """``text`` with one slip in about ``share`` of its words of five letters or more."""
    return LONGER_WORD.sub(
        lambda found: _slip(found[0], chance) if chance.random() < share else found[0], text
    )


def _slip(word: str, chance: random.Random) -> str:
    """``word`` with a letter lost, wrong or doubled, or with two letters swapped."""
    at = chance.randrange(len(word) - 1)
    head, tail = word[:at], word[at + 1 :]
    kinds = (
        head + tail,
        head + tail[0] + word[at] + tail[1:],
        head + chance.choice(LETTERS) + tail,
        head + word[at] + word[at] + tail,
    )
    return chance.choice(kinds)
