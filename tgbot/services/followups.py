"""The question some time after a check: better, the same, worse, or seen by a doctor."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain import followups as plans
from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Say, Show, column
from tgbot.services import checkups
from tgbot.services.delivery import AT_ONCE, Pace
from tgbot.services.knowledge import Knowledge
from tgbot.services.request import Request
from tgbot.storage import followups, outbox, people
from tgbot.storage.followups import DueFollowup, Followup

BATCH: Final = 500
"""Follow-ups claimed in one transaction; the same as for reminders."""

VERBS: Final = ("better", "same", "worse", "seen")


async def deliver_followups(
    connection: AsyncConnection, knowledge: Knowledge, now: datetime, _pace: Pace = AT_ONCE
) -> int:
    """Claims a batch of due follow-ups and owes their messages; each is asked once or dropped.

    Returns how many were claimed; fewer than ``BATCH`` means that no more are due.
    """
    due = await followups.claim(connection, now, BATCH)
    newest = {one.followup.person_id: one.followup.id for one in due}  # oldest first
    changes: list[tuple[int, datetime | None, datetime | None]] = []
    for one in due:
        only = newest[one.followup.person_id] == one.followup.id
        moment = plans.decent(now, one.zone)
        if not only or not _worth_asking(one, knowledge, now):
            changes.append((one.followup.id, None, None))
        elif moment > now:
            changes.append((one.followup.id, moment, None))
        else:
            await _owe(connection, knowledge, one, now)
            changes.append((one.followup.id, None, now))
    await followups.settle(connection, changes)
    return len(due)


def _worth_asking(one: DueFollowup, knowledge: Knowledge, now: datetime) -> bool:
    due = one.followup.next_due
    fresh = due is not None and now - due < plans.STALE
    return fresh and not one.silent and not knowledge.education


async def _owe(
    connection: AsyncConnection, knowledge: Knowledge, one: DueFollowup, now: datetime
) -> None:
    say = knowledge.catalogue.messages.text
    # The words are neutral, because they show on the lock screen.
    message = Say(
        say(f"followups.due_{one.followup.level}"), _buttons(knowledge, one.followup.id, VERBS)
    )
    lives = plans.lives(now, one.zone).total_seconds()
    calls = [
        replace(call, send_class=SendClass.BULK, lives=lives)
        for call in render([message], Place(one.followup.person_id))
    ]
    await outbox.queue(connection, calls, f"f{one.followup.id}", now)


def _buttons(knowledge: Knowledge, followup_id: int, verbs: Sequence[str]) -> Keyboard:
    say = knowledge.catalogue.messages.text
    return column(
        *(
            Button(say(f"followups.{verb}_button"), ("fol", verb, str(followup_id)))
            for verb in verbs
        )
    )


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap under a follow-up, also when it comes late."""
    match action:
        case (verb, number) if verb in VERBS and number.isdecimal():
            found = await followups.find(request.connection, int(number), request.person.id)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]
    if found is None:
        return [Notice(request.say("checks.gone"), alert=True)]
    if found.answer == verb and verb != "worse":
        return [Notice(request.say("occurrences.noted_already"))]
    await followups.note_answer(request.connection, found.id, verb, request.now)
    match verb:
        case "worse":
            return await _screen_again(request, found)
        case "seen":
            await people.change(request.connection, request.person.id, warned_at=None)
            return [_show(request, found, "seen", ("worse",))]
        case _ if request.knowledge.education:
            return [checkups.education(request)]
        case _:
            return [_show(request, found, f"{verb}_{found.level}", ("worse", "seen"))]


async def _screen_again(request: Request, found: Followup) -> Sequence[Reply]:
    if request.knowledge.education:
        return [checkups.education(request)]
    worse = Show(request.say("followups.worse", number=request.country.ambulance))
    return [worse, *await checkups.check_again(request, found.checkup_id)]


def _show(request: Request, found: Followup, key: str, verbs: Sequence[str]) -> Show:
    text = request.say(f"followups.{key}", number=request.country.ambulance)
    return Show(text, _buttons(request.knowledge, found.id, verbs))
