"""The person's week as a picture and in words, when asked for or once a week."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Final

from tgbot.domain.charts import Column, WeekChart
from tgbot.domain.hydration import Mode
from tgbot.domain.reminding import LIVES, Kind
from tgbot.domain.replies import Action, Button, Keyboard, Notice, Picture, Reply, Say, Show, column
from tgbot.domain.weeks import DAYS, Day, Mark, Week, week_of
from tgbot.services.request import Request
from tgbot.services.schedules import planned
from tgbot.services.times_in_words import clock_words, days_words, from_digits, from_mask, to_digits
from tgbot.storage import hydration, reminders, weeks
from tgbot.storage.reminders import Reminder

OLDEST: Final = 12
"""Weeks that can be looked back on; older ones are forgotten with their reminders."""
CHOICES: Final = ((6, time(10)), (6, time(18)), (0, time(9)), (5, time(10)))
"""Weekday (0=Monday) and time at which the week may come."""


async def show(request: Request) -> Sequence[Reply]:
    """The last seven days."""
    return await _show(request, 0)


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap under the picture of a week, or on one of the times for it."""
    match action:
        case ("back", number) if number.isdecimal() and int(number) <= OLDEST:
            return await _show(request, int(number))
        case ("weekly",):
            return [_ask_weekly(request)]
        case ("weekly", weekday, digits) if weekday in set("0123456") and (
            at := from_digits(digits)
        ):
            return await _set_weekly(request, int(weekday), at)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _show(request: Request, back: int) -> Sequence[Reply]:
    today = request.today
    last = today - timedelta(days=DAYS * back)
    week = await _read(request, last, today)
    buttons = await _buttons(request, back)
    if not back and all(day.mark is Mark.FREE and not day.cups for day in week.days):
        return [Say(request.say("progress.empty"), buttons)]
    chart = _chart(request, week)
    return [Picture(chart, _words(request, week, chart), buttons)]


async def _read(request: Request, last: date, today: date) -> Week:
    connection, person_id = request.connection, request.person.id
    first = last - timedelta(days=DAYS - 1)
    done = await weeks.exercised(connection, person_id, first, last)
    cup = request.knowledge.catalogue.hydration.amounts.cup_ml
    drunk = await weeks.drunk(connection, person_id, first, last)
    cups = {day: int(ml) // cup for day, ml in drunk.items()}
    drinking = await hydration.read(connection, person_id)
    reminded = drinking is not None and drinking.mode is Mode.OPEN
    return week_of(last, today, done, cups, drinking.target_cups if reminded and drinking else None)


def _chart(request: Request, week: Week) -> WeekChart:
    say = request.say
    first, last = (_date_words(request, week.days[place].date) for place in (0, -1))
    exercises = say("progress.exercises", done=week.done, counted=week.counted)
    drinks = ""
    if week.cups is not None:
        key = "progress.drinks_target" if week.target else "progress.drinks"
        drinks = say(key, target=week.target or 0)
    return WeekChart(
        title=say("progress.title", first=first, last=last),
        exercises=exercises if week.counted else say("progress.exercises_none"),
        drinks=drinks,
        rest=say("progress.rest"),
        target=week.target or 0,
        columns=tuple(_column(request, day) for day in week.days),
    )


def _column(request: Request, day: Day) -> Column:
    name = request.say(f"times.day_{day.date.weekday()}")
    return Column(name, str(day.date.day), day.mark, -1 if day.cups is None else day.cups)


def _date_words(request: Request, day: date) -> str:
    return request.say("progress.span", day=day.day, month=request.say(f"times.month_{day.month}"))


def _words(request: Request, week: Week, chart: WeekChart) -> str:
    """The picture in words, for those who cannot see it."""
    lines = [request.say("progress.words_head", title=chart.title), chart.exercises]
    lines += [_day_words(request, day) for day in week.days]
    lines.append(request.say("progress.kind"))
    return "\n".join(lines)


def _day_words(request: Request, day: Day) -> str:
    words = request.say(
        "progress.words_day",
        day=request.say(f"times.day_{day.date.weekday()}"),
        number=day.date.day,
        exercises=request.say(f"progress.mark_{day.mark}"),
    )
    if day.cups is None:
        return words
    key = "progress.words_cup" if day.cups == 1 else "progress.words_cups"
    return request.say(key, words=words, cups=day.cups)


async def _buttons(request: Request, back: int) -> Keyboard:
    say = request.say
    buttons = []
    if back < OLDEST:
        buttons.append(Button(say("progress.before_button"), ("week", "back", str(back + 1))))
    if back:
        buttons.append(Button(say("progress.after_button"), ("week", "back", str(back - 1))))
    elif not await _weekly(request):
        buttons.append(Button(say("progress.weekly_button"), ("week", "weekly")))
    buttons.append(Button(say("progress.reminders_button"), ("rem", "list")))
    return column(*buttons)


async def _weekly(request: Request) -> list[Reminder]:
    return await reminders.of_person(request.connection, request.person.id, Kind.WEEK)


def _ask_weekly(request: Request) -> Say:
    buttons = [
        Button(_when(request, weekday, at), ("week", "weekly", str(weekday), to_digits(at)))
        for weekday, at in CHOICES
    ]
    return Say(request.say("progress.ask_weekly"), column(*buttons))


def _when(request: Request, weekday: int, at: time) -> str:
    day = request.say(f"progress.weekday_{weekday}")
    return request.say("progress.weekly_choice", day=day, time=clock_words(request, at))


async def _set_weekly(request: Request, weekday: int, at: time) -> Sequence[Reply]:
    """Sets it once; a second tap on the choice changes nothing."""
    for one in await _weekly(request):
        text = request.say(
            "progress.weekly_has",
            day=days_words(request, from_mask(one.days)),
            time=clock_words(request, one.at),
        )
        return [Show(text)]
    draft = Reminder(
        0, request.person.id, Kind.WEEK, at, 1 << weekday, None, None, None, lives=LIVES[Kind.WEEK]
    )
    plan = planned(draft, request.person.zone or "UTC", request.now)
    await reminders.add(request.connection, plan, request.now)
    day = request.say(f"progress.weekday_{weekday}")
    return [Show(request.say("progress.weekly_set", day=day, time=clock_words(request, at)))]
