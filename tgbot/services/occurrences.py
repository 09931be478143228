"""A reminder that came: begin, done, later, not today, feeling ill."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.domain.reminding import Kind, may_ring
from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Show, column
from tgbot.services import drinks, occurrence_notes, progress, sessions
from tgbot.services.reminder_words import VERBS
from tgbot.services.request import Request
from tgbot.services.times_in_words import clock_words
from tgbot.storage import occurrences, people
from tgbot.storage.occurrences import SNOOZE, Occurrence

LATER: Final = timedelta(minutes=30)
EVENING: Final = time(18)
MOST_SNOOZES: Final = 3
"""After so many times "later" the bot stops asking and says so kindly."""


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap under a reminder, also when it comes late."""
    match action:
        case (verb, number, *_) if number.isdecimal():
            found = await occurrences.find(request.connection, int(number), request.person.id)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]
    if found is None:
        return [Notice(request.say("reminders.gone"), alert=True)]
    match verb:
        case "start" | "move":  # "move" stands on cards of the time before there was a programme
            await occurrences.settle_again(request.connection, [found.id])
            return await sessions.begin(request, found.id)
        case "hurts":
            await occurrence_notes.note(request, found.id, verb)
            return [sessions.stop_rules(request)]
        case "seen":
            await people.change(request.connection, request.person.id, warned_at=None)
            return [Show(request.say("occurrences.seen"), buttons(request, found.id))]
        case "done" | "skip" | "ill" | "drank":
            return await _close(request, found, verb)
        case "week":
            return await progress.show(request)
        case "later" | "evening":
            until = request.now + LATER if verb == "later" else _evening(request)
            return await _snooze(request, found, until)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _close(request: Request, found: Occurrence, verb: str) -> Sequence[Reply]:
    if verb == "drank":
        return await drinks.drank(request, found)
    if not await occurrence_notes.note(request, found.id, verb):
        return [Notice(request.say("occurrences.noted_already"))]
    return [Show(request.say(f"occurrences.{verb}"))]


async def _snooze(request: Request, found: Occurrence, until: datetime) -> Sequence[Reply]:
    """Asks again at ``until``; the series itself does not move."""
    waits = (
        found.again_for == SNOOZE and found.again_at is not None and found.again_at > request.now
    )
    if found.answer is not None or waits:
        return [Notice(request.say("occurrences.noted_already"))]
    if found.snoozes >= MOST_SNOOZES:
        return [Show(request.say("occurrences.no_more_snooze"), buttons(request, found.id))]
    zone = request.person.zone or "UTC"
    local = until.astimezone(ZoneInfo(zone))
    today = request.now.astimezone(ZoneInfo(zone)).date()
    if local.date() != today or not may_ring(until, zone, request.person.quiet):
        return [Show(request.say("occurrences.too_late_to_snooze"), buttons(request, found.id))]
    await occurrences.change(
        request.connection, found.id, again_at=until, again_for=SNOOZE, snoozes=found.snoozes + 1
    )
    clock = clock_words(request, local.time())
    return [Show(request.say("occurrences.snoozed", time=clock))]


def _evening(request: Request) -> datetime:
    """This evening on the person's own clock, or in a while when it is evening already."""
    local = request.local
    evening = local.replace(hour=EVENING.hour, minute=EVENING.minute, second=0, microsecond=0)
    return max(evening, local + LATER).astimezone(UTC)


def buttons(request: Request, occurrence_id: int) -> Keyboard:
    """What can be answered to a reminder."""
    return column(
        *(
            Button(request.say(f"occurrences.{verb}_button"), ("occ", verb, str(occurrence_id)))
            for verb in VERBS[Kind.EXERCISE]
        )
    )
