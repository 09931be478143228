"""Decides whether a danger that is named is meant: not denied, past, imagined, or a pet's."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tgbot.domain.red_flags.matching import Found, Hit
from tgbot.domain.red_flags.normalise import SENTENCE_GAP, WORD, Reading, Token

NEGATION_REACH: Final = 6
"""Words that a "no" or "without" governs, counted from it."""

LOOK_BACK: Final = 40
"""Tokens, fillers counted, beyond which no "no" can reach: keeps the work linear."""

AFTER_REACH: Final = WORD * (2 + SENTENCE_GAP)
"""Places after a sign in which an answer such as "fever? nah" still denies it."""

ANSWER_CLAUSES: Final = 2
"""Clause ends that may stand between a sign and its answer: "Is it cold?" - no."""

OPENING: Final = 3
"""Words at a sentence's beginning in which its subject stands."""

SHORT_QUESTION: Final = 8
"""Words up to which a question that names nobody is taken as a question only."""


MARKED_BY: Final = {
    "acute": "acute",
    "present": "present",
    "personal": "person",
    "close": "first_person",
    "informs": "info_request",
    "past": "past",
    "steady": "steady",
    "fiction": "fiction",
    "settled": "settled",
}
"""The concept that sets each mark."""


class Meant(IntEnum):
    """How far a hit is meant, from fully to not at all; of several hits the best counts."""

    YES = 0
    UNCLEAR = 1
    ASKED = 2
    NO = 3


