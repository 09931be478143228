"""Repairs one typing slip in a word, but only towards a word that the rules know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 5
"""Letters a word needs before a slip in it is repaired; shorter words are too alike."""
ANY_LETTER: Final = 7
"""Letters from which on any one wrong letter is repaired; before that only a neighbouring key."""
STEM: Final = 3
ENDINGS: Final = ("", "s", "ed", "ing", "ness")
KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True, slots=True)
class Repair:
    """Known words and stems, and the known words by each way of losing one letter."""

    words: frozenset[str]
    stems: frozenset[str]
    by_loss: Mapping[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        """Whether the word needs no repair."""
        return word in self.words or any(
            word[:size] in self.stems for size in range(STEM, len(word) + 1)
        )

    def word(self, word: str) -> str:
        """The word itself, or the known word that is one slip away from it."""
        if self.knows(word):
            return word
        single = _without_doubles(word)
        if single != word and self.knows(single):
            return single
        if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
            return word
        found = {known for lost in _losses(word) for known in self.by_loss.get(lost, ())}
        close = sorted(
            (k for k in found if _one_slip(word, k)),
            key=lambda k: (k[0] != word[0], len(k) != len(word), k),
        )
        return close[0] if close else word


def build_repair(words: Iterable[str], stems: Iterable[str], leave_alone: Iterable[str]) -> Repair:
    """A repair that leads to ``words`` and to ``stems`` with usual endings."""
    known, beginnings = frozenset(words), frozenset(stems)
    targets = known | {stem + ending for stem in beginnings for ending in ENDINGS}
    by_loss: dict[str, list[str]] = {}
    for target in sorted(targets):
        if len(target) >= SHORTEST and target.isalpha():
            for lost in _losses(target):
                by_loss.setdefault(lost, []).append(target)
    return Repair(
        words=known | frozenset(leave_alone),
        stems=beginnings,
        by_loss={lost: tuple(found) for lost, found in by_loss.items()},
    )


def _losses(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _without_doubles(word: str) -> str:
    return "".join(c for at, c in enumerate(word) if at == 0 or c != word[at - 1])


def _one_slip(typed: str, meant: str) -> bool:
    """One letter lost, added, wrong, or two neighbours swapped."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, goal = typed[start:], meant[start:]
    if len(rest) > 1 and len(goal) > 1 and rest[:2] == goal[1::-1] and rest[2:] == goal[2:]:
        return True
    if rest[1:] == goal or rest == goal[1:]:
        return True
    near = len(meant) >= ANY_LETTER or goal[:1] in NEIGHBOURS.get(rest[:1], "")
    return rest[1:] == goal[1:] and near


def _neighbours() -> dict[str, str]:
    near: dict[str, str] = {}
    for row, letters in enumerate(KEYBOARD):
        for column, letter in enumerate(letters):
            around = [
                KEYBOARD[r][max(column - 1, 0) : column + 2]
                for r in range(max(row - 1, 0), min(row + 2, 3))
            ]
            near[letter] = "".join(around)
    return near


NEIGHBOURS: Final = _neighbours()
