"""The cards of the reminders: what they say and which buttons they carry."""

from collections.abc import Sequence
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.domain.replies import Action, Button, Keyboard, Show, column
from tgbot.services.request import Request
from tgbot.services.times_in_words import (
    city_of,
    clock_words,
    days_words,
    from_mask,
    moment_words,
    to_digits,
)
from tgbot.storage.reminders import Reminder

SUGGESTED: Final = (time(8), time(10), time(17), time(19))
DAY_CHOICES: Final = (("every_day", 0b1111111), ("weekdays", 0b0011111), ("mon_wed_fri", 0b0010101))


def overview(request: Request, found: Sequence[Reminder]) -> Show:
    """All reminders on one card, each with a button that opens it."""
    add = Button(request.say("reminders.add_button"), ("rem", "add"))
    if not found:
        return Show(request.say("reminders.none"), column(add))
    lines = [f"• {line(request, one)}" for one in found]
    zone = city_of(request.person.zone or "UTC")
    head = "reminders.list_stopped" if request.person.stopped_at else "reminders.list"
    buttons = [Button(line(request, one), ("rem", "open", str(one.id))) for one in found]
    if request.person.stopped_at:
        buttons.append(Button(request.say("reminders.resume_button"), ("rem", "resume")))
    text = request.say(head, zone=zone) + "\n\n" + "\n".join(lines)
    return Show(text, column(*buttons, add))


def line(request: Request, reminder: Reminder) -> str:
    """One reminder in a line: time, days, and whether it is paused."""
    key = "reminders.line_paused" if _paused(request, reminder) else "reminders.line"
    return request.say(
        key,
        time=clock_words(request, reminder.at),
        days=days_words(request, from_mask(reminder.days)),
    )


def one(request: Request, reminder: Reminder, lead: str = "") -> Show:
    """One reminder with everything that can be done about it."""
    zone = request.person.zone or "UTC"
    text = line(request, reminder)
    if reminder.next_due is not None and not request.person.stopped_at:
        when = moment_words(request, reminder.next_due, ZoneInfo(zone))
        text += "\n" + request.say("reminders.next", when=when, zone=city_of(zone))
    if request.person.stopped_at:
        text += "\n" + request.say("reminders.all_stopped")
    number = str(reminder.id)
    pause = (
        [Button(request.say("reminders.wake_button"), ("rem", "wake", number))]
        if _paused(request, reminder)
        else [
            Button(request.say("reminders.pause_day_button"), ("rem", "pause", number, "1")),
            Button(request.say("reminders.pause_week_button"), ("rem", "pause", number, "7")),
        ]
    )
    buttons = column(
        Button(request.say("reminders.time_button"), ("rem", "time", number)),
        *pause,
        Button(request.say("reminders.delete_button"), ("rem", "drop", number)),
    )
    return Show("\n\n".join(filter(None, (lead, text))), buttons + back(request))


def ask_time(request: Request, reminder: Reminder | None) -> Show:
    """Asks when: some usual times, or typed."""
    buttons = []
    for at in SUGGESTED:
        digits = to_digits(at)
        action = ("rem", "move", str(reminder.id), digits) if reminder else ("rem", "at", digits)
        buttons.append(Button(clock_words(request, at), action))
    return Show(request.say("reminders.ask_time"), column(*buttons) + back(request))


def ask_days(request: Request, at: time) -> Show:
    """Asks on which days."""
    buttons = [
        Button(request.say(f"reminders.days_{name}"), ("rem", "new", to_digits(at), str(mask)))
        for name, mask in DAY_CHOICES
    ]
    text = request.say("reminders.ask_days", time=clock_words(request, at))
    return Show(text, column(*buttons) + back(request))


def confirm_night(request: Request, at: time) -> Show:
    """Asks whether a time at night is really meant."""
    clock = clock_words(request, at)
    buttons = column(
        Button(request.say("reminders.night_yes", time=clock), ("rem", "at", to_digits(at), "ok")),
        Button(request.say("reminders.night_no"), ("rem", "add")),
    )
    return Show(request.say("reminders.night", time=clock), buttons)


def choose_time(
    request: Request, candidates: Sequence[time], reminder_id: int | None, days: int | None
) -> Show:
    """Morning or evening? One button for each reading of what was typed, keeping its days."""
    buttons = []
    for at in candidates:
        digits = to_digits(at)
        action: Action = ("rem", "at", digits)
        if reminder_id is not None:
            action = ("rem", "move", str(reminder_id), digits)
        elif days is not None:
            action = ("rem", "new", digits, str(days))
        buttons.append(Button(clock_words(request, at), action))
    return Show(request.say("reminders.which_time"), column(*buttons))


def confirm_delete(request: Request, reminder: Reminder) -> Show:
    """Asks before deleting."""
    number = str(reminder.id)
    buttons = column(
        Button(request.say("reminders.delete_yes"), ("rem", "gone", number)),
        Button(request.say("reminders.delete_no"), ("rem", "open", number)),
    )
    return Show(request.say("reminders.delete_sure", line=line(request, reminder)), buttons)


def back(request: Request) -> Keyboard:
    """The way back to the list."""
    return column(Button(request.say("reminders.back_button"), ("rem", "list")))


def _paused(request: Request, reminder: Reminder) -> bool:
    return reminder.paused_until is not None and reminder.paused_until > request.now
