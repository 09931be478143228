"""Finds which nutrients, medicines and foods a message names, also when they are misspelt."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
SHORTEST_PIECE: Final = 3
WORTH_JOINING: Final = 8
"""Letters that two words need together before they are taken for one name in two pieces."""
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
    words = _WORD.findall(plain)[:GUESSES]
    meant = {word: _meant(word, lexicon) for word in dict.fromkeys(words)}
    for one, two in pairwise(words):
        if meant[one] == one and meant[two] == two and (whole := _in_pieces(one, two, lexicon)):
            plain = re.sub(rf"\b{one} +{two}\b", whole, plain)
    for word, name in meant.items():
        if name != word:
            plain = re.sub(rf"\b{word}\b", name, plain)
    return plain


def _meant(word: str, lexicon: Lexicon) -> str:
    """The word, or the name that it is nearly."""
    if len(word) < WORTH_GUESSING or word in lexicon.everyday or word in lexicon.guessable:
        return word
    return _nearest(word, lexicon) or word


def _in_pieces(one: str, two: str, lexicon: Lexicon) -> str | None:
    """The name that two words are, as ``pot assume`` is potassium."""
    if {one, two} & lexicon.guessable.keys() or {one, two} & lexicon.everyday:
        return None
    if min(len(one), len(two)) < SHORTEST_PIECE or len(one + two) < WORTH_JOINING:
        return None
    best = _nearest(one + two, lexicon)
    return best if best and len(best) >= WORTH_JOINING else None


def _nearest(word: str, lexicon: Lexicon) -> str | None:
    """The name that a word is nearly, with the same first letter."""
    best = process.extractOne(
        word,
        lexicon.guessable.keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=NEAR_ENOUGH,
    )
    return best[0] if best and best[0][0] == word[0] else None


def mentions(plain: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The nutrients that are named, in order, lone letters only where they can mean nothing else."""
    longer = _longer_names(plain, lexicon)
    named = [
        Mention(nutrient, match.start(), match.end())
        for match in lexicon.names.pattern.finditer(plain)
        for nutrient in _meaning(lexicon.names, match)
        if not _is_part_of_another(nutrient, match, longer)
    ]
    named += [each for mention in tuple(named) for each in _letters_after(mention, plain, lexicon)]
    lone = [each for each in _lone(plain, lexicon, named) if _is_free(each, named)]
    found = sorted([*named, *lone], key=lambda mention: mention.start)
    return tuple(one for one in found if not _is_denied(one, plain, found))


def _is_denied(one: Mention, plain: str, found: Iterable[Mention]) -> bool:
    """Whether a nutrient is named only to say that another one is not it: k is not potassium."""
    gap = _NOT_IT.search(before(plain, one.start))
    start = one.start - len(gap.group()) if gap else -1
    return any(each.end == start and each.nutrient != one.nutrient for each in found)


_NOT_IT: Final = re.compile(r"\s+(?:(?:and |but )?not|isnt|is not|aint)\s+$")


def stand_for(named: Named, plain: str) -> tuple[str, ...]:
    """What the names of one kind that occur in the message stand for, each once, in order."""
    found = (each for match in named.pattern.finditer(plain) for each in _meaning(named, match))
    return tuple(dict.fromkeys(found))


