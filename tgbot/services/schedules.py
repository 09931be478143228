"""When each reminder of a person is due next; stored with the reminder as a cache."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.schedule import Schedule, next_occurrence
from tgbot.services.times_in_words import from_mask
from tgbot.storage import reminders
from tgbot.storage.reminders import Reminder


def planned(reminder: Reminder, zone: str, after: datetime) -> Reminder:
    """The reminder with its next instant and date strictly after ``after`` and after its pause."""
    if reminder.paused_until is not None:
        after = max(after, reminder.paused_until)
    schedule = Schedule(reminder.at, from_mask(reminder.days))
    coming = next_occurrence(schedule, ZoneInfo(zone), after)
    return replace(reminder, next_due=coming.due, next_date=coming.local_date)


async def replan(
    connection: AsyncConnection, person_id: int, zone: str, now: datetime
) -> list[Reminder]:
    """Plans all reminders of a person anew, as after a change of zone."""
    plans = [planned(one, zone, now) for one in await reminders.of_person(connection, person_id)]
    await reminders.advance(connection, [(p.id, p.next_due, p.next_date) for p in plans])
    return plans
