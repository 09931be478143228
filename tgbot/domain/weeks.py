"""A person's week: on which days the exercises were done, and how much was drunk."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

DAYS: Final = 7


class Mark(StrEnum):
    """How a day went with the exercises."""

    DONE = "done"
    OPEN = "open"
    """They were due, and were not done."""
    REST = "rest"
    """The person was ill, or stopped because something hurt: no failure, and not counted."""
    COMING = "coming"
    """They are due today and there is still time."""
    FREE = "free"
    """Nothing was due: no reminder on that day, a pause, or the bot itself was away."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week; ``cups`` is None where no drinks are counted."""

    date: date
    mark: Mark
    cups: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, the oldest first; ``target`` is in cups, None without drink reminders."""

    days: tuple[Day, ...]
    target: int | None

    @property
    def done(self) -> int:
        """Days on which the exercises were done."""
        return sum(day.mark is Mark.DONE for day in self.days)

    @property
    def counted(self) -> int:
        """Days that count: done ones, and those on which they were due and left out."""
        return self.done + sum(day.mark is Mark.OPEN for day in self.days)

    @property
    def cups(self) -> int | None:
        """All cups of the week; None where none are counted."""
        counted = [day.cups for day in self.days if day.cups is not None]
        return sum(counted) if counted else None


@dataclass(frozen=True, slots=True)
class Exercised:
    """The dates on which exercises were done, were asked for in vain, or had to be left out."""

    done: AbstractSet[date]
    asked: AbstractSet[date]
    rested: AbstractSet[date]


def week_of(
    last: date, today: date, exercised: Exercised, cups: Mapping[date, int], target: int | None
) -> Week:
    """The seven days up to and including ``last``."""
    dates = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    counts = target is not None or bool(cups)
    return Week(
        tuple(
            Day(one, _mark(one, today, exercised), cups.get(one, 0) if counts else None)
            for one in dates
        ),
        target,
    )


def _mark(one: date, today: date, exercised: Exercised) -> Mark:
    if one in exercised.done:
        return Mark.DONE
    if one in exercised.rested:
        return Mark.REST
    if one in exercised.asked:
        return Mark.COMING if one >= today else Mark.OPEN
    return Mark.FREE
