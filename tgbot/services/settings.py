"""Settings of a person: country, time zone, privacy, and being forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tgbot.domain.countries import find_country
from tgbot.domain.delivery import Outcome
from tgbot.domain.replies import Action, Button, Notice, Reply, Say, Show, column
from tgbot.services import manners, zones
from tgbot.services.request import Request
from tgbot.services.times_in_words import city_of, clock_words
from tgbot.storage import inbox, notes, outbox, people
from tgbot.storage.notes import NoteKind

PATIENCE: Final = timedelta(minutes=30)

COMMON: Final = ("US", "GB", "CA", "IE", "AU", "NZ", "IN", "ZA")
"""Countries offered as buttons in English; every other one can be written."""


async def show(request: Request) -> Sequence[Reply]:
    """One card with what is set, and a button to change each."""
    zone = request.person.zone
    here = request.now.astimezone(ZoneInfo(zone)).time() if zone else None
    text = request.say(
        "settings.card",
        country=request.country.name,
        number=request.country.ambulance,
        zone=city_of(zone) if zone else request.say("settings.no_zone"),
        time=clock_words(request, here) if here else "–",
        quiet=manners.quiet_words(request),
        screen=manners.screen_words(request),
    )
    buttons = column(
        Button(request.say("settings.country_button"), ("country", "open")),
        Button(request.say("settings.zone_button"), ("zone", "open")),
        Button(request.say("settings.quiet_button"), ("set", "quiet")),
        Button(request.say("settings.screen_button"), ("set", "screen")),
        Button(request.say("settings.reminders_button"), ("rem", "list")),
        Button(request.say("settings.privacy_button"), ("me", "privacy")),
    )
    return [Show(text, buttons)]


async def set_country(request: Request, words: str) -> Sequence[Reply]:
    """``/country Ireland``; without a name it asks."""
    return await take_country(request, words) if words else await _ask_country(request)


async def choose_country(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on a country."""
    match action:
        case ("open",):
            return await _ask_country(request)
        case (code,) if request.knowledge.catalogue.country(code).code:
            return await _store_country(request, code)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _ask_country(request: Request) -> Sequence[Reply]:
    await notes.write(
        request.connection,
        request.person.id,
        NoteKind.EXPECTING,
        {"what": "country"},
        request.now + PATIENCE,
    )
    common = [request.knowledge.catalogue.country(code) for code in COMMON]
    buttons = [
        Button(
            request.say("settings.country_choice", name=one.name, number=one.ambulance),
            ("country", one.code),
        )
        for one in common
    ]
    # A new message: the button that asks for this may stand under a warning, which must stay.
    return [Say(request.say("settings.ask_country"), column(*buttons))]


async def take_country(request: Request, words: str) -> Sequence[Reply]:
    """A typed country."""
    catalogue = request.knowledge.catalogue
    found = find_country(words, catalogue.places, catalogue.countries)
    if found is None:
        return [Say(request.say("settings.unknown_country")), *await _ask_country(request)]
    return await _store_country(request, found.code)


async def _store_country(request: Request, code: str) -> Sequence[Reply]:
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    await people.change(request.connection, request.person.id, country=code)
    country = request.knowledge.catalogue.country(code)
    key = "settings.country_set" if country.verified else "settings.country_set_unsure"
    text = request.say(key, country=country.name, number=country.ambulance)
    again = Button(request.say("settings.country_again"), ("country", "open"))
    check = Button(request.say("start.check"), ("menu", "check"))
    return [Show(text, column(check, again))]


async def set_zone(request: Request, words: str) -> Sequence[Reply]:
    """``/timezone Berlin``; without a place it asks what time it is there."""
    return await zones.take(request, words) if words else await zones.ask(request)


async def show_privacy(request: Request) -> Sequence[Reply]:
    """What is kept, for how long, and how to be forgotten."""
    forget = Button(request.say("settings.forget_button"), ("me", "ask"))
    return [Show(request.say("settings.privacy"), column(forget))]


async def ask_delete(request: Request) -> Sequence[Reply]:
    """Asks before everything is deleted."""
    buttons = column(
        Button(request.say("settings.forget_yes"), ("me", "delete")),
        Button(request.say("settings.forget_no"), ("menu", "start")),
    )
    return [Show(request.say("settings.forget_sure"), buttons)]


async def answer_delete(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on the privacy cards."""
    match action:
        case ("privacy",):
            return await show_privacy(request)
        case ("ask",):
            return await ask_delete(request)
        case ("delete",):
            return await _delete(request)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _delete(request: Request) -> Sequence[Reply]:
    connection, person_id = request.connection, request.person.id
    await outbox.drop_chat(connection, person_id, Outcome.EXPIRED, request.now)
    await inbox.erase_bodies(connection, person_id)
    await people.forget(connection, person_id)
    return [Show(request.say("settings.forgotten"))]
