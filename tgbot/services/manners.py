"""How reminders behave: the hours in which they keep silent, and what the lock screen shows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Say, Show, column
from tgbot.domain.times import NO_HOURS, NotATime, read_hours
from tgbot.services import drink_reminders
from tgbot.services import reminder_cards as cards
from tgbot.services.request import Request
from tgbot.services.times_in_words import clock_words, from_digits, to_digits
from tgbot.storage import notes, people, reminders
from tgbot.storage.notes import NoteKind

PATIENCE: Final = timedelta(minutes=30)
USUAL: Final = ((time(21), time(8)), (time(22), time(7)), (time(23), time(6)), NO_HOURS)


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on the cards for quiet hours and lock screen."""
    match action:
        case ("quiet",):
            return await _ask_quiet(request)
        case ("quiet", start, end) if (first := from_digits(start)) is not None and (
            last := from_digits(end)
        ) is not None:
            return [await _store_quiet(request, first, last)]
        case ("screen",):
            return [_screen(request)]
        case ("screen", "open" | "neutral" as chosen):
            return await _store_screen(request, open_text=chosen == "open")
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _ask_quiet(request: Request) -> Sequence[Reply]:
    until = request.now + PATIENCE
    data = {"what": "quiet"}
    await notes.write(request.connection, request.person.id, NoteKind.EXPECTING, data, until)
    buttons = [
        Button(_span(request, *span), ("set", "quiet", *map(to_digits, span))) for span in USUAL
    ]
    text = request.say("settings.ask_quiet", quiet=quiet_words(request))
    return [Show(text, column(*buttons) + _back(request))]


async def take_quiet(request: Request, words: str) -> Sequence[Reply]:
    """Typed quiet hours; what is none is asked again."""
    found = read_hours(words)
    if isinstance(found, NotATime):
        return [Say(request.say("settings.quiet_unclear"))]
    return [await _store_quiet(request, *found)]


async def _store_quiet(request: Request, start: time, end: time) -> Show:
    connection, person = request.connection, request.person
    await notes.drop(connection, person.id, NoteKind.EXPECTING)
    await people.change(connection, person.id, quiet_from=start, quiet_to=end)
    settled = replace(request, person=replace(person, quiet_from=start, quiet_to=end))
    await drink_reminders.refit(settled)
    found = await reminders.of_person(connection, person.id)
    silent = [cards.line(settled, one) for one in found if cards.silent(settled, one)]
    text = settled.say("settings.quiet_set", quiet=quiet_words(settled))
    if silent:
        text += "\n\n" + settled.say("settings.quiet_silences", lines="\n".join(silent))
    to_list = Button(request.say("settings.reminders_button"), ("rem", "list"))
    again = Button(request.say("settings.quiet_button"), ("set", "quiet"))
    return Show(text, column(to_list, again) + _back(request))


def quiet_words(request: Request) -> str:
    """The person's quiet hours in words."""
    return _span(request, request.person.quiet_from, request.person.quiet_to)


def _span(request: Request, start: time, end: time) -> str:
    if start == end:
        return request.say("settings.quiet_none")
    words = {"start": clock_words(request, start), "end": clock_words(request, end)}
    return request.say("settings.quiet_span", **words)


def _screen(request: Request, lead: str = "") -> Show:
    to_other = "neutral" if request.person.open_text else "open"
    text = request.say(f"settings.screen_is_{'open' if to_other == 'neutral' else 'neutral'}")
    switch = Button(request.say(f"settings.screen_to_{to_other}"), ("set", "screen", to_other))
    return Show("\n\n".join(filter(None, (lead, text))), column(switch) + _back(request))


async def _store_screen(request: Request, *, open_text: bool) -> Sequence[Reply]:
    await people.change(request.connection, request.person.id, open_text=open_text)
    settled = replace(request, person=replace(request.person, open_text=open_text))
    return [_screen(settled, request.say("settings.screen_set"))]


def screen_words(request: Request) -> str:
    """What the lock screen shows of a reminder, in words."""
    return request.say(f"settings.screen_{'open' if request.person.open_text else 'neutral'}")


def _back(request: Request) -> Keyboard:
    return column(Button(request.say("settings.back_button"), ("menu", "settings")))
