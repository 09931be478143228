"""Checks of the drink content: every question with a source, no target above the most, words kept."""

from collections.abc import Iterator, Mapping
from typing import Final

from content.checks.messages import HARDEST, PLAIN
from content.checks.reading import grade
from content.schema.hydration import GateQuestion, Hydration

NIGHT: Final = range(8, 21)
"""Hours in which a usual time may lie: outside the quiet hours that everyone begins with."""
LONGEST_LABEL: Final = 32
SAFEST_ML: Final = 2000
"""No target is ever above it, whatever the content says."""
NAMES: Final = PLAIN | {"desmopressin", "lithium", "dialysis"}
"""Words that people must see as they are, because that is what stands on the box or the letter."""
KINDS: Final = frozenset({"today", "never", "doctor"})


def problems(hydration: Hydration, sentences: Mapping[str, str]) -> Iterator[str]:
    """What is wrong, each as a plain sentence; ``sentences`` are all that the bot can say, by key."""
    for question in hydration.questions:
        yield from (f"drink question {question.id}: {what}" for what in _question(question))
    if {question.leads_to for question in hydration.questions} != KINDS:
        yield "drink questions: a kind of answer is never reached"
    if hydration.questions and hydration.questions[0].leads_to != "today":
        yield "drink questions: what must be seen today is not asked first"
    yield from _sources(hydration)
    yield from _amounts(hydration)
    yield from _rhythm(hydration)
    yield from _never_said(hydration, sentences)


def _question(question: GateQuestion) -> Iterator[str]:
    if len(question.label) > LONGEST_LABEL:
        yield f"its label is longer than {LONGEST_LABEL} characters"
    for name in ("ask", "why", "because", "advice"):
        yield from _readable(name, getattr(question, name))
    for line in question.any_of:
        yield from _readable("any_of", line)


def _readable(name: str, text: str) -> Iterator[str]:
    if not text.strip() and name != "advice":
        yield f"its {name} is empty"
    found = grade(text, NAMES)
    if found > HARDEST:
        yield f"its {name} reads at grade {found:.1f}, above {HARDEST:.0f}"


def _sources(hydration: Hydration) -> Iterator[str]:
    parts = {f"question {one.id}": one.sources for one in hydration.questions}
    for name in ("amounts", "rhythm", "hot", "dry", "get_help"):
        parts[name] = getattr(hydration, name).sources
    for name, sources in parts.items():
        if not sources:
            yield f"drink {name}: it has no source"
        for source in sources:
            if source not in hydration.sources:
                yield f"drink {name}: the source {source} is not listed"


def _amounts(hydration: Hydration) -> Iterator[str]:
    amounts = hydration.amounts
    if amounts.most_ml > SAFEST_ML:
        yield f"drink amounts: the most is above {SAFEST_ML} ml"
    for name in ("woman_ml", "man_ml", "unsaid_ml"):
        ml = getattr(amounts, name)
        if not 0 < ml <= amounts.most_ml or ml % amounts.cup_ml:
            yield f"drink amounts: {name} is above the most or is not in whole cups"


def _rhythm(hydration: Hydration) -> Iterator[str]:
    usual = hydration.rhythm.usual
    if not 0 < len(usual) <= hydration.rhythm.most_a_day or list(usual) != sorted(set(usual)):
        yield "drink times: none, too many, or not in order"
    for at in usual:
        if at.hour not in NIGHT:
            yield f"drink times: {at:%H:%M} is in the quiet hours"


def _never_said(hydration: Hydration, sentences: Mapping[str, str]) -> Iterator[str]:
    if not hydration.never_say:
        yield "drink words: nothing is listed that must never be said"
    for key, text in {**sentences, **_own_words(hydration)}.items():
        said = " ".join(text.lower().split())
        for words in hydration.never_say:
            if words in said:
                yield f"{key}: says {words!r}, which must never be said"


def _own_words(hydration: Hydration) -> dict[str, str]:
    own = {f"drink question {q.id}": f"{q.ask} {q.why} {q.advice}" for q in hydration.questions}
    lines = " ".join((*hydration.dry.lines, *hydration.get_help.lines))
    return {
        **own,
        "drink hot": f"{hydration.hot.open} {hydration.hot.closed}",
        "drink signs": lines,
    }
