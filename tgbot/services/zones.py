"""Where a person's clock is: asked by the time it shows, or by the name of a place."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from tgbot.domain.places import AskWhich, PlaceReply, Unknown, Zones, find_zones
from tgbot.domain.replies import Button, Reply, Say, Show, column
from tgbot.services import hydration, hydration_view, reminders, schedules
from tgbot.services.request import Request
from tgbot.services.times_in_words import city_of, clock_words, from_digits
from tgbot.storage import notes, people
from tgbot.storage.notes import NoteKind

PATIENCE: Final = timedelta(minutes=30)
MOST_GUESSES: Final = 8


@cache
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def exists(zone: str) -> bool:
    """Whether there is a zone of that name in the data."""
    return zone in _all_zones()


async def ask(request: Request) -> Sequence[Reply]:
    """Asks what time it is there; the place is asked only when that leaves a doubt."""
    await notes.write(
        request.connection,
        request.person.id,
        NoteKind.EXPECTING,
        {"what": "zone"},
        request.now + PATIENCE,
    )
    return [Show(request.say("settings.ask_zone"))]


async def take(request: Request, words: str) -> Sequence[Reply]:
    """A typed clock time or place; what leaves a doubt is asked again."""
    found = find_zones(words, request.knowledge.gazetteer, request.now)
    if isinstance(found, Zones) and len(found.zones) == 1:
        return await store(request, found.zones[0])
    await _wait_on(request)
    return [_ask_again(request, found)]


async def _wait_on(request: Request) -> None:
    """The next text is about the zone too; a reminder that waits for it is kept in mind."""
    connection, person_id = request.connection, request.person.id
    waiting = await notes.read(connection, person_id, NoteKind.EXPECTING, request.now) or {}
    data = waiting if waiting.get("what") == "zone" else {"what": "zone"}
    until = request.now + PATIENCE
    await notes.write(connection, person_id, NoteKind.EXPECTING, data, until)


def _ask_again(request: Request, found: PlaceReply) -> Say | Show:
    match found:
        case Zones(zones=zones, labels=labels) | AskWhich(zones=zones, labels=labels) if zones:
            return _choices(request, zones, labels)
        case AskWhich() | Zones():
            return Say(request.say("settings.ask_city"))
        case Unknown():
            return Say(request.say("settings.unknown_zone"))


def _choices(request: Request, zones: Sequence[str], labels: Sequence[str]) -> Show:
    buttons = []
    for zone, label in list(zip(zones, labels, strict=True))[:MOST_GUESSES]:
        here = clock_words(request, request.now.astimezone(ZoneInfo(zone)).time())
        text = request.say("settings.zone_choice", city=label, time=here)
        buttons.append(Button(text, ("zone", "set", zone)))
    return Show(request.say("settings.which_zone"), column(*buttons))


async def store(request: Request, zone: str) -> Sequence[Reply]:
    """Keeps the zone, plans all reminders anew, and goes on with what waited for it."""
    connection, person = request.connection, request.person
    waiting = await notes.read(connection, person.id, NoteKind.EXPECTING, request.now) or {}
    await notes.drop(connection, person.id, NoteKind.EXPECTING)
    await people.change(connection, person.id, zone=zone)
    await schedules.replan(connection, person.id, zone, request.now)
    settled = request.of_zone(zone)
    at = from_digits(str(waiting.get("at", "")))
    if at is not None:
        return await reminders.add(settled, at, int(waiting["days"]))
    if waiting.get("then") == hydration_view.HERE:
        return await hydration.go_on(settled)
    here = request.now.astimezone(ZoneInfo(zone)).time()
    text = request.say("settings.zone_set", city=city_of(zone), time=clock_words(request, here))
    again = Button(request.say("settings.zone_again"), ("zone", "open"))
    to_list = Button(request.say("settings.reminders_button"), ("rem", "list"))
    return [Show(text, column(to_list, again))]
