"""Owes the reminders that are due: once for each nominal date, late ones only while they help."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Button, Say, column
from tgbot.services.knowledge import Knowledge
from tgbot.services.schedules import planned
from tgbot.storage import facts, outbox, reminders
from tgbot.storage.reminders import Due

BATCH: Final = 500
"""Reminders claimed in one transaction; more would hold the database too long."""

STALE: Final = timedelta(hours=3)
"""An exercise reminder later than this is not sent any more."""

LATE: Final = timedelta(minutes=10)
"""From here on a late reminder says that it is late."""


async def deliver_due(connection: AsyncConnection, knowledge: Knowledge, now: datetime) -> int:
    """Claims a batch of due reminders, owes their messages, and plans them anew.

    Returns how many were claimed; fewer than ``BATCH`` means that no more are due.
    """
    due = await reminders.claim(connection, now, BATCH)
    wanted = {one.reminder.id: one for one in _one_per_person(due) if _worth_sending(one, now)}
    rows = [_occurrence(one, sent=one.reminder.id in wanted) for one in due]
    added = await reminders.add_occurrences(connection, rows)
    for reminder_id, occurrence_id in added.items():
        if reminder_id in wanted:
            await _owe(connection, knowledge, wanted[reminder_id], occurrence_id, "0", now)
    plans = [planned(replace(one.reminder, paused_until=None), one.zone, now) for one in due]
    await reminders.advance(connection, [(p.id, p.next_due, p.next_date) for p in plans])
    back = [one.reminder.id for one in due if one.reminder.paused_until is not None]
    await reminders.end_pauses(connection, back)
    return len(due)


async def deliver_snoozed(connection: AsyncConnection, knowledge: Knowledge, now: datetime) -> int:
    """Owes the reminders whose "in 30 minutes" is over; the series itself is not moved."""
    found = await reminders.claim_snoozed(connection, now, BATCH)
    for occurrence, due in found:
        await reminders.change_occurrence(connection, occurrence.id, snoozed_to=None)
        if not due.silent and now - occurrence.due < STALE + timedelta(hours=2):
            round_ = str(occurrence.snoozes)
            await _owe(connection, knowledge, due, occurrence.id, round_, now)
    return len(found)


def _one_per_person(due: Iterable[Due]) -> list[Due]:
    """After downtime only the newest of each kind for each person: the others have passed."""
    newest: dict[tuple[int, str], Due] = {}
    for one in due:  # oldest first
        newest[one.reminder.person_id, one.reminder.kind] = one
    return list(newest.values())


def _worth_sending(one: Due, now: datetime) -> bool:
    return not one.silent and now < expiry(one)


def expiry(one: Due) -> datetime:
    """When a due reminder stops being worth sending: after three hours, or at midnight."""
    due = one.reminder.next_due
    if due is None:
        raise ValueError("the reminder is not due")
    local = due.astimezone(ZoneInfo(one.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min(due + STALE, midnight)


def _occurrence(one: Due, *, sent: bool) -> dict[str, Any]:
    return {
        "reminder_id": one.reminder.id,
        "local_date": one.reminder.next_date,
        "slot": 0,
        "due": one.reminder.next_due,
        "answer": None if sent else "missed",
        "snoozes": 0,
    }


async def _owe(
    connection: AsyncConnection,
    knowledge: Knowledge,
    one: Due,
    occurrence_id: int,
    round_: str,
    now: datetime,
) -> None:
    message = _message(knowledge, one, occurrence_id, round_, now)
    place = Place(one.reminder.person_id)
    lives = max(60.0, (expiry(one) - now).total_seconds()) if round_ == "0" else 3600.0
    calls = [
        replace(call, send_class=SendClass.BULK, lives=lives) for call in render([message], place)
    ]
    await outbox.queue(connection, calls, f"o{occurrence_id}:{round_}", now)


def _message(knowledge: Knowledge, one: Due, occurrence_id: int, round_: str, now: datetime) -> Say:
    """The reminder itself: neutral, because it shows on the lock screen."""
    say = knowledge.catalogue.messages.text
    due = one.reminder.next_due
    verbs: tuple[str, ...] = ("start", "done", "later", "skip", "ill")
    clock = f"{one.reminder.at:%H:%M}"
    if one.on_hold:
        key, verbs = "occurrences.due_on_hold", ("seen",)
    elif round_ != "0":
        key = "occurrences.due_again"
    elif one.reminder.paused_until is not None:
        key = "occurrences.due_back"
    elif due is not None and now - due > LATE:
        key = "occurrences.due_late"
    else:
        key = "occurrences.due"
    buttons = [
        Button(say(f"occurrences.{verb}_button"), ("occ", verb, str(occurrence_id)))
        for verb in verbs
    ]
    return Say(say(key, time=clock), column(*buttons))


async def refresh_schedules(connection: AsyncConnection, now: datetime) -> int:
    """Plans all reminders anew when the time-zone data have changed since they were planned."""
    data = version("tzdata")
    if await facts.read(connection, "tzdata") == data:
        return 0
    planned_anew = 0
    for reminder, zone in await reminders.all_with_zone(connection):
        plan = planned(reminder, zone, now)
        # What is overdue stays due: it is the delivery's to send or to drop.
        if reminder.next_due is not None and reminder.next_due > now:
            await reminders.advance(connection, [(plan.id, plan.next_due, plan.next_date)])
            planned_anew += 1
    await facts.write(connection, "tzdata", data)
    return planned_anew
