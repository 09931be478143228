"""The cards that show reminders: all of them, one with what can be done about it, new ones."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.domain.reminding import Kind
from tgbot.domain.replies import Button, Keyboard, Show, column
from tgbot.domain.schedule import is_quiet
from tgbot.services.request import Request
from tgbot.services.times_in_words import (
    city_of,
    clock_words,
    days_words,
    from_mask,
    moment_words,
)
from tgbot.storage.reminders import Reminder

EVERY_DAY: Final = 0b1111111


def overview(request: Request, found: Sequence[Reminder], lead: str = "") -> Show:
    """All reminders on one card, each with a button that opens it."""
    add = Button(request.say("reminders.add_button"), ("rem", "add"))
    if not found:
        return Show(_joined(lead, request.say("reminders.none")), column(add))
    lines = "\n".join(f"• {line(request, one)}" for one in found)
    zone = city_of(request.person.zone or "UTC")
    head = "reminders.list_stopped" if request.person.stopped_at else "reminders.list"
    buttons = [Button(line(request, one), ("rem", "open", str(one.id))) for one in found]
    return Show(
        _joined(lead, request.say(head, zone=zone), lines),
        column(*buttons, *_for_all(request, found), add),
    )


def _for_all(request: Request, found: Sequence[Reminder]) -> Sequence[Button]:
    if request.person.stopped_at or all(is_paused(request, one) for one in found):
        return [Button(request.say("reminders.resume_button"), ("rem", "resume"))]
    pause = Button(request.say("reminders.pause_all_button"), ("rem", "all"))
    return [pause] if len(found) > 1 else []


def line(request: Request, reminder: Reminder) -> str:
    """One reminder in a line: time, days, and whether it is paused or keeps silent."""
    words = request.say(
        f"reminders.line_{reminder.kind}",
        time=clock_words(request, reminder.at),
        days=days_words(request, from_mask(reminder.days)),
    )
    if is_paused(request, reminder):
        return request.say("reminders.line_paused", line=words)
    return request.say("reminders.line_silent", line=words) if silent(request, reminder) else words


def added(request: Request, new: Sequence[Reminder]) -> Show:
    """What was just set, several at once, with the next time of each."""
    zone = request.person.zone or "UTC"
    lines = "\n".join(
        request.say("reminders.line_next", line=line(request, one), when=coming(request, one))
        for one in new
    )
    text = request.say("reminders.set_many", count=len(new), zone=city_of(zone))
    buttons = column(*(Button(line(request, one), ("rem", "open", str(one.id))) for one in new))
    return Show(_joined(text, lines, stopped(request)), buttons + back(request))


def one(request: Request, reminder: Reminder, lead: str = "") -> Show:
    """One reminder with everything that can be done about it."""
    text = "\n".join((line(request, reminder), *_about(request, reminder)))
    return Show(_joined(lead, text, stopped(request)), _acts(request, reminder) + back(request))


def _about(request: Request, reminder: Reminder) -> Sequence[str]:
    """When it comes next, and why not sooner."""
    if silent(request, reminder):
        return [request.say("reminders.silent", **quiet_ends(request))]
    if reminder.next_due is None or request.person.stopped_at:
        return []
    zone = request.person.zone or "UTC"
    local = reminder.next_due.astimezone(ZoneInfo(zone))
    key = "reminders.back" if is_paused(request, reminder) else "reminders.next"
    said = [request.say(key, when=coming(request, reminder), zone=city_of(zone))]
    if local.time() != reminder.at:
        said.append(request.say("reminders.clock_change", time=clock_words(request, reminder.at)))
    if _had_already(reminder, request.now.astimezone(ZoneInfo(zone))):
        said.append(request.say("reminders.had_already"))
    return said


def _had_already(reminder: Reminder, here: datetime) -> bool:
    """Whether it would come sooner, had it not been sent for that day: before a change, or a journey."""
    if reminder.last_date is None:
        return False
    return reminder.last_date > here.date() or (
        reminder.last_date == here.date() and reminder.at > here.time()
    )


def _acts(request: Request, reminder: Reminder) -> Keyboard:
    number = str(reminder.id)

    def button(key: str, *action: str) -> Button:
        return Button(
            request.say(f"reminders.{key}_button"), ("rem", action[0], number, *action[1:])
        )

    ring = [button("ring", "ring")] if silent(request, reminder) else []
    # The times of drinks belong to the drink questions, which keep them apart and off the night.
    edits = [] if reminder.kind == Kind.DRINK else [button("time", "time"), button("days", "days")]
    pause = [
        button("pause_day", "pause", "1"),
        button("pause_week", "pause", "7"),
        button("pause_until", "until"),
    ]
    if is_paused(request, reminder):
        pause = [button("wake", "wake")]
    return column(*ring, *edits, *pause, button("delete", "drop"))


def back(request: Request) -> Keyboard:
    """The way back to the list."""
    return column(Button(request.say("reminders.back_button"), ("rem", "list")))


def share_place(request: Request) -> Keyboard:
    """Under a question about the time zone: the way to answer it without typing."""
    return column(Button(request.say("settings.place_button"), ("zone", "share")))


def stopped(request: Request) -> str:
    """That nothing comes at all, when the person stopped all reminders."""
    return request.say("reminders.all_stopped") if request.person.stopped_at else ""


def coming(request: Request, reminder: Reminder) -> str:
    """When it comes next, on the person's own clock."""
    zone = request.zone
    return moment_words(request, reminder.next_due or request.now, zone)


def is_paused(request: Request, reminder: Reminder) -> bool:
    """Whether it keeps silent until a date."""
    return reminder.paused_until is not None and reminder.paused_until > request.now


def in_quiet(request: Request, at: time) -> bool:
    """Whether that time lies in the person's quiet hours."""
    return is_quiet(at, request.person.quiet_from, request.person.quiet_to)


def silent(request: Request, reminder: Reminder) -> bool:
    """Whether it never rings, because it lies in the quiet hours and nobody insisted."""
    return in_quiet(request, reminder.at) and not reminder.despite_quiet


def quiet_ends(request: Request) -> dict[str, str]:
    """Both ends of the quiet hours, in words."""
    person = request.person
    return {
        "start": clock_words(request, person.quiet_from),
        "end": clock_words(request, person.quiet_to),
    }


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
