"""When each reminder of a person is due next; stored with the reminder as a cache."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from importlib.metadata import version
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.schedule import Occurrence, Schedule, next_occurrence
from tgbot.services.times_in_words import from_mask
from tgbot.storage import facts, occurrences, reminders
from tgbot.storage.occurrences import Plan
from tgbot.storage.reminders import Reminder

PAGE: Final = 500
"""Reminders planned anew in one transaction."""


def planned(reminder: Reminder, zone: str, after: datetime) -> Reminder:
    """The reminder with its next instant and date, after ``after``, its pause and its newest date."""
    plan = plan_of(reminder, zone, after, reminder.last_date)
    return replace(reminder, next_due=plan.next_due, next_date=plan.next_date)


def plan_of(reminder: Reminder, zone: str, after: datetime, last_date: date | None) -> Plan:
    """When a reminder is due next; a pause that is over at ``after`` is forgotten."""
    pause = reminder.paused_until
    paused = pause is not None and pause > after
    coming = _coming(
        reminder.at,
        reminder.days,
        zone,
        pause if paused and pause else after,
        last_date or date.min,
    )
    return Plan(reminder.id, coming.due, coming.local_date, last_date, pause if paused else None)


@lru_cache(maxsize=4096)
def _coming(at: time, days: int, zone: str, after: datetime, after_date: date) -> Occurrence:
    """Thousands of reminders share a time and a zone, hence the memo."""
    return next_occurrence(Schedule(at, from_mask(days)), ZoneInfo(zone), after, after_date)


async def replan(
    connection: AsyncConnection, person_id: int, zone: str, now: datetime
) -> list[Reminder]:
    """Plans all reminders of a person anew, as after a change of zone."""
    found = await reminders.of_person(connection, person_id)
    await occurrences.advance(connection, [plan_of(one, zone, now, one.last_date) for one in found])
    return [planned(one, zone, now) for one in found]


async def data_changed(connection: AsyncConnection) -> bool:
    """Whether the time-zone data are others than those that all reminders were planned with."""
    return await facts.read(connection, "tzdata") != version("tzdata")


async def refresh_page(connection: AsyncConnection, after_id: int, now: datetime) -> int | None:
    """Plans a page of reminders anew with the time-zone data at hand.

    Returns the last id of the page, to go on from, or None when it was the last page. Until its page
    has come a reminder may ring up to the change of its zone too late, but never too early: whether
    it is due is looked at again when it is claimed.
    """
    page = await reminders.page_with_zone(connection, after_id, PAGE)
    # What is overdue stays due: it is the delivery's to send or to drop.
    waiting = [(one, zone) for one, zone in page if one.next_due and one.next_due > now]
    await occurrences.advance(
        connection, [plan_of(one, zone, now, one.last_date) for one, zone in waiting]
    )
    if len(page) == PAGE:
        return page[-1][0].id
    await facts.write(connection, "tzdata", version("tzdata"))
    return None
