"""A reminder that came: begin, done, later, not today, feeling ill."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Show, column
from tgbot.services import occurrence_notes, sessions
from tgbot.services.request import Request
from tgbot.storage import people, reminders
from tgbot.storage.reminders import Occurrence

LATER: Final = timedelta(minutes=30)
MOST_SNOOZES: Final = 3
"""After so many times "later" the bot stops asking and says so kindly."""


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap under a reminder, also when it comes late."""
    match action:
        case (verb, number, *_) if number.isdecimal():
            found = await reminders.find_occurrence(
                request.connection, int(number), request.person.id
            )
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]
    if found is None:
        return [Notice(request.say("reminders.gone"), alert=True)]
    match verb:
        case "start" | "move":  # "move" stands on cards of the time before there was a programme
            return await sessions.begin(request, found.id)
        case "hurts":
            await occurrence_notes.note(request, found.id, verb)
            return [sessions.stop_rules(request)]
        case "seen":
            await people.change(request.connection, request.person.id, warned_at=None)
            return [Show(request.say("occurrences.seen"), buttons(request, found.id))]
        case "done" | "skip" | "ill":
            return await _close(request, found, verb)
        case "later":
            return await _snooze(request, found)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _close(request: Request, found: Occurrence, verb: str) -> Sequence[Reply]:
    if not await occurrence_notes.note(request, found.id, verb):
        return [Notice(request.say("occurrences.noted_already"))]
    return [Show(request.say(f"occurrences.{verb}"))]


async def _snooze(request: Request, found: Occurrence) -> Sequence[Reply]:
    waits = found.snoozed_to is not None and found.snoozed_to > request.now
    if found.answer is not None or waits:
        return [Notice(request.say("occurrences.noted_already"))]
    if found.snoozes >= MOST_SNOOZES:
        return [Show(request.say("occurrences.no_more_snooze"), buttons(request, found.id))]
    await reminders.change_occurrence(
        request.connection, found.id, snoozed_to=request.now + LATER, snoozes=found.snoozes + 1
    )
    return [Show(request.say("occurrences.snoozed", minutes=LATER.seconds // 60))]


def buttons(request: Request, occurrence_id: int) -> Keyboard:
    """What can be answered to a reminder."""
    return column(
        *(
            Button(request.say(f"occurrences.{verb}_button"), ("occ", verb, str(occurrence_id)))
            for verb in ("start", "done", "later", "skip", "ill")
        )
    )