def told_of(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The lack that the first sign in the message points to, else its situations."""
    return sign_of(plain, lexicon) or stand_for(lexicon.situations, plain)


def sign_of(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The lack that the first sign in the message points to."""
    return _by_signs(plain, lexicon, over=False)


def meant_beside(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What is meant though another nutrient is named: what helps iron in."""
    return _by_signs(plain, lexicon, over=True)


def _by_signs(plain: str, lexicon: Lexicon, *, over: bool) -> tuple[str, ...]:
    for sign in lexicon.signs:
        if sign.over is over and all(piece.search(plain) for piece in sign.pieces):
            return sign.nutrients
    return ()


def words_of(named: Named, plain: str) -> tuple[str, ...]:
    """The names of one kind as they stand in the message, each once."""
    return tuple(dict.fromkeys(match.group() for match in named.pattern.finditer(plain)))


def _meaning(named: Named, match: re.Match[str]) -> tuple[str, ...]:
    return named.meanings[" ".join(match.group().split())]


def _longer_names(plain: str, lexicon: Lexicon) -> list[tuple[re.Match[str], tuple[str, ...]]]:
    """The medicines and foods that are named, and what each stands for."""
    return [
        (match, _meaning(kind, match))
        for kind in (lexicon.medicines, lexicon.foods)
        for match in kind.pattern.finditer(plain)
    ]


def _is_part_of_another(
    nutrient: str, match: re.Match[str], longer: Iterable[tuple[re.Match[str], tuple[str, ...]]]
) -> bool:
    """The water of water tablets or of coconut water is not the nutrient."""
    return any(
        other.start() <= match.start()
        and match.end() <= other.end()
        and len(other.group()) > len(match.group())
        and nutrient not in meaning
        for other, meaning in longer
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


def _lone(plain: str, lexicon: Lexicon, named: Sequence[Mention]) -> Iterator[Mention]:
    words = plain.split()
    symbols = set(words) <= {*lexicon.lone.meanings, "or", "and", "vs"} and len(words) <= _SHORT
    starts, ends = {each.start for each in named}, {each.end for each in named}
    for match in lexicon.lone.pattern.finditer(plain):
        if not symbols and _is_unit(plain, match, ends):
            continue
        if (
            symbols
            or _in_list(plain, match, starts, ends)
            or (match.group() not in UNITS_TOO and _in_company(plain, match, bool(named)))
            or _is_result(plain, match)
        ):
            for nutrient in _meant_by_lone(plain, match, lexicon):
                yield Mention(nutrient, match.start(), match.end())
                ends.add(match.end())


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
_ASKED_BEFORE: Final = re.compile(
    r"\b(?:how much|enough|needs?|lack|remind me of|remind me to take|take|taking|low|more|units of"
    r"|my|a day of|liposomal|tested for|checked for|high|extra|over on|units|too much)\s+$"
)
_ASKED_AFTER: Final = re.compile(
    r"\s*$|\s+(?:in|for|per|a day|daily|do|does|should|at|each|can|could|get|gets|be|is|was|went|be|from|since|would|worth|both|up|down|makes|capsules?"
    r"|tablets?|and|i|or)\b"
)
_JOINED_BEFORE: Final = re.compile(r"(?<=\w)\s+(?:(?:and|or|vs|plus|with|n)\s+)?$")
_JOINED_AFTER: Final = re.compile(r"\s+(?:(?:and|or|vs|plus|with|n)\s+)?")


_LETTER_BESIDE: Final = (
    re.compile(r"\b[cde]\s+(?:(?:and|or|vs|plus|with|n)\s+)?$"),
    re.compile(r"\s+(?:(?:and|or|vs|plus|with|n)\s+)?[cde](?!\w)"),
)
"""A vitamin's letter before or after another letter makes that one a vitamin too."""
_MG_AFTER: Final = re.compile(r"\s*(\d+)(?![\w.])")
_MOST_MG: Final = 5
"""A larger number after mg is no level of magnesium."""


def _is_unit(plain: str, match: re.Match[str], ends: set[int]) -> bool:
    """Whether mg stands behind a name as the unit that is asked for: phosphorus mg 14 yo."""
    if match.group() != "mg" or match.start() - 1 not in ends:
        return False
    number = _MG_AFTER.match(plain, match.end())
    return number is None or int(number[1]) > _MOST_MG


def _meant_by_lone(plain: str, match: re.Match[str], lexicon: Lexicon) -> tuple[str, ...]:
    """A lone k may be two nutrients; a blood result is of the first, a letter in a list the last."""
    meanings = _meaning(lexicon.lone, match)
    if _is_result(plain, match):
        return meanings[:1]
    earlier, later = _LETTER_BESIDE
    listed = earlier.search(before(plain, match.start())) or later.match(plain, match.end())
    return tuple(each for each in meanings if not listed or each.startswith(VITAMIN)) or meanings


def _in_list(plain: str, match: re.Match[str], starts: set[int], ends: set[int]) -> bool:
    """Whether a lone letter stands between names (one side is enough where it is no unit)."""
    gap = _JOINED_BEFORE.search(plain, 0, match.start())
    left = bool(gap and gap.start() in ends)
    after = _JOINED_AFTER.match(plain, match.end())
    right = bool(after and after.end() in starts)
    if match.group() in UNITS_TOO:
        return left and right
    return right or (left and (match.group() == "d" or after is None))


def _in_company(plain: str, match: re.Match[str], others: bool) -> bool:
    if _DOSE_BEFORE.search(before(plain, match.start())):
        return True
    listed = others and _LIST_BEFORE.search(before(plain, match.start()))
    after = match.group() == "d" and _LIST_AFTER.match(plain, match.end())
    asked = _ASKED_BEFORE.search(before(plain, match.start()))
    return bool(listed or after or (asked and _ASKED_AFTER.match(plain, match.end())))


def _is_result(plain: str, match: re.Match[str]) -> bool:
    return match.group() in RESULTS and bool(_RESULT_AFTER.match(plain, match.end()))


RESULTS: Final = frozenset({"k", "na", "mg", "ca", "d"})
