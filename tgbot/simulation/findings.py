"""Compares what was sent to each simulated person with what should have been."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from tgbot.domain.delivery import Outcome
from tgbot.domain.reminding import NUDGE_AFTER
from tgbot.simulation import oracle
from tgbot.simulation.course import QUIET, Course, Wish
from tgbot.storage.ledger import Message, Past
from tgbot.storage.occurrences import FIRST_ROUND, NUDGE

FAULTS: Final = ("missed", "doubled", "wrong", "quiet", "strays")


@dataclass(slots=True)
class Findings:
    """Of one person, or of many together: how much was right, and the local dates of each fault."""

    expected: int = 0
    sent: int = 0
    nudges: int = 0
    missed: list[date] = field(default_factory=list)
    doubled: list[date] = field(default_factory=list)
    wrong: list[date] = field(default_factory=list)
    """On a date, or at an instant, other than the wall clock says."""
    quiet: list[date] = field(default_factory=list)
    """Rang in the quiet hours though the person had not asked for that."""
    strays: list[str] = field(default_factory=list)
    """Keys of messages that no occurrence explains, or that did not arrive."""

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not any(getattr(self, fault) for fault in FAULTS)


def total(findings: Iterable[Findings]) -> Findings:
    """All of them together."""
    whole = Findings()
    for one in findings:
        whole.expected += one.expected
        whole.sent += one.sent
        whole.nudges += one.nudges
        for fault in FAULTS:
            getattr(whole, fault).extend(getattr(one, fault))
    return whole


def examine(wish: Wish, past: Past, course: Course) -> Findings:
    """What went right and wrong for one person."""
    due = oracle.expected(wish.zone, wish.at, course.start, course.end)
    firsts = _arrivals(past, FIRST_ROUND)
    nudges = _arrivals(past, NUDGE)
    noted = {day for _, day, _ in past.dates}
    return Findings(
        expected=len(due),
        sent=sum(map(len, firsts.values())),
        nudges=sum(map(len, nudges.values())),
        missed=[day for day in due if day not in firsts],
        doubled=[day for found in (firsts, nudges) for day in found if len(found[day]) > 1],
        wrong=[day for day in firsts if due.get(day) not in firsts[day]]
        + [day for day in nudges if not _followed(firsts.get(day, []), nudges[day])]
        + sorted(noted - due.keys() - firsts.keys()),
        quiet=[]
        if wish.despite_quiet
        else [day for found in (firsts, nudges) for day in found if _rang(wish, found[day])],
        strays=[*past.strays, *(one.key for one in past.messages if not _is_usual(one))],
    )


def _arrivals(past: Past, round_: str) -> dict[date, list[datetime]]:
    found: dict[date, list[datetime]] = defaultdict(list)
    for one in past.messages:
        if one.round == round_ and one.outcome == Outcome.SENT and one.finished_at:
            found[one.local_date].append(one.finished_at)
    return found


def _followed(firsts: list[datetime], nudges: list[datetime]) -> bool:
    return [first + NUDGE_AFTER for first in firsts] == nudges


def _rang(wish: Wish, moments: list[datetime]) -> bool:
    # In words of its own, as all that is measured here.
    walls = [oracle.wall(wish.zone, moment).time() for moment in moments]
    return any(wall >= QUIET.start or wall < QUIET.end for wall in walls)


def _is_usual(message: Message) -> bool:
    return message.round in {FIRST_ROUND, NUDGE} and message.outcome == Outcome.SENT
