"""The symptom check of a person: begun once consent is given, kept step by step, ended with a result."""

from collections.abc import Sequence
from typing import Final

from tgbot.domain.checkup import (
    THE_END,
    CheckupError,
    State,
    from_json,
    read_tap,
    result,
    start,
    take,
    to_json,
)
from tgbot.domain.checkup_cards import card
from tgbot.domain.replies import Action, Button, Notice, Reply, Show, column
from tgbot.services.request import Request
from tgbot.storage import checkups, notes, people
from tgbot.storage.checkups import Checkup
from tgbot.storage.notes import NoteKind

CONSENT: Final = "1"
"""Version of what the person agrees to (``checks.consent``); a new one is asked again."""


async def open_checkup(request: Request) -> Sequence[Reply]:
    """Begins a check, or asks whether to go on with one that is half done."""
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    if request.person.consent_version != CONSENT:
        return [_ask_consent(request)]
    found = await checkups.find_open(request.connection, request.person.id)
    if found is None or _read(request, found) is None:
        return await _begin(request)
    buttons = column(
        Button(request.say("checks.go_on"), ("chk", "resume")),
        Button(request.say("checks.begin_anew"), ("chk", "new")),
    )
    return [Show(request.say("checks.half_done", number=request.country.ambulance), buttons)]


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap in the check. It counts once, and only in the check of the one who taps."""
    match action:
        case ("agree",):
            await people.change(
                request.connection,
                request.person.id,
                consent_version=CONSENT,
                consent_at=request.now,
            )
            return await _begin(request)
        case ("decline",):
            return [Show(request.say("checks.declined", number=request.country.ambulance))]
        case ("new",):
            return await _begin(request) if _agreed(request) else [_ask_consent(request)]
        case ("resume",):
            return await _resume(request)
        case (number, *tap) if number.isdecimal():
            return await _step(request, int(number), tap)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def cancel(request: Request) -> bool:
    """Drops a half-done check; True when there was one."""
    return await checkups.drop_open(request.connection, request.person.id) > 0


def _agreed(request: Request) -> bool:
    return request.person.consent_version == CONSENT


def _ask_consent(request: Request) -> Show:
    buttons = column(
        Button(request.say("checks.agree"), ("chk", "agree")),
        Button(request.say("checks.decline"), ("chk", "decline")),
    )
    return Show(request.say("checks.consent", number=request.country.ambulance), buttons)


async def _begin(request: Request) -> Sequence[Reply]:
    await checkups.drop_open(request.connection, request.person.id)
    state = start(request.knowledge.catalogue.checkup)
    checkup_id = await checkups.add(
        request.connection, request.person.id, to_json(state), request.now
    )
    return [_card(request, state, checkup_id)]


async def _resume(request: Request) -> Sequence[Reply]:
    found = await checkups.find_open(request.connection, request.person.id)
    state = _read(request, found)
    if found is None or state is None:
        return await open_checkup(request)
    return [_card(request, state, found.id)]


async def _step(request: Request, checkup_id: int, tap: Sequence[str]) -> Sequence[Reply]:
    found = await checkups.find(request.connection, checkup_id, request.person.id)
    state = _read(request, found)
    asked = read_tap(tap)
    if found is None or state is None or asked is None:
        return [Notice(request.say("checks.gone"), alert=True)]
    script = request.knowledge.catalogue.checkup
    step = take(state, asked, script)
    notice = [Notice(request.say(step.note))] if step.note else []
    if not step.changed:
        return notice or [Notice(request.say("checkup.note_stale"))]
    level = await _note_result(request, step.state)
    await checkups.save(request.connection, found.id, to_json(step.state), level, request.now)
    return [_card(request, step.state, found.id), *notice]


async def _note_result(request: Request, state: State) -> str | None:
    """The level once there is one; a danger holds back exercise until a doctor has seen to it."""
    if state.at != THE_END:
        return None
    found = result(state, request.knowledge.catalogue.checkup)
    if found.level in {"emergency", "same_day"}:
        of = tuple(dict.fromkeys(("checkup", *request.person.recently_warned_of(request.now))))
        await people.note_warning(request.connection, request.person.id, of, request.now)
    return found.level


def _read(request: Request, found: Checkup | None) -> State | None:
    """The stored state; None when an older version wrote it and it no longer fits."""
    if found is None:
        return None
    try:
        return from_json(found.state, request.knowledge.catalogue.checkup)
    except CheckupError:
        return None


def _card(request: Request, state: State, checkup_id: int) -> Show:
    catalogue = request.knowledge.catalogue
    return card(
        state, catalogue.checkup, catalogue.messages, request.country.ambulance, str(checkup_id)
    )
