"""The cards of the reminders: what they say and which buttons they carry."""

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
    clocks_words,
    days_words,
    from_mask,
    moment_words,
    to_digits,
    to_part,
)
from tgbot.storage.reminders import Reminder

SUGGESTED: Final = (time(8), time(10), time(17), time(19))
EVERY_DAY: Final = 0b1111111
DAY_CHOICES: Final = (("every_day", EVERY_DAY), ("weekdays", 0b0011111), ("mon_wed_fri", 0b0010101))


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
    zone = ZoneInfo(request.person.zone or "UTC")
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
