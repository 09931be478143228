"""Changing a reminder there is: its time, its days, and whether it may ring at night."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from tgbot.domain.replies import Notice, Reply, Show
from tgbot.services import reminder_cards as cards
from tgbot.services import reminder_questions as questions
from tgbot.services.request import Request
from tgbot.services.schedules import planned
from tgbot.services.times_in_words import from_digits
from tgbot.storage import notes, reminders
from tgbot.storage.notes import NoteKind
from tgbot.storage.reminders import Reminder


async def answer(request: Request, reminder: Reminder, action: Sequence[str]) -> Sequence[Reply]:
    """A tap that changes it."""
    match tuple(action):
        case ("move", digits) if at := from_digits(digits):
            return await move(request, reminder, at, reminder.days)
        case ("move", digits, "ok", mask) if (at := from_digits(digits)) and (days := _days(mask)):
            return await move(request, reminder, at, days, sure=True)
        case ("days", mask) if mask.isdecimal():
            return [questions.change_days(request, reminder, _days(mask))]
        case ("keep", mask) if days := _days(mask):
            await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
            return await keep_days(request, reminder, days)
        case ("ring",):
            return await store(request, replace(reminder, despite_quiet=True), "reminders.rings")
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def keep_days(request: Request, reminder: Reminder, days: int) -> Sequence[Reply]:
    """Other days, at the same time."""
    return await store(request, replace(reminder, days=days), "reminders.moved")


async def move(
    request: Request, reminder: Reminder, at: time, days: int, *, sure: bool = False
) -> Sequence[Reply]:
    """Another time; one in the quiet hours is asked about first, and then rings there."""
    quiet = cards.in_quiet(request, at)
    if quiet and not sure:
        return [questions.confirm_move(request, reminder, at, days)]
    changed = replace(reminder, at=at, days=days, despite_quiet=quiet)
    return await store(request, changed, "reminders.moved")


async def store(request: Request, reminder: Reminder, words: str) -> Sequence[Reply]:
    """Plans the changed reminder anew and shows it."""
    plan = planned(reminder, request.person.zone or "UTC", request.now)
    await reminders.change(
        request.connection,
        plan.id,
        at=plan.at,
        days=plan.days,
        paused_until=plan.paused_until,
        next_due=plan.next_due,
        next_date=plan.next_date,
        despite_quiet=plan.despite_quiet,
    )
    return [shown(request, plan, words)]


def shown(request: Request, reminder: Reminder, words: str) -> Show:
    """The reminder's card under a word on what was done."""
    return cards.one(request, reminder, request.say(words))


def _days(mask: str) -> int:
    return int(mask) & cards.EVERY_DAY if mask.isdecimal() else 0
