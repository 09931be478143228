"""Knows which common question somebody means: by its name, by its words, or by how it is asked."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.schema.faq import Faq, Topic

LONGEST: Final = 400
"""Characters that are read; a common question is never longer."""
MOST_WORDS: Final = 24
"""Words beyond which a text is a story, and not a question about one thing."""
ENOUGH: Final = 0.62
"""How like a question a text must be, from 0 to 1."""
NEARLY_THE_SAME: Final = 0.9
"""How like, where a word says that another part of the bot is meant."""
SURELY: Final = 0.8
"""How like, where the text could as well go on with what was asked before."""
NAMED: Final = 0.85
HINTED: Final = 0.65
"""What a name and a clue are worth; a text that is more like another question goes there."""
SHARE: Final = 0.4
"""The part of a text's weight that a name must make up."""
NOT_FAR: Final = 0.4
"""How like the topic's questions a text with a clue must be besides."""
SPELT_LIKE: Final = 0.8
WORTH_GUESSING: Final = 5
"""Letters a word needs before a near miss is taken for it."""
UNKNOWN: Final = 0.8
"""The weight of a word that no question holds, as a part of that of the rarest one."""

_APOSTROPHES: Final = re.compile(r"['’‘`´]s?\b|['’‘`´]")  # noqa: RUF001 - the marks people really type
_NOT_WORDS: Final = re.compile(r"[\W_]+")

Bag = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that is a question by itself, as a pattern and as a set of words."""

    pattern: re.Pattern[str]
    bag: Bag


@dataclass(frozen=True, slots=True)
class _Known:
    """A topic, ready to be compared with."""

    topic: Topic
    asks: tuple[Bag, ...]
    names: tuple[_Name, ...]
    clues: tuple[tuple[re.Pattern[str], ...], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text as it is compared: as written, with words that mean the same made one, as a set."""

    plain: str
    unified: str
    bag: Bag


@dataclass(frozen=True, slots=True)
class _Index:
    """All topics, ready to be searched."""

    known: tuple[_Known, ...]
    same: Mapping[str, str]
    fillers: frozenset[str]
    weights: Mapping[str, float]
    rarest: float
    guessable: Mapping[str, tuple[str, ...]]
    not_people: re.Pattern[str]
    elsewhere: re.Pattern[str]


def find_topic(text: str, faq: Faq, *, surely: bool = False) -> Topic | None:
    """The topic that a text asks about; None when it is about something else. Total and quick.

    ``surely``: the text could go on with an earlier question, so only a name or a close likeness
    counts.
    """
    index = _index(faq)
    words = _words_of(text)
    if not words or len(words) > MOST_WORDS:
        return None
    words = [_corrected(word, index) for word in words]
    plain = " ".join(words)
    if index.not_people.search(plain):
        return None
    needed = SURELY if surely else ENOUGH
    if index.elsewhere.search(plain):
        needed = NEARLY_THE_SAME
    asked = _Asked(plain, " ".join(_one(word, index) for word in words), _bag(words, index))
    scored = [(_score(known, asked, index), known.topic) for known in index.known]
    best, topic = max(scored, key=lambda each: each[0])
    return topic if best >= needed else None


def _score(known: _Known, asked: _Asked, index: _Index) -> float:
    """How like a topic's questions a text is; what it names or hints at counts, likeness decides."""
    like = max((_likeness(asked.bag, ask, index) for ask in known.asks), default=0)
    small = like / 100
    if any(_is_about(name, asked, index) for name in known.names):
        return max(like, NAMED + small)
    if like >= NOT_FAR and any(
        all(part.search(asked.unified) for part in clue) for clue in known.clues
    ):
        return max(like, HINTED + small)
    return like


def _is_about(name: _Name, asked: _Asked, index: _Index) -> bool:
    """Whether a text names something and says little else: a story that names it is no question."""
    if not name.pattern.search(asked.plain):
        return False
    return _weight(name.bag, index) >= SHARE * _weight(asked.bag, index)


def _likeness(one: Bag, other: Bag, index: _Index) -> float:
    """Twice what two sets of words share, by weight, over all they hold (Dice, 1945)."""
    if one != other and 1 in (len(one), len(other)):  # one word alone must be all there is
        return 0
    whole = _weight(one, index) + _weight(other, index)
    return 2 * _weight(one & other, index) / whole if whole else 0


def _weight(bag: Bag, index: _Index) -> float:
    return sum(index.weights.get(word, UNKNOWN * index.rarest) for word in bag)


def _words_of(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    flat = "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", flat)).split()


def _corrected(word: str, index: _Index) -> str:
    """A near miss of a word that the questions use is taken for it: ``myastenia``."""
    if len(word) < WORTH_GUESSING or word in index.weights or word in index.same:
        return word
    if word in index.fillers:
        return word
    best = process.extractOne(
        word,
        index.guessable.get(word[0], ()),
        scorer=OSA.normalized_similarity,
        score_cutoff=SPELT_LIKE,
    )
    return best[0] if best else word


def _bag(words: Iterable[str], index: _Index) -> Bag:
    return frozenset(_one(word, index) for word in words if word not in index.fillers)


def _one(word: str, index: _Index) -> str:
    return index.same.get(word, word)


@lru_cache(maxsize=4)
def _index(faq: Faq) -> _Index:
    same = {other: word for word, others in faq.words.same.items() for other in others}
    index = _Index(
        known=(),
        same=same,
        fillers=frozenset(faq.words.fillers),
        weights={},
        rarest=1,
        guessable={},
        not_people=_any_of(faq.words.not_people),
        elsewhere=_any_of(faq.words.elsewhere),
    )
    known = tuple(_known(topic, index) for topic in faq.topics())
    weights = _weights(known)
    rarest = max(weights.values(), default=1)
    return replace(
        index, known=known, weights=weights, rarest=rarest, guessable=_by_letter(weights)
    )


def _by_letter(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The words that are long enough to be guessed, by their first letter."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if len(word) >= WORTH_GUESSING:
            found[word[0]] = (*found.get(word[0], ()), word)
    return found


def _known(topic: Topic, index: _Index) -> _Known:
    return _Known(
        topic,
        tuple(_bag(_words_of(ask), index) for ask in topic.asks),
        tuple(_name(name, index) for name in topic.names),
        tuple(tuple(_part(part, index) for part in clue.split()) for clue in topic.clues),
    )


def _name(name: str, index: _Index) -> _Name:
    words = _words_of(name)
    return _Name(_any_of([" ".join(words)]), _bag(words, index))


def _weights(known: Iterable[_Known]) -> Mapping[str, float]:
    """The fewer topics use a word, the more it says (inverse document frequency)."""
    used = Counter(word for each in known for word in _words_in(each))
    count = len(used)
    return {word: log(1 + count / times) for word, times in used.items()}


def _words_in(known: _Known) -> Iterator[str]:
    yield from frozenset().union(*known.asks)


def _part(part: str, index: _Index) -> re.Pattern[str]:
    """One part of a clue: ``|`` parts alternatives, ``*`` stands for any ending."""
    words = (_one(word, index) for word in part.split("|"))
    inner = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{inner})\b")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    inner = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\b(?:{inner})\b" if inner else r"(?!)")
