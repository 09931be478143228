"""Reminders as people handle them: list them, set one or several, and what a tap on a card does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from tgbot.domain.reminding import Kind
from tgbot.domain.replies import Action, Notice, Reply, Show
from tgbot.services import pauses, reminder_edits
from tgbot.services import reminder_cards as cards
from tgbot.services import reminder_questions as questions
from tgbot.services.request import Request
from tgbot.services.schedules import planned
from tgbot.services.times_in_words import from_part, to_part
from tgbot.storage import notes, reminders
from tgbot.storage.notes import NoteKind
from tgbot.storage.reminders import Reminder

MOST: Final = 12
"""Exercise reminders one person may have; more would be noise, not help."""

PATIENCE: Final = timedelta(minutes=30)
EVERY_DAY: Final = cards.EVERY_DAY


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
        case ("at", part, *_) if times := from_part(part):
            return await _ask_days(request, times)
        case ("tick" | "new" | "sure" as verb, part, mask) if mask.isdecimal() and (
            times := from_part(part)
        ):
            return await _take_days(request, verb, times, int(mask) & EVERY_DAY)
        case ("resume",):
            return await pauses.resume_all(request)
        case ("all", *rest):
            return await pauses.answer_all(request, rest)
        case (verb, number, *rest) if number.isdecimal():
            return await _answer_one(request, verb, int(number), rest)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _take_days(
    request: Request, verb: str, times: Sequence[time], days: int
) -> Sequence[Reply]:
    if verb == "tick" or not days:
        return [questions.tick_days(request, times, days)]
    await _stop_waiting(request)
    return await add(request, times, days, sure=verb == "sure")


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
            return await pauses.pause_days(request, reminder, int(days))
        case ("until",):
            return await pauses.ask_until(request, reminder)
        case ("wake",):
            return await pauses.wake(request, reminder)
        case ("time",):
            return await ask_time(request, reminder)
        case ("days",):
            await _wait_for(request, {"what": "days", "reminder": reminder.id})
            return [questions.change_days(request, reminder, reminder.days)]
        case ("drop",):
            return [questions.confirm_delete(request, reminder)]
        case ("gone",):
            await reminders.end(request.connection, [reminder.id], request.now)
            return [Notice(request.say("reminders.deleted")), *await show_all(request)]
        case _:
            return await reminder_edits.answer(request, reminder, (verb, *rest))


async def ask_time(request: Request, reminder: Reminder | None = None) -> Sequence[Reply]:
    """Asks when; a typed answer is understood for half an hour."""
    if reminder is None and len(await _exercises(request)) >= MOST:
        return [_too_many(request, MOST + 1)]
    await _wait_for(request, {"what": "time", "reminder": reminder.id if reminder else None})
    return [questions.ask_time(request, reminder)]


async def take_times(
    request: Request, times: Sequence[time], days: int | None, reminder_id: int | None
) -> Sequence[Reply]:
    """Typed times: they move the reminder in question, or set new ones once the days are known."""
    await _stop_waiting(request)
    if reminder_id is not None:
        moved = await reminders.find(request.connection, reminder_id, request.person.id)
        if moved is not None:
            if len(times) > 1:
                return [*await ask_time(request, moved)]
            return await reminder_edits.move(request, moved, times[0], days or moved.days)
    if len(times) > MOST:
        return [_too_many(request, len(times))]
    if days is None:
        return await _ask_days(request, times)
    return await add(request, times, days)


async def _ask_days(request: Request, times: Sequence[time]) -> Sequence[Reply]:
    await _wait_for(request, {"what": "days", "times": to_part(times)})
    return [questions.ask_days(request, times)]


async def take_days(request: Request, days: int, waited: dict[str, object]) -> Sequence[Reply]:
    """Typed days, for the new times or for the reminder that they were asked for."""
    await _stop_waiting(request)
    if times := from_part(str(waited.get("times", ""))):
        return await add(request, times, days)
    number = waited.get("reminder")
    found = isinstance(number, int) and await reminders.find(
        request.connection, number, request.person.id
    )
    return (
        await reminder_edits.keep_days(request, found, days) if found else await show_all(request)
    )


async def add(
    request: Request, times: Sequence[time], days: int, *, sure: bool = False
) -> Sequence[Reply]:
    """Sets all of these, or none and says why; ``sure``: also those in the quiet hours.

    Asks for the time zone first where it is not known.
    """
    found = await _exercises(request)
    twins = {one.at: one for one in found if one.days == days}
    fresh = [at for at in times if at not in twins]
    if not fresh:
        lead = request.say("reminders.already")
        known = [twins[at] for at in times]
        return [
            cards.one(request, known[0], lead)
            if len(known) == 1
            else cards.overview(request, known, lead)
        ]
    if len(found) + len(fresh) > MOST:
        return [_too_many(request, len(found) + len(fresh))]
    if not sure and any(cards.in_quiet(request, at) for at in fresh):
        return [questions.confirm_night(request, fresh, days)]
    if request.person.zone is None:
        await _wait_for(request, {"what": "zone", "times": to_part(fresh), "days": days})
        return [Show(request.say("reminders.ask_zone"), cards.share_place(request))]
    new = [await _add_one(request, request.person.zone, at, days) for at in fresh]
    if len(new) == 1:
        return [cards.one(request, new[0], request.say("reminders.set"))]
    return [cards.added(request, new)]


async def go_on(request: Request, waited: dict[str, object]) -> Sequence[Reply]:
    """Sets what waited for the time zone; nothing when nothing did.

    The night was asked about before the zone was.
    """
    times = from_part(str(waited.get("times", "")))
    days = waited.get("days")
    if not times or not isinstance(days, int):
        return ()
    return await add(request, times, days, sure=True)


async def _add_one(request: Request, zone: str, at: time, days: int) -> Reminder:
    quiet = cards.in_quiet(request, at)
    draft = Reminder(
        0, request.person.id, Kind.EXERCISE, at, days, None, None, None, despite_quiet=quiet
    )
    plan = planned(draft, zone, request.now)
    return replace(plan, id=await reminders.add(request.connection, plan, request.now))


async def _exercises(request: Request) -> list[Reminder]:
    return await reminders.of_person(request.connection, request.person.id, Kind.EXERCISE)


def _too_many(request: Request, count: int) -> Show:
    text = request.say("reminders.too_many", most=MOST, count=count)
    return Show(text, cards.back(request))


async def _wait_for(request: Request, what: dict[str, object]) -> None:
    until = request.now + PATIENCE
    await notes.write(request.connection, request.person.id, NoteKind.EXPECTING, what, until)


async def _stop_waiting(request: Request) -> None:
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
