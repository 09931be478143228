"""Pauses of one reminder or of all: a day, a week, until a date, or until the person says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from tgbot.domain.replies import Button, Notice, Reply, Say, Show, column
from tgbot.domain.schedule import first_instant
from tgbot.domain.times import NoDate, read_until
from tgbot.services import reminder_cards as cards
from tgbot.services.reminder_edits import store
from tgbot.services.request import Request
from tgbot.services.schedules import plan_of, planned
from tgbot.services.times_in_words import date_words
from tgbot.storage import notes, occurrences, outbox, people, reminders
from tgbot.storage.notes import NoteKind
from tgbot.storage.reminders import Reminder

PATIENCE: Final = timedelta(minutes=30)

WISH: Final = re.compile(
    r"(?i)\s*(?:(?:please|can|could|you|pls)\s+)*"
    r"(?:pause|stop|hold|suspend|no (?:more )?reminders|turn off)\b"
)
"""A wish that reminders be silent for a while begins like this."""
_LEADS: Final = re.compile(r"(?i)\b(?:until|untill|till|til|for|to|back)\b")
_ALL: Final = re.compile(
    r"(?i)(?:all|my|the|reminders?|reminding|me|please|can|could|you|now|pause|stop|hold|suspend"
    r"|no|more|turn|off|everything|\W)+"
)


async def answer_all(request: Request, rest: Sequence[str]) -> Sequence[Reply]:
    """A tap on how long all reminders shall pause."""
    match tuple(rest):
        case ():
            return [Show(request.say("reminders.ask_pause"), _lengths(request))]
        case ("1",):
            return await pause_all(request, request.now + timedelta(days=1))
        case ("7",):
            week = request.today + timedelta(days=7)
            return await pause_all(request, _midnight(request, week))
        case ("until",):
            return await ask_until(request, None)
        case ("stop",):
            return await stop_all(request)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def pause_days(request: Request, reminder: Reminder, days: int) -> Sequence[Reply]:
    """Pauses one reminder for some days."""
    until = _midnight(request, request.today + timedelta(days=days))
    if days == 1 and reminder.next_due is not None:
        # A pause of a day leaves out the next one, also when today's is over.
        until = max(until, reminder.next_due + timedelta(minutes=1))
    return await _pause(request, reminder, until)


async def _pause(request: Request, reminder: Reminder, until: datetime) -> Sequence[Reply]:
    # Who pauses now does not want today's to ask again either.
    await occurrences.settle_again_of(request.connection, [reminder.id])
    return await store(request, replace(reminder, paused_until=until), "reminders.paused")


async def wake(request: Request, reminder: Reminder) -> Sequence[Reply]:
    """Ends the pause of one reminder."""
    return await store(request, replace(reminder, paused_until=None), "reminders.awake")


async def ask_until(request: Request, reminder: Reminder | None) -> Sequence[Reply]:
    """Asks for the date to come back on, of one reminder or of all."""
    waits_for = {"what": "pause", "reminder": reminder.id if reminder else None}
    until = request.now + PATIENCE
    await notes.write(request.connection, request.person.id, NoteKind.EXPECTING, waits_for, until)
    action = ("rem", "open", str(reminder.id)) if reminder else ("rem", "list")
    leave = Button(request.say("reminders.leave_button"), action)
    return [Show(request.say("reminders.ask_until"), column(leave))]


async def take_until(request: Request, words: str, reminder_id: int | None) -> Sequence[Reply]:
    """A typed date, for one reminder or for all; what is none is asked again."""
    day = read_until(words, request.today)
    if isinstance(day, NoDate):
        return [no_date(request, day)]
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    if reminder_id is None:
        return await pause_all(request, _midnight(request, day))
    found = await reminders.find(request.connection, reminder_id, request.person.id)
    if found is None:
        return [Say(request.say("reminders.gone"))]
    return await _pause(request, found, _midnight(request, day))


def no_date(request: Request, why: NoDate) -> Say:
    """Why that is no date to come back on, and what would be one."""
    return Say(request.say(f"reminders.until_{why}"))


async def take_wish(request: Request, words: str) -> Sequence[Reply]:
    """Pauses all as a wish says: "Pause my reminders until Monday".

    With no word of when it lasts until they say; what names one of several is left to the list.
    """
    day = read_until(words, request.today) if _LEADS.search(words) else NoDate.NOT_A_DATE
    if not isinstance(day, NoDate):
        return await pause_all(request, _midnight(request, day))
    if day is not NoDate.NOT_A_DATE:
        return [no_date(request, day)]
    if _ALL.fullmatch(words):
        return await stop_all(request)
    found = await reminders.of_person(request.connection, request.person.id)
    return [cards.overview(request, found, request.say("reminders.which_pause"))]


async def pause_all(request: Request, until: datetime) -> Sequence[Reply]:
    """Pauses all reminders; a longer pause that one of them has already stays."""
    found = await reminders.of_person(request.connection, request.person.id)
    if not found:
        return [cards.overview(request, found)]
    paused = [replace(one, paused_until=max(until, one.paused_until or until)) for one in found]
    await occurrences.settle_again_of(request.connection, [one.id for one in found])
    await people.change(request.connection, request.person.id, stopped_at=None)
    running = replace(request, person=replace(request.person, stopped_at=None))
    day = until.astimezone(request.zone).date()
    lead = request.say("reminders.paused_all", date=date_words(request, day))
    return [cards.overview(running, await _store_all(running, paused), lead)]


async def stop_all(request: Request) -> Sequence[Reply]:
    """Pauses everything until /resume; what waits is taken back, and a shorter pause is offered."""
    await people.change(request.connection, request.person.id, stopped_at=request.now)
    await outbox.withdraw_bulk(request.connection, request.person.id, request.now)
    again = Button(request.say("reminders.resume_button"), ("rem", "resume"))
    return [Say(request.say("reminders.stopped"), _lengths(request, stopped=True) + column(again))]


async def resume_all(request: Request) -> Sequence[Reply]:
    """Ends /stop and every pause: the reminders go on at their next time."""
    await people.change(request.connection, request.person.id, stopped_at=None)
    resumed = replace(request, person=replace(request.person, stopped_at=None))
    found = await reminders.of_person(request.connection, request.person.id)
    awake = await _store_all(resumed, [replace(one, paused_until=None) for one in found])
    return [Say(request.say("reminders.resumed")), cards.overview(resumed, awake)]


async def _store_all(request: Request, changed: Sequence[Reminder]) -> list[Reminder]:
    zone, now = request.person.zone or "UTC", request.now
    plans = [plan_of(one, zone, now, one.last_date) for one in changed]
    await occurrences.advance(request.connection, plans)
    return [planned(one, zone, now) for one in changed]


def _lengths(request: Request, *, stopped: bool = False) -> tuple[tuple[Button, ...], ...]:
    choices = ["1", "7", "until"] + ([] if stopped else ["stop"])
    return column(
        *(
            Button(request.say(f"reminders.all_{choice}"), ("rem", "all", choice))
            for choice in choices
        )
    )


def _midnight(request: Request, day: date) -> datetime:
    return first_instant(datetime.combine(day, time()), request.zone)
