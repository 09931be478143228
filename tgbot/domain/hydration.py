"""Drinking: who may be reminded, how much, when, and when a reminder that is due stays silent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from content.schema.hydration import Amounts, GateQuestion
from tgbot.domain.reminding import LIVES, Kind, Quiet
from tgbot.domain.schedule import is_quiet

DAY: Final = 24 * 60
ASLEEP: Final = 6 * 60
"""Minutes after bedtime in which nobody is asked to drink, also without quiet hours."""


class Said(StrEnum):
    """What can be answered to a safety question. ``UNSURE`` counts as yes."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    AGREED = "agreed"
    """Yes, but the person says that their doctor agrees to drink reminders."""


class Verdict(StrEnum):
    """What the safety questions lead to."""

    ASKING = "asking"
    OPEN = "open"
    TODAY = "today"
    """To be seen the same day; no reminders."""
    CLOSED = "closed"
    """Never told to drink more."""
    DOCTOR = "doctor"
    """No reminders until a doctor agrees."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the safety questions stand; ``question`` is the one that decides, or the next to ask."""

    verdict: Verdict
    question: str = ""


class Mode(StrEnum):
    """What the bot does about a person's drinks; as stored."""

    ASKING = "asking"
    OPEN = "open"
    """Counts up to a target, and reminds where times are set."""
    OFF = "off"
    """The person turned it off."""
    TODAY = "today"
    CLOSED = "closed"
    DOCTOR = "doctor"
    LIMIT = "limit"
    """Counts down from the limit of a care team; never reminds."""


class Body(StrEnum):
    """For whom the usual amount is."""

    WOMAN = "woman"
    MAN = "man"
    UNSAID = "unsaid"


_BY_KIND: Final[Mapping[str, Verdict]] = {
    "today": Verdict.TODAY,
    "never": Verdict.CLOSED,
    "doctor": Verdict.DOCTOR,
}
_GRAVEST_FIRST: Final = (Verdict.TODAY, Verdict.CLOSED, Verdict.DOCTOR)


def judge(answers: Mapping[str, str], questions: Sequence[GateQuestion]) -> Gate:
    """What the answers lead to: the gravest yes decides, whatever is still to be asked.

    Only when nothing speaks against it and every question is answered is the gate open.
    """
    for verdict in _GRAVEST_FIRST:
        for question in questions:
            if _BY_KIND[question.leads_to] is verdict and _stands(question, answers):
                return Gate(verdict, question.id)
    unasked = next((one.id for one in questions if one.id not in answers), None)
    return Gate(Verdict.OPEN) if unasked is None else Gate(Verdict.ASKING, unasked)


def _stands(question: GateQuestion, answers: Mapping[str, str]) -> bool:
    """Whether the answer speaks against reminders; one that nobody understands does."""
    harmless = {Said.NO, Said.AGREED} if question.leads_to == "doctor" else {Said.NO}
    return question.id in answers and answers[question.id] not in harmless


def mode_after(gate: Gate, old: Mode, *, has_limit: bool) -> Mode:
    """The mode once the answers lead to ``gate``."""
    match gate.verdict:
        case Verdict.CLOSED if has_limit:
            return Mode.LIMIT
        case Verdict.OPEN if old is Mode.OFF:
            return Mode.OFF
        case verdict:
            return Mode(verdict.value)


def target_cups(body: Body, amounts: Amounts) -> int:
    """How many cups are usual in a day; never above the most."""
    ml = {Body.WOMAN: amounts.woman_ml, Body.MAN: amounts.man_ml, Body.UNSAID: amounts.unsaid_ml}
    return min(ml[body], amounts.most_ml) // amounts.cup_ml


@dataclass(frozen=True, slots=True)
class Night:
    """When nobody is asked to drink: the quiet hours, and from some hours before bedtime on."""

    quiet: Quiet
    bedtime: time
    stop_hours: int

    def holds(self, at: time) -> bool:
        """Whether a drink at ``at`` would come at night, or too near to bedtime."""
        near = until_stop(at, self.bedtime, self.stop_hours) <= 0
        return near or is_quiet(at, self.quiet.start, self.quiet.end)


def until_stop(at: time, bedtime: time, stop_hours: int) -> int:
    """Minutes from ``at`` until drinks stop for the day; 0 or less from then until after midnight."""
    to_bed = (minutes(bedtime) - minutes(at)) % DAY
    if to_bed > DAY - ASLEEP:
        to_bed -= DAY
    return to_bed - stop_hours * 60


def minutes(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class Times:
    """The times that were wanted, as far as they can be; all others with the reason."""

    kept: tuple[time, ...]
    at_night: tuple[time, ...] = ()
    too_many: tuple[time, ...] = ()


def drink_times(wanted: Sequence[time], night: Night, most: int) -> Times:
    """Which of the wanted times can be drink reminders: none at night, at most so many a day.

    Those wanted first are kept first.
    """
    ordered = dict.fromkeys(at.replace(second=0, microsecond=0) for at in wanted)
    late = sorted(at for at in ordered if night.holds(at))
    fine = [at for at in ordered if not night.holds(at)]
    return Times(tuple(sorted(fine[:most])), tuple(late), tuple(sorted(fine[most:])))


def lives(times: Sequence[time], bedtime: time, stop_hours: int) -> dict[time, int]:
    """Minutes that the reminder at each time may be late: at most half the way to the next one.

    It also ends when drinks stop for the day, so that none arrives near bedtime.
    """
    return {at: _lives_at(at, times, bedtime, stop_hours) for at in times}


def _lives_at(at: time, times: Sequence[time], bedtime: time, stop_hours: int) -> int:
    gaps = [(minutes(other) - minutes(at)) % DAY for other in times if other != at]
    half = min(gaps, default=DAY) // 2
    return max(1, min(LIVES[Kind.DRINK], half, until_stop(at, bedtime, stop_hours)))


@dataclass(frozen=True, slots=True)
class Drinker:
    """What decides whether a drink reminder is sent; ``had_ml`` is of the date it counts for."""

    mode: str
    target_cups: int | None
    bedtime: time
    had_ml: int


def withheld(
    drinker: Drinker, night: Night, moments: Collection[time], cup_ml: int, *, on_hold: bool
) -> bool:
    """Whether a due drink reminder stays silent.

    ``moments`` are the times that must not be at night: when it is set for, and now. ``on_hold``:
    a danger sign was named. Neither a hot day nor a missed drink changes anything here.
    """
    if on_hold or drinker.mode != Mode.OPEN or drinker.target_cups is None:
        return True
    if drinker.had_ml >= drinker.target_cups * cup_ml:
        return True
    return any(night.holds(at) for at in moments)
