"""The symptom check of a person: begun once consent is given, kept step by step, ended with a result."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from content.schema.checkup import Level
from tgbot.domain import followups as plans
from tgbot.domain.checkup import (
    THE_END,
    CheckupError,
    State,
    from_json,
    read_tap,
    result,
    start,
    start_again,
    take,
    to_json,
)
from tgbot.domain.checkup_cards import card
from tgbot.domain.doctor_page import Page, write_page
from tgbot.domain.replies import Action, Button, Notice, Reply, Say, Show, column
from tgbot.services import consent, nutrients, reminders
from tgbot.services.request import Request
from tgbot.storage import checkups, followups, notes, people
from tgbot.storage.checkups import Checkup
from tgbot.storage.notes import NoteKind


async def open_checkup(request: Request) -> Sequence[Reply]:
    """Begins a check, or asks whether to go on with one that is half done."""
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    if request.knowledge.education:
        return [education(request)]
    if not consent.agreed(request):
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
    if request.knowledge.education:
        return [education(request)]
    match action:
        case ("agree",):
            await consent.agree(request)
            return await _begin(request)
        case ("decline",):
            return [Show(request.say("checks.declined", number=request.country.ambulance))]
        case ("new",):
            return await _begin(request) if consent.agreed(request) else [_ask_consent(request)]
        case ("resume",):
            return await _resume(request)
        case ("ask",):
            return _as_new(await nutrients.ask(request, ""))
        case ("train",):
            return _as_new(await reminders.show_all(request))
        case ("page", number) if number.isdecimal():
            return await _write_page(request, int(number))
        case (number, *tap) if number.isdecimal():
            return await _step(request, int(number), tap)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


def education(request: Request) -> Show:
    """What is said instead of a check where no personal urgency may be given."""
    again = Button(request.say("checks.education_country"), ("country", "open"))
    return Show(request.say("checks.education", number=request.country.ambulance), column(again))


async def check_again(request: Request, checkup_id: int) -> Sequence[Reply]:
    """A new check of the same person, from the danger screens on, as a new message."""
    if not consent.agreed(request):
        return [_ask_consent(request)]
    old = _read(request, await checkups.find(request.connection, checkup_id, request.person.id))
    script = request.knowledge.catalogue.checkup
    return _as_new(await _begin(request, start_again(old, script) if old else None))


def _as_new(replies: Sequence[Reply]) -> Sequence[Reply]:
    """Cards as new messages, so that the result above them stays."""
    return [
        Say(reply.text, reply.buttons, urgent=reply.urgent) if isinstance(reply, Show) else reply
        for reply in replies
    ]


async def cancel(request: Request) -> bool:
    """Drops a half-done check; True when there was one."""
    return await checkups.drop_open(request.connection, request.person.id) > 0


def _ask_consent(request: Request) -> Show:
    buttons = column(
        Button(request.say("checks.agree"), ("chk", "agree")),
        Button(request.say("checks.decline"), ("chk", "decline")),
    )
    return Show(request.say("checks.consent", number=request.country.ambulance), buttons)


async def _begin(request: Request, state: State | None = None) -> Sequence[Show]:
    await checkups.drop_open(request.connection, request.person.id)
    state = state or start(request.knowledge.catalogue.checkup)
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
    ended = await _note_result(request, found, step.state)
    await checkups.save(request.connection, found.id, to_json(step.state), ended, request.now)
    return [_card(request, step.state, found.id), *notice]


async def _note_result(
    request: Request, found: Checkup, state: State
) -> tuple[str, datetime] | None:
    """The level, and since when it stands; None while there is no result.

    A danger holds back exercise until a doctor has seen to it.
    """
    if state.at != THE_END:
        return None
    if found.level is not None and found.finished_at is not None:
        return found.level, found.finished_at
    level = result(state, request.knowledge.catalogue.checkup).level
    if level in {"emergency", "same_day"}:
        of = tuple(dict.fromkeys(("checkup", *request.person.recently_warned_of(request.now))))
        await people.note_warning(request.connection, request.person.id, of, request.now)
    await _plan_followup(request, found.id, level)
    return level, request.now


async def _plan_followup(request: Request, checkup_id: int, level: Level) -> None:
    due = plans.due(level, request.now, request.person.zone)
    if due is None:
        await followups.drop_unsent(request.connection, checkup_id)
    else:
        await followups.plan(request.connection, checkup_id, request.person.id, level, due)


async def _write_page(request: Request, checkup_id: int) -> Sequence[Reply]:
    found = await checkups.find(request.connection, checkup_id, request.person.id)
    state = _read(request, found)
    if found is None or state is None or found.finished_at is None:
        return [Notice(request.say("checks.gone"), alert=True)]
    zone = ZoneInfo(request.person.zone) if request.person.zone else None
    page = Page(state, found.started_at, found.finished_at, zone, request.now)
    catalogue = request.knowledge.catalogue
    return [Say(text) for text in write_page(page, catalogue.checkup, catalogue.messages)]


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
        state,
        catalogue.checkup,
        catalogue.messages,
        request.country.ambulance,
        str(checkup_id),
        extra=column(*_onward(request, state, checkup_id)),
        closing=_promise(request, state),
    )


def _onward(request: Request, state: State, checkup_id: int) -> list[Button]:
    """Where a result leads; to exercise only where no danger was named, and only oneself."""
    if state.at != THE_END:
        return []
    page = Button(request.say("doctor_page.button"), ("chk", "page", str(checkup_id)))
    ask = Button(request.say("checks.ask_button"), ("chk", "ask"))
    train = Button(request.say("checks.train_button"), ("chk", "train"))
    level = result(state, request.knowledge.catalogue.checkup).level
    for_me = not {"adult", "child"} & set(state.answers.get("T0", ()))
    safe = level in {"soon", "self_care"} and request.person.warned_at is None and for_me
    return [page, *([] if level == "emergency" else [ask]), *([train] if safe else [])]


def _promise(request: Request, state: State) -> str:
    """That the bot will ask how it is, where it will."""
    if state.at != THE_END or request.person.stopped_at is not None:
        return ""
    level = result(state, request.knowledge.catalogue.checkup).level
    return request.say(f"followups.promise_{level}") if level in plans.AFTER else ""