@dataclass(slots=True)
class Marks:
    """What one stretch of a message says about how its contents are meant."""

    acute: bool = False
    present: bool = False
    personal: bool = False
    close: bool = False
    informs: bool = False
    asks: bool = False
    imagined: int | None = None
    past: bool = False
    steady: bool = False
    fiction: bool = False
    pet: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope of every part of one message.

    ``sentences`` and ``stretches`` hold the marks of each sentence and of each stretch between
    words of contrast ("but", "until", "now").
    """

    tokens: Sequence[Token]
    sentences: Sequence[Marks]
    stretches: Sequence[Marks]
    stretch_starts: Sequence[int]
    negators: Sequence[int]
    barriers: Sequence[int]
    listed: frozenset[int]
    after: Sequence[int]
    whole: Marks

    def named(self, hit: Hit) -> Meant:
        """How far a background fact such as an old illness is meant: unless it is denied."""
        sentence = self.sentences[self.tokens[hit.start].sentence]
        return Meant.NO if self._denied(hit) or sentence.fiction or sentence.pet else Meant.YES

    def meant(self, hit: Hit) -> Meant:
        """How far ``hit`` is meant."""
        sentence = self.sentences[self.tokens[hit.start].sentence]
        stretch = self.stretches[bisect_right(self.stretch_starts, hit.end) - 1]
        if self.named(hit) is Meant.NO or (self.whole.fiction and not sentence.close):
            return Meant.NO
        if (stretch.past and not stretch.present) or (stretch.steady and not stretch.acute):
            return Meant.NO
        if self.whole.steady and not self.whole.acute:
            return Meant.NO
        if stretch.imagined is not None and stretch.imagined < hit.end:
            return Meant.UNCLEAR if stretch.acute else Meant.ASKED
        if sentence.asks and not sentence.acute and (sentence.informs or not sentence.personal):
            return Meant.ASKED
        if self.whole.settled and not self.whole.acute:
            return Meant.NO
        if sentence.settled:
            return Meant.UNCLEAR
        return Meant.YES

    def _denied(self, hit: Hit) -> bool:
        return any(
            self._governs(no, hit)
            for no in self._near(self.negators, hit.start - LOOK_BACK, hit.end)
            if no not in hit.used
        ) or any(
            self._follows(no, hit)
            for no in self._near(self.after, hit.end + 1, hit.end + LOOK_BACK)
        )

    @staticmethod
    def _near(places: Sequence[int], first: int, last: int) -> Sequence[int]:
        return places[bisect_left(places, first) : bisect_right(places, last)]

    def _governs(self, no: int, hit: Hit) -> bool:
        if no > hit.end:
            return False
        first = hit.start if no < hit.start else min(n for n in hit.used if n > no)
        here, there = self.tokens[no], self.tokens[first]
        if here.sentence != there.sentence:
            return False
        if bisect_right(self.barriers, first) > bisect_right(self.barriers, no):
            return False
        listed = no in self.listed
        reach = WORD * NEGATION_REACH * (3 if listed else 1)
        return (here.clause == there.clause or listed) and there.at - here.at <= reach

    def _follows(self, no: int, hit: Hit) -> bool:
        here, there = self.tokens[hit.end], self.tokens[no]
        return (
            no > hit.end
            and no not in hit.used
            and there.at - here.at <= AFTER_REACH
            and there.clause - here.clause <= ANSWER_CLAUSES
        )


def read_scope(reading: Reading, found: Found) -> Scope:
    """The scope of a message from its words and the scope concepts found in it."""
    tokens = reading.tokens
    sentences = [Marks(asks=asked) for asked in reading.asked]
    starts = _stretch_starts(tokens, found)
    stretches = [Marks() for _ in starts]
    _mark(found, tokens, sentences, stretches, starts)
    _mark_questions(reading, found, sentences)
    shams = {n for hit in found.get("sham_negation", ()) for n in hit.used}
    negators = [hit.start for hit in found.get("negator", ()) if hit.start not in shams]
    return Scope(
        tokens=tokens,
        sentences=sentences,
        stretches=stretches,
        stretch_starts=starts,
        negators=negators,
        barriers=sorted(hit.start for hit in found.get("barrier", ())),
        listed=frozenset(_listed(negators, found, tokens)),
        after=[hit.start for hit in found.get("denied_after", ()) if _closes(hit, tokens)],
        whole=Marks(
            acute=bool(found.get("acute")),
            steady=bool(found.get("steady_message")),
            fiction=bool(found.get("fiction")),
            settled=bool(found.get("settled")),
        ),
    )


def _stretch_starts(tokens: Sequence[Token], found: Found) -> list[int]:
    turns = {hit.start for hit in found.get("contrast", ())}
    return [
        n
        for n, token in enumerate(tokens)
        if n == 0 or n in turns or token.sentence != tokens[n - 1].sentence
    ] or [0]


def _mark(
    found: Found,
    tokens: Sequence[Token],
    sentences: Sequence[Marks],
    stretches: Sequence[Marks],
    starts: Sequence[int],
) -> None:
    shams = {n for hit in found.get("sham_if", ()) for n in hit.used}
    for name, concept in MARKED_BY.items():
        for hit in found.get(concept, ()):
            setattr(sentences[tokens[hit.start].sentence], name, True)
            setattr(stretches[bisect_right(starts, hit.end) - 1], name, True)
    for hit in found.get("imagined", ()):
        stretch = stretches[bisect_right(starts, hit.end) - 1]
        if hit.start not in shams and stretch.imagined is None:
            stretch.imagined = hit.start


def _mark_questions(reading: Reading, found: Found, sentences: Sequence[Marks]) -> None:
    first: dict[int, int] = {}
    length: dict[int, int] = {}
    for n, token in enumerate(reading.tokens):
        first.setdefault(token.sentence, n)
        length[token.sentence] = length.get(token.sentence, 0) + 1
    for number, marks in enumerate(sentences):
        marks.asks = marks.asks and length.get(number, 0) <= SHORT_QUESTION
    for hit in found.get("question_start", ()):
        number = reading.tokens[hit.start].sentence
        if hit.start == first[number]:
            sentences[number].asks = True
    for hit in found.get("pet_subject", ()):
        number = reading.tokens[hit.start].sentence
        if hit.start - first[number] < OPENING:
            sentences[number].pet = True


def _listed(negators: Iterable[int], found: Found, tokens: Sequence[Token]) -> Iterable[int]:
    """The negators whose list goes on over commas: "no pain, numbness or tingling"."""
    last_or: dict[int, int] = {}
    for hit in found.get("or_word", ()):
        last_or[tokens[hit.start].sentence] = hit.start
    return (no for no in negators if last_or.get(tokens[no].sentence, -1) > no)


def _closes(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether a "no" ends its clause, so that it answers what stands before it."""
    after = hit.end + 1
    return after == len(tokens) or tokens[after].clause != tokens[hit.end].clause
