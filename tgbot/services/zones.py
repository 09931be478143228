"""Where a person's clock is: by the time it shows, by the name of a place, or by a shared place."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from tgbot.domain.places import AskWhich, PlaceQuestion, PlaceReply, Unknown, Zones, find_zones
from tgbot.domain.replies import (
    Action,
    AskPlace,
    Button,
    Notice,
    Reply,
    Say,
    Show,
    ThankForPlace,
    column,
)
from tgbot.services import hydration, hydration_view, reminder_cards, reminders, schedules
from tgbot.services.request import Request
from tgbot.services.times_in_words import city_of, clock_words, moment_words
from tgbot.storage import notes, people
from tgbot.storage.notes import NoteKind
from tgbot.storage.reminders import Reminder

PATIENCE: Final = timedelta(minutes=30)
MOST_GUESSES: Final = 8


@cache
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def exists(zone: str) -> bool:
    """Whether there is a zone of that name in the data."""
    return zone in _all_zones()


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on a place, or on a way to tell it."""
    match action:
        case ("open",):
            return await ask(request)
        case ("share",):
            return await ask_place(request)
        case ("set", zone) if exists(zone):
            return await store(request, zone)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def ask(request: Request) -> Sequence[Reply]:
    """Asks what time it is there; the place is asked only when that leaves a doubt."""
    await _wait(request, {"what": "zone"})
    return [Show(request.say("settings.ask_zone"), reminder_cards.share_place(request))]


async def ask_place(request: Request) -> Sequence[Reply]:
    """Asks for the place itself, by a button that the phone answers."""
    await _wait(request, await _waiting(request) | {"sharing": True})
    return [
        AskPlace(
            request.say("settings.ask_place"),
            share=request.say("settings.place_share"),
            instead=request.say("settings.place_instead"),
        )
    ]


async def take(request: Request, words: str) -> Sequence[Reply]:
    """A typed clock time or place; what leaves a doubt is asked again."""
    if words == request.say("settings.place_instead"):
        await _wait(request, {**await _waiting(request), "sharing": False})
        return [ThankForPlace(request.say("settings.ask_city"))]
    found = find_zones(words, request.knowledge.gazetteer, request.now)
    if isinstance(found, Zones) and len(found.zones) == 1:
        return await store(request, found.zones[0])
    await _wait(request, await _waiting(request))
    return [_ask_again(request, found)]


async def take_place(request: Request, zone: str | None) -> Sequence[Reply]:
    """The zone of a shared place: the place was looked up and is gone already."""
    if zone is None or not exists(zone):
        await _wait(request, await _waiting(request))
        return [Say(request.say("settings.place_at_sea"))]
    return await store(request, zone)


async def _waiting(request: Request) -> dict[str, Any]:
    """What the bot waits for, if that is the zone: a reminder may be among it."""
    connection, person_id = request.connection, request.person.id
    waiting = await notes.read(connection, person_id, NoteKind.EXPECTING, request.now) or {}
    return waiting if waiting.get("what") == "zone" else {"what": "zone"}


async def _wait(request: Request, data: dict[str, Any]) -> None:
    until = request.now + PATIENCE
    await notes.write(request.connection, request.person.id, NoteKind.EXPECTING, data, until)


def _ask_again(request: Request, found: PlaceReply) -> Say | Show:
    match found:
        case AskWhich(what=PlaceQuestion.EXPLAIN):
            return Say(request.say("settings.why_zone"), reminder_cards.share_place(request))
        case Zones(zones=zones, labels=labels) | AskWhich(zones=zones, labels=labels) if zones:
            return _choices(request, zones, labels)
        case AskWhich() | Zones():
            return Say(request.say("settings.ask_city"), reminder_cards.share_place(request))
        case Unknown(reason=reason):
            text = request.say(f"settings.zone_{reason}")
            return Say(text, reminder_cards.share_place(request))


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
    planned = await schedules.replan(connection, person.id, zone, request.now)
    settled = request.of_zone(zone)
    thanks = [ThankForPlace(request.say("settings.place_thanks"))] if waiting.get("sharing") else []
    if waiting.get("then") == hydration_view.HERE:
        return [*thanks, *await hydration.go_on(settled)]
    added = await reminders.go_on(settled, waiting)
    return [*thanks, *(added or [_settled(settled, zone, planned)])]


def _settled(request: Request, zone: str, planned: Sequence[Reminder]) -> Show:
    here = request.now.astimezone(ZoneInfo(zone)).time()
    text = request.say("settings.zone_set", city=city_of(zone), time=clock_words(request, here))
    ringing = [one for one in planned if not reminder_cards.silent(request, one)]
    coming = min((one.next_due for one in ringing if one.next_due), default=None)
    if coming is not None and not request.person.stopped_at:
        when = moment_words(request, coming, ZoneInfo(zone))
        text += "\n" + request.say("settings.zone_next", when=when)
    again = Button(request.say("settings.zone_again"), ("zone", "open"))
    to_list = Button(request.say("settings.reminders_button"), ("rem", "list"))
    return Show(text, column(to_list, again))
