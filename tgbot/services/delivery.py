"""Owes the reminders that are due: once for each nominal date, late ones only while they help."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.reminding import (
    LATE,
    NUDGE_AFTER,
    Fate,
    Kind,
    Moment,
    due_on,
    expiry,
    fate,
    may_ring,
    spread,
)
from tgbot.services.knowledge import Knowledge
from tgbot.services.reminder_words import Composer, Wording
from tgbot.services.schedules import plan_of
from tgbot.services.withholding import find_withheld
from tgbot.storage import occurrences, outbox
from tgbot.storage.occurrences import (
    FIRST_ROUND,
    NUDGE,
    Due,
    NewOccurrence,
    Occurrence,
    Plan,
    key_of,
)
from tgbot.storage.outbox import Owed
from tgbot.storage.reminders import Reminder

BATCH: Final = 500
"""Reminders claimed in one transaction; more would hold the database, and its loop, too long."""

AGAIN_LIVES: Final = 60
"""Minutes that a snoozed reminder or a nudge may be late."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much waits to be sent: ``backlog`` messages, at ``per_second``."""

    backlog: int
    per_second: float


AT_ONCE: Final = Pace(0, 1.0)


@dataclass(frozen=True, slots=True)
class _Judged:
    due: Due
    reminder: Reminder
    moment: Moment
    fate: Fate


async def deliver_due(
    connection: AsyncConnection, knowledge: Knowledge, now: datetime, pace: Pace = AT_ONCE
) -> int:
    """Claims a batch of due reminders, notes them for their date, owes their messages, plans anew.

    Returns how many were claimed; fewer than ``BATCH`` means that no more are due.
    """
    found = await occurrences.claim(connection, now, now - LATE, BATCH)
    silent = await find_withheld(connection, found, knowledge.catalogue.hydration, now)
    judged = [_judge(one, now, withheld=one.reminder.id in silent) for one in found]
    ripe = [one for one in judged if one.fate is not Fate.EARLY]
    added = await occurrences.add_all(connection, [_noted(one, now, pace) for one in ripe])
    composer = Composer(knowledge)
    owed = [
        _owed(composer, one, added[one.reminder.id], now, pace)
        for one in ripe
        if one.fate is Fate.SEND and one.reminder.id in added
    ]
    await outbox.owe(connection, owed, now)
    plans = [_plan(one, now) for one in judged]
    await occurrences.advance(connection, plans)
    if any(plan.next_due <= now for plan in plans):
        return len(found) + await deliver_due(connection, knowledge, now, pace)
    return len(found)


async def deliver_again(
    connection: AsyncConnection, knowledge: Knowledge, now: datetime, _pace: Pace = AT_ONCE
) -> int:
    """Owes what was put off until now, and the one nudge after a reminder that nobody answered.

    Returns how many were claimed, as ``deliver_due`` does; the series itself is not moved.
    """
    found = await occurrences.claim_again(connection, now, BATCH)
    nudges = [one.id for one, _ in found if one.again_for == NUDGE]
    sent = await occurrences.sent_of(connection, nudges) if nudges else set()
    composer = Composer(knowledge)
    owed = [
        _owed_again(composer, one, due, now)
        for one, due in found
        if _asks_again(one, due, now) and (one.again_for != NUDGE or one.id in sent)
    ]
    await outbox.owe(connection, owed, now)
    await occurrences.settle_again(connection, [one.id for one, _ in found])
    return len(found)


def _judge(due: Due, now: datetime, *, withheld: bool) -> _Judged:
    reminder = due.reminder
    if reminder.next_due is None or reminder.next_date is None:
        raise ValueError("the reminder is not due")
    moment = Moment(
        reminder.next_due,
        reminder.next_date,
        reminder.at,
        due.zone,
        reminder.lives,
        due.quiet,
        reminder.despite_quiet,
    )
    judged = _fate(due, moment, now)
    withhold = withheld and judged is Fate.SEND
    return _Judged(due, reminder, moment, Fate.WITHHELD if withhold else judged)


def _fate(due: Due, moment: Moment, now: datetime) -> Fate:
    if due_on(moment.local_date, moment.at, moment.zone) > now:
        return Fate.EARLY
    return Fate.SILENT if due.silent else fate(moment, now, passed=due.passed)


def _noted(one: _Judged, now: datetime, pace: Pace) -> NewOccurrence:
    sent = one.fate is Fate.SEND
    return NewOccurrence(
        one.reminder.id,
        one.moment.local_date,
        one.moment.due,
        None if sent else one.fate.value,
        _nudge_at(one.due, now + _wait(one.reminder, pace)) if sent else None,
    )


def _nudge_at(one: Due, sent_at: datetime) -> datetime | None:
    if one.reminder.kind != Kind.EXERCISE or one.on_hold:
        return None
    at = sent_at + NUDGE_AFTER
    allowed = one.reminder.despite_quiet or may_ring(at, one.zone, one.quiet)
    return at if allowed else None


def _wait(reminder: Reminder, pace: Pace) -> timedelta:
    return spread(reminder.person_id, pace.backlog, pace.per_second)


def _owed(composer: Composer, one: _Judged, occurrence_id: int, now: datetime, pace: Pace) -> Owed:
    reminder = one.reminder
    if one.due.on_hold and reminder.kind == Kind.EXERCISE:
        wording = Wording.ON_HOLD
    elif reminder.paused_until is not None:
        wording = Wording.BACK
    else:
        wording = Wording.LATE if now - one.moment.due > LATE else Wording.DUE
    params = composer.params(
        reminder.kind, wording, reminder.at, occurrence_id, open_text=one.due.open_text
    )
    key = key_of(occurrence_id, FIRST_ROUND)
    at = now + _wait(reminder, pace)
    return Owed(key, reminder.person_id, params, at, expiry(one.moment))


def _asks_again(one: Occurrence, due: Due, now: datetime) -> bool:
    """Whether it still makes sense to ask: unanswered, not too late, and nothing newer came."""
    if one.again_at is None or one.answer is not None or due.silent or due.passed:
        return False
    if due.reminder.kind == Kind.DRINK or (one.again_for == NUDGE and due.on_hold):
        return False  # a drink that was missed is never asked for again
    loud = due.reminder.despite_quiet or may_ring(now, due.zone, due.quiet)
    pause = due.reminder.paused_until
    awake = pause is None or pause <= now
    return loud and awake and now < one.again_at + timedelta(minutes=AGAIN_LIVES)


def _owed_again(composer: Composer, one: Occurrence, due: Due, now: datetime) -> Owed:
    nudge = one.again_for == NUDGE
    wording = Wording.NUDGE if nudge else Wording.AGAIN
    if due.on_hold:
        wording = Wording.ON_HOLD
    reminder = due.reminder
    params = composer.params(reminder.kind, wording, reminder.at, one.id, open_text=due.open_text)
    key = key_of(one.id, NUDGE if nudge else str(one.snoozes))
    local = now.astimezone(ZoneInfo(due.zone))
    moment = Moment(
        now, local.date(), local.time(), due.zone, AGAIN_LIVES, due.quiet, reminder.despite_quiet
    )
    return Owed(key, reminder.person_id, params, now, expiry(moment))


def _plan(one: _Judged, now: datetime) -> Plan:
    """When it is due next: after now, which is what makes one of several that were missed.

    One that is too late may be days old: then the next is one that can still be sent, if only late.
    """
    done = one.reminder.last_date if one.fate is Fate.EARLY else one.moment.local_date
    alive = timedelta(minutes=one.reminder.lives) if one.fate is Fate.MISSED else timedelta()
    return plan_of(one.reminder, one.due.zone, now - alive, done)
