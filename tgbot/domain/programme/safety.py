"""What the safety answers allow; whatever was not answered counts as if it were not safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from content.schema.programme import Effect, Place, Programme, Question
from tgbot.domain.programme.values import Answer

STRICTEST_FIRST: Final[tuple[Effect, ...]] = (
    "no_exercise",
    "rest_today",
    "seated_and_bed",
    "no_floor",
    "gentler_today",
    "easier",
)
_RESTING: Final[frozenset[Place]] = frozenset({"seated", "bed"})
_STANDING: Final[frozenset[Place]] = _RESTING | {"standing"}
_PLACES: Final[Mapping[Effect, frozenset[Place]]] = {
    "no_exercise": frozenset(),
    "rest_today": frozenset(),
    "seated_and_bed": _RESTING,
    "no_floor": _STANDING,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where somebody may exercise, and the question that rules out the most; nowhere is "no"."""

    places: frozenset[Place]
    because: Question | None = None


def counts(question: Question, given: Answer | None) -> bool:
    """Whether an answer changes something; not sure, and none, count as if it did."""
    return given is None or given in {question.counts, "unsure"}


def judge(answers: Mapping[str, Answer], programme: Programme) -> Verdict:
    """What the answers allow."""
    unsafe = [one for one in programme.questions if counts(one, answers.get(one.id))]
    if not unsafe:
        return Verdict(_STANDING | {"floor"})
    worst = min(unsafe, key=strictness)
    return Verdict(_PLACES.get(worst.then, frozenset()), worst)


def strictness(question: Question) -> int:
    """The lower, the more it rules out."""
    return STRICTEST_FIRST.index(question.then)


def unanswered(answers: Mapping[str, Answer], programme: Programme) -> Question | None:
    """The next question that could still change the verdict; None when nothing could."""
    said = [q for q in programme.questions if q.id in answers and counts(q, answers[q.id])]
    worst = min((strictness(one) for one in said), default=len(STRICTEST_FIRST))
    for question in programme.questions:
        if question.id not in answers and strictness(question) < worst:
            return question
    return None
