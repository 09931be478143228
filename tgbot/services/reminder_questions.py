"""The cards that ask about a reminder: when, on which days, really at night, really delete it."""

from collections.abc import Sequence
from datetime import time
from typing import Final

from tgbot.domain.replies import Button, Keyboard, Show, column
from tgbot.services.reminder_cards import EVERY_DAY, back, in_quiet, line, quiet_ends
from tgbot.services.request import Request
from tgbot.services.times_in_words import clock_words, clocks_words, to_digits, to_part
from tgbot.storage.reminders import Reminder

SUGGESTED: Final = (time(8), time(10), time(17), time(19))
DAY_CHOICES: Final = (("every_day", EVERY_DAY), ("weekdays", 0b0011111), ("mon_wed_fri", 0b0010101))


def ask_time(request: Request, reminder: Reminder | None) -> Show:
    """Asks when: some usual times, or typed."""
    buttons = []
    for at in SUGGESTED:
        digits = to_digits(at)
        action = ("rem", "move", str(reminder.id), digits) if reminder else ("rem", "at", digits)
        buttons.append(Button(clock_words(request, at), action))
    key = "reminders.ask_new_time" if reminder else "reminders.ask_time"
    return Show(request.say(key), column(*buttons) + back(request))


def ask_days(request: Request, times: Sequence[time]) -> Show:
    """Asks on which days: the usual choices, or one's own."""
    part = to_part(times)
    buttons = [
        Button(request.say(f"reminders.days_{name}"), ("rem", "new", part, str(mask)))
        for name, mask in DAY_CHOICES
    ]
    own = Button(request.say("reminders.days_own"), ("rem", "tick", part, "0"))
    text = request.say("reminders.ask_days", time=clocks_words(request, times))
    return Show(text, column(*buttons, own) + back(request))


def tick_days(request: Request, times: Sequence[time], mask: int) -> Show:
    """The seven days, to be ticked one by one, for new reminders."""
    part = to_part(times)
    toggles = _toggles(request, ("rem", "tick", part), mask)
    text = request.say("reminders.tick_days", time=clocks_words(request, times))
    return Show(text, toggles + _when_ticked(request, ("rem", "new", part), mask) + back(request))


def change_days(request: Request, reminder: Reminder, mask: int) -> Show:
    """The days of a reminder there is: the usual choices, and the seven days to be ticked."""
    number = str(reminder.id)
    usual = [
        Button(request.say(f"reminders.days_{name}"), ("rem", "keep", number, str(choice)))
        for name, choice in DAY_CHOICES
    ]
    toggles = _toggles(request, ("rem", "days", number), mask)
    keep = _when_ticked(request, ("rem", "keep", number), mask)
    leave = Button(request.say("reminders.leave_button"), ("rem", "open", number))
    text = request.say("reminders.tick_days", time=clock_words(request, reminder.at))
    return Show(text, column(*usual) + toggles + keep + column(leave))


def _toggles(request: Request, route: tuple[str, ...], mask: int) -> Keyboard:
    buttons = []
    for day in range(7):
        key = "reminders.day_on" if mask & 1 << day else "reminders.day_off"
        text = request.say(key, day=request.say(f"times.weekday_{day}"))
        buttons.append(Button(text, (*route, str(mask ^ 1 << day))))
    return column(*buttons)


def _when_ticked(request: Request, route: tuple[str, ...], mask: int) -> Keyboard:
    save = Button(request.say("reminders.days_save"), (*route, str(mask)))
    return column(save) if mask else ()


def confirm_night(request: Request, times: Sequence[time], mask: int) -> Show:
    """Asks whether times in the quiet hours are really meant; the others can be kept alone."""
    night = [at for at in times if in_quiet(request, at)]
    rest = [at for at in times if at not in night]
    sure = request.say("reminders.night_yes_all")
    if len(night) == 1:
        sure = request.say("reminders.night_yes", time=clock_words(request, night[0]))
    yes = Button(sure, ("rem", "sure", to_part(times), str(mask)))
    no = Button(request.say("reminders.night_no"), ("rem", "add"))
    if rest:
        action = ("rem", "new", to_part(rest), str(mask))
        no = Button(request.say("reminders.night_rest"), action)
    return Show(_night(request, night), column(yes, no))


def confirm_move(request: Request, reminder: Reminder, at: time, mask: int) -> Show:
    """Asks whether a reminder shall really move into the quiet hours."""
    number, digits = str(reminder.id), to_digits(at)
    yes = request.say("reminders.night_yes", time=clock_words(request, at))
    buttons = column(
        Button(yes, ("rem", "move", number, digits, "ok", str(mask))),
        Button(request.say("reminders.night_no"), ("rem", "time", number)),
    )
    return Show(_night(request, [at]), buttons)


def _night(request: Request, night: Sequence[time]) -> str:
    times = clocks_words(request, night)
    return request.say("reminders.night", time=times, **quiet_ends(request))


def choose_time(
    request: Request, candidates: Sequence[time], reminder_id: int | None, days: int | None
) -> Show:
    """Morning or evening? One button for each reading of what was typed, keeping its days."""
    buttons = []
    for at in candidates:
        digits = to_digits(at)
        action: tuple[str, ...] = ("rem", "at", digits)
        if reminder_id is not None:
            action = ("rem", "move", str(reminder_id), digits)
        elif days is not None:
            action = ("rem", "new", digits, str(days))
        buttons.append(Button(clock_words(request, at), action))
    return Show(request.say("reminders.which_time"), column(*buttons))


def offer_series(request: Request, times: Sequence[time], weekday: int) -> Show:
    """One day only is not kept: every day, or every week on that day?"""
    part = to_part(times)
    weekly = request.say("reminders.once_weekly", day=request.say(f"times.weekday_{weekday}"))
    buttons = column(
        Button(request.say("reminders.days_every_day"), ("rem", "new", part, str(EVERY_DAY))),
        Button(weekly, ("rem", "new", part, str(1 << weekday))),
    )
    text = request.say("reminders.once", time=clocks_words(request, times))
    return Show(text, buttons + back(request))


def confirm_delete(request: Request, reminder: Reminder) -> Show:
    """Asks before deleting."""
    number = str(reminder.id)
    buttons = column(
        Button(request.say("reminders.delete_yes"), ("rem", "gone", number)),
        Button(request.say("reminders.delete_no"), ("rem", "open", number)),
    )
    return Show(request.say("reminders.delete_sure", line=line(request, reminder)), buttons)
