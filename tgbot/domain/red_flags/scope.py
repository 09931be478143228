"""Decides whether a danger that is named is meant: not denied, past, imagined, or a pet's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tgbot.domain.red_flags.matching import Found, Hit
from tgbot.domain.red_flags.normalise import SENTENCE_GAP, Reading, Token

NEGATION_REACH: Final = 6
"""Words that a "no" or "without" governs, counted from it."""

AFTER_REACH: Final = 2 + SENTENCE_GAP
"""Places after a sign in which an answer such as "fever? nah" still denies it."""

OPENING: Final = 4
"""Words at a sentence's beginning in which its subject stands."""


class Meant(IntEnum):
    """How far a hit is meant, from fully to not at all; of several hits the best counts."""

    YES = 0
    UNCLEAR = 1
    ASKED = 2
    NO = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What one sentence says about how its contents are meant."""

    acute: bool
    personal: bool
    question: bool
    imagined: int | None
    past: bool
    steady: bool
    fiction: bool
    pet: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """The scope of every part of one message."""

    tokens: Sequence[Token]
    marks: Sequence[Marks]
    negators: Sequence[int]
    barriers: frozenset[int]
    joined: frozenset[int]
    after: Sequence[int]
    acute: bool
    settled: bool
    steady: bool
    fiction: bool

    def meant(self, hit: Hit) -> Meant:
        """How far ``hit`` is meant."""
        marks = self.marks[self.tokens[hit.start].sentence]
        if self._denied(hit) or marks.fiction or marks.pet:
            return Meant.NO
        if self.fiction and not marks.personal:
            return Meant.NO
        if marks.past and not marks.acute:
            return Meant.NO
        if (marks.steady or self.steady) and not (marks.acute or self.acute):
            return Meant.NO
        if marks.imagined is not None and marks.imagined < hit.end:
            return Meant.UNCLEAR if marks.acute else Meant.ASKED
        if marks.question and not marks.personal:
            return Meant.ASKED
        return Meant.YES

    def _denied(self, hit: Hit) -> bool:
        return any(self._governs(no, hit) for no in self.negators if no not in hit.used) or any(
            self._follows(no, hit) for no in self.after
        )

    def _governs(self, no: int, hit: Hit) -> bool:
        if no > hit.end:
            return False
        first = hit.start if no < hit.start else min(n for n in hit.used if n > no)
        if self.tokens[no].sentence != self.tokens[first].sentence:
            return False
        if any(no < barrier <= first for barrier in self.barriers):
            return False
        same_clause = self.tokens[no].clause == self.tokens[first].clause
        listed = no in self.joined
        reach = NEGATION_REACH * (3 if listed else 1)
        return (same_clause or listed) and self.tokens[first].at - self.tokens[no].at <= reach

    def _follows(self, no: int, hit: Hit) -> bool:
        return (
            no > hit.end
            and self.tokens[no].at - self.tokens[hit.end].at <= AFTER_REACH
            and no not in hit.used
            and self.tokens[no].clause - self.tokens[hit.end].clause <= 1
        )


def read_scope(reading: Reading, found: Found) -> Scope:
    """The scope of a message from its words and the scope concepts found in it."""
    tokens = reading.tokens
    marks = tuple(_marks(number, reading, found) for number in range(len(reading.asked)))
    shams = {n for hit in found.get("sham_negation", ()) for n in hit.used}
    negators = [hit.start for hit in found.get("negator", ()) if hit.start not in shams]
    alternatives = [hit.start for hit in found.get("or_word", ())]
    return Scope(
        tokens=tokens,
        marks=marks,
        negators=negators,
        barriers=frozenset(hit.start for hit in found.get("barrier", ())),
        joined=frozenset(_joined(negators, alternatives, tokens)),
        after=[hit.start for hit in found.get("denied_after", ())],
        acute=bool(found.get("acute")),
        settled=bool(found.get("settled")),
        steady=bool(found.get("steady_message")),
        fiction=bool(found.get("fiction")),
    )


def _joined(
    negators: Iterable[int], alternatives: Sequence[int], tokens: Sequence[Token]
) -> Iterable[int]:
    """The negators whose list goes on over commas: "no pain, numbness or tingling"."""
    return (
        no
        for no in negators
        if any(other > no and tokens[other].sentence == tokens[no].sentence for other in alternatives)
    )


def _marks(number: int, reading: Reading, found: Found) -> Marks:
    def here(concept: str) -> list[Hit]:
        return [h for h in found.get(concept, ()) if reading.tokens[h.start].sentence == number]

    first = next((n for n, t in enumerate(reading.tokens) if t.sentence == number), 0)
    personal = bool(here("person"))
    imagined = here("imagined")
    return Marks(
        acute=bool(here("acute")),
        personal=personal,
        question=reading.asked[number] or any(h.start == first for h in here("question_start")),
        imagined=imagined[0].start if imagined else None,
        past=bool(here("past")),
        steady=bool(here("steady")),
        fiction=bool(here("fiction")),
        pet=any(h.start - first < OPENING for h in here("pet_subject")),
        settled=bool(here("settled")),
    )
