"""Finds which nutrients, medicines and foods a message names, also when they are misspelt."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tgbot.domain.questions.lexicon import WORTH_GUESSING, Lexicon, Named
from tgbot.domain.questions.words import before

NEAR_ENOUGH: Final = 0.78
GUESSES: Final = 60
"""Words of one message that are compared with the names; more is not a question."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORT: Final = 3
VITAMIN: Final = "vitamin_"
_LETTER: Final = re.compile(r"\s+(?:(?:and|or|n|with|plus|vs)\s+)?(?P<letter>[cdek])(?!\w)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A nutrient and where it stands in the plain message."""

    nutrient: str
    start: int
    end: int


def corrected(plain: str, lexicon: Lexicon) -> str:
    """The message with near misses of names put right: ``potasium`` is ``potassium``."""
    words = dict.fromkeys(_WORD.findall(plain)[:GUESSES])
    for word in words:
        if len(word) < WORTH_GUESSING or word in lexicon.everyday or word in lexicon.guessable:
            continue
        best = process.extractOne(
            word,
            lexicon.guessable.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=NEAR_ENOUGH,
        )
        if best and best[0][0] == word[0]:
            plain = re.sub(rf"\b{word}\b", best[0], plain)
    return plain


def mentions(plain: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The nutrients that are named, in order, lone letters only where they can mean nothing else."""
    named = [
        Mention(nutrient, match.start(), match.end())
        for match in lexicon.names.pattern.finditer(plain)
        for nutrient in _meaning(lexicon.names, match)
        if not _is_part_of_another(nutrient, match, plain, lexicon)
    ]
    named += [each for mention in tuple(named) for each in _letters_after(mention, plain, lexicon)]
    lone = [each for each in _lone(plain, lexicon, bool(named)) if _is_free(each, named)]
    return tuple(sorted([*named, *lone], key=lambda mention: mention.start))


def stand_for(named: Named, plain: str) -> tuple[str, ...]:
    """What the names of one kind that occur in the message stand for, each once, in order."""
    found = (each for match in named.pattern.finditer(plain) for each in _meaning(named, match))
    return tuple(dict.fromkeys(found))


def words_of(named: Named, plain: str) -> tuple[str, ...]:
    """The names of one kind as they stand in the message, each once."""
    return tuple(dict.fromkeys(match.group() for match in named.pattern.finditer(plain)))


def _meaning(named: Named, match: re.Match[str]) -> tuple[str, ...]:
    return named.meanings[" ".join(match.group().split())]


def _is_part_of_another(nutrient: str, match: re.Match[str], plain: str, lexicon: Lexicon) -> bool:
    """The water of water tablets or of coconut water is not the nutrient."""
    return any(
        other.start() <= match.start()
        and match.end() <= other.end()
        and len(other.group()) > len(match.group())
        and nutrient not in _meaning(kind, other)
        for kind in (lexicon.medicines, lexicon.foods)
        for other in kind.pattern.finditer(plain)
    )


def _letters_after(mention: Mention, plain: str, lexicon: Lexicon) -> Iterator[Mention]:
    """The other letters of a list such as vitamin c, e and k."""
    if not mention.nutrient.startswith(VITAMIN):
        return
    place = mention.end
    while more := _LETTER.match(plain, place):
        nutrient = VITAMIN + more["letter"]
        if nutrient in lexicon.names.known:
            yield Mention(nutrient, more.start("letter"), more.end())
        place = more.end()


def _is_free(lone: Mention, named: Iterable[Mention]) -> bool:
    return not any(each.start <= lone.start < each.end for each in named)


def _lone(plain: str, lexicon: Lexicon, others: bool) -> Iterator[Mention]:
    words = plain.split()
    symbols = set(words) <= {*lexicon.lone.meanings, "or", "and", "vs"} and len(words) <= _SHORT
    for match in lexicon.lone.pattern.finditer(plain):
        if (
            symbols
            or (match.group() not in UNITS_TOO and _in_company(plain, match, others))
            or _is_result(plain, match)
        ):
            for nutrient in _meaning(lexicon.lone, match):
                yield Mention(nutrient, match.start(), match.end())


UNITS_TOO: Final = frozenset({"mg", "na", "ca", "c"})
"""Lone names that are more often a unit or another word."""
_DOSE_BEFORE: Final = re.compile(
    r"\d\s*(?:iu|mcg|ug|µg|μg|nmol\s+l|ng\s+ml)\s+(?:of\s+)?(?:vit\s+)?$"
)
_LIST_BEFORE: Final = re.compile(r"(?:and|or|with|plus|n|than|of|is it|low in|low)\s+$")
_LIST_AFTER: Final = re.compile(r"\s+(?:tablets?|pills?|drops|and|or|supplements?|level|levels)\b")
_RESULT_AFTER: Final = re.compile(
    r"\s+(?:was\s+|is\s+|of\s+|came\s+)?\d{1,3}(?:\.\d+)?(?!\w)(?!\s*(?:pm|am))"
)


def _in_company(plain: str, match: re.Match[str], others: bool) -> bool:
    if _DOSE_BEFORE.search(before(plain, match.start())):
        return True
    listed = others and _LIST_BEFORE.search(before(plain, match.start()))
    after = match.group() == "d" and _LIST_AFTER.match(plain, match.end())
    return bool(listed or after)


def _is_result(plain: str, match: re.Match[str]) -> bool:
    return match.group() in RESULTS and bool(_RESULT_AFTER.match(plain, match.end()))


RESULTS: Final = frozenset({"k", "na", "mg", "ca", "d"})
