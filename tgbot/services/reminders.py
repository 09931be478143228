"""Reminders as people handle them: set, list, pause, change, delete, and answer them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.domain.reminding import Kind
from tgbot.domain.replies import Action, Button, Notice, Reply, Say, Show, column
from tgbot.domain.schedule import is_quiet
from tgbot.services import reminder_cards as cards
from tgbot.services.request import Request
from tgbot.services.schedules import planned, replan
from tgbot.services.times_in_words import from_digits
from tgbot.storage import notes, outbox, people, reminders
from tgbot.storage.notes import NoteKind
from tgbot.storage.reminders import Reminder

MOST: Final = 12
"""Reminders one person may have; more would be noise, not help."""

PATIENCE: Final = timedelta(minutes=30)
EVERY_DAY: Final = 0b1111111


async def show_all(request: Request) -> Sequence[Reply]:
    """One card with all reminders of the person."""
    found = await reminders.of_person(request.connection, request.person.id)
    return [cards.overview(request, found)]


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on one of the reminder cards."""
    match action:
        case ("list",):
            return await show_all(request)
        case ("add",):
            return await ask_time(request)
        case ("at", digits, *sure) if at := from_digits(digits):
            return [choose_days(request, at, sure=bool(sure))]
        case ("new", digits, mask) if (at := from_digits(digits)) and mask.isdecimal():
            return await add(request, at, int(mask) & EVERY_DAY)
        case ("resume",):
            return await resume_all(request)
        case (verb, number, *rest) if number.isdecimal():
            return await _answer_one(request, verb, int(number), rest)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _answer_one(
    request: Request, verb: str, reminder_id: int, rest: Sequence[str]
) -> Sequence[Reply]:
    reminder = await reminders.find(request.connection, reminder_id, request.person.id)
    if reminder is None:
        return [Notice(request.say("reminders.gone"), alert=True), *await show_all(request)]
    match verb, *rest:
        case ("open",):
            return [cards.one(request, reminder)]
        case ("pause", "1" | "7" as days):
            return await _pause(request, reminder, timedelta(days=int(days)))
        case ("wake",):
            return await _store(request, replace(reminder, paused_until=None), "reminders.awake")
        case ("time",):
            return await ask_time(request, reminder)
        case ("move", digits) if at := from_digits(digits):
            return await _store(request, replace(reminder, at=at), "reminders.moved")
        case ("drop",):
            return [cards.confirm_delete(request, reminder)]
        case ("gone",):
            await reminders.end(request.connection, [reminder.id], request.now)
            return [Notice(request.say("reminders.deleted")), *await show_all(request)]
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def ask_time(request: Request, reminder: Reminder | None = None) -> Sequence[Reply]:
    """Asks when; a typed answer is understood for half an hour."""
    found = await reminders.of_person(request.connection, request.person.id)
    if reminder is None and len(found) >= MOST:
        return [Show(request.say("reminders.too_many", most=MOST), cards.back(request))]
    waits_for = {"what": "time", "reminder": reminder.id if reminder else None}
    await notes.write(
        request.connection,
        request.person.id,
        NoteKind.EXPECTING,
        waits_for,
        request.now + PATIENCE,
    )
    return [cards.ask_time(request, reminder)]


async def take_time(
    request: Request, at: time, days: int | None, reminder_id: int | None
) -> Sequence[Reply]:
    """A typed time: moves the reminder in question, or goes on to the days of a new one."""
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    if reminder_id is not None:
        moved = await reminders.find(request.connection, reminder_id, request.person.id)
        if moved is not None:
            changed = replace(moved, at=at, days=days or moved.days)
            return await _store(request, changed, "reminders.moved")
    if days is not None and not at_night(request, at):
        return await add(request, at, days)
    return [choose_days(request, at, sure=False)]


def at_night(request: Request, at: time) -> bool:
    """Whether that time lies in the person's quiet hours; then it is only set when they insist."""
    return is_quiet(at, request.person.quiet_from, request.person.quiet_to)


def choose_days(request: Request, at: time, *, sure: bool) -> Show:
    """Asks for the days, or first whether a time at night is really meant."""
    if not sure and at_night(request, at):
        return cards.confirm_night(request, at)
    return cards.ask_days(request, at)


async def add(request: Request, at: time, days: int) -> Sequence[Reply]:
    """Sets a reminder; asks for the time zone first where it is not known."""
    found = await reminders.of_person(request.connection, request.person.id)
    twin = next((one for one in found if one.at == at and one.days == days), None)
    if twin is not None:
        return [cards.one(request, twin, request.say("reminders.already"))]
    if days == 0 or len(found) >= MOST:
        return [Show(request.say("reminders.too_many", most=MOST), cards.back(request))]
    if request.person.zone is None:
        waits_for = {"what": "zone", "at": at.strftime("%H%M"), "days": days}
        await notes.write(
            request.connection,
            request.person.id,
            NoteKind.EXPECTING,
            waits_for,
            request.now + PATIENCE,
        )
        return [Show(request.say("reminders.ask_zone"))]
    draft = Reminder(
        0,
        request.person.id,
        Kind.EXERCISE,
        at,
        days,
        None,
        None,
        None,
        despite_quiet=at_night(request, at),
    )
    plan = planned(draft, request.person.zone, request.now)
    reminder = replace(plan, id=await reminders.add(request.connection, plan, request.now))
    return [cards.one(request, reminder, request.say("reminders.set"))]


async def _pause(request: Request, reminder: Reminder, length: timedelta) -> Sequence[Reply]:
    zone = ZoneInfo(request.person.zone or "UTC")
    today = request.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    until = today + length
    if length == timedelta(days=1) and reminder.next_due is not None:
        # A pause of a day leaves out the next one, also when today's is over.
        until = max(until, reminder.next_due.astimezone(zone) + timedelta(minutes=1))
    return await _store(request, replace(reminder, paused_until=until), "reminders.paused")


async def _store(request: Request, reminder: Reminder, words: str) -> Sequence[Reply]:
    plan = planned(reminder, request.person.zone or "UTC", request.now)
    await reminders.change(
        request.connection,
        plan.id,
        at=plan.at,
        days=plan.days,
        paused_until=plan.paused_until,
        next_due=plan.next_due,
        next_date=plan.next_date,
    )
    return [cards.one(request, plan, request.say(words))]


async def stop_all(request: Request) -> Sequence[Reply]:
    """Pauses everything until /resume; what waits to be sent is taken back."""
    await people.change(request.connection, request.person.id, stopped_at=request.now)
    await outbox.withdraw_bulk(request.connection, request.person.id, request.now)
    again = Button(request.say("reminders.resume_button"), ("rem", "resume"))
    return [Say(request.say("reminders.stopped"), column(again))]


async def resume_all(request: Request) -> Sequence[Reply]:
    """Ends /stop: the reminders go on at their next time."""
    await people.change(request.connection, request.person.id, stopped_at=None)
    if request.person.zone:
        await replan(request.connection, request.person.id, request.person.zone, request.now)
    resumed = replace(request, person=replace(request.person, stopped_at=None))
    return [Say(request.say("reminders.resumed")), *await show_all(resumed)]
