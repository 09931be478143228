"""An exercise session on one card: the questions before it, its moves, how it was, what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tgbot.domain.programme import (
    Answer,
    BrokenProgramme,
    Session,
    session_from_json,
    session_to_json,
    take,
)
from tgbot.domain.replies import Action, Button, Notice, Reply, Show, column
from tgbot.domain.session_cards import Cards
from tgbot.domain.session_words import stop_words
from tgbot.services import consent, occurrence_notes, programmes, session_ends, session_opening
from tgbot.services.programmes import exercises, speaker
from tgbot.services.request import Request
from tgbot.storage import occurrences, people
from tgbot.storage import programmes as stored
from tgbot.storage.programmes import StoredSession

GIVEN: Final[dict[str, Answer]] = {"yes": "yes", "no": "no", "unsure": "unsure"}


async def start(request: Request) -> Sequence[Reply]:
    """``/exercise``: begins a session, or goes on with the one of today."""
    return await begin(request, None)


async def begin(request: Request, occurrence_id: int | None) -> Sequence[Reply]:
    """Begins or goes on, from the reminder ``occurrence_id`` if there is one."""
    if request.person.warned_at is not None:
        return [session_opening.hold(request, occurrence_id)]
    if not consent.agreed(request):
        return [session_opening.ask_consent(request, occurrence_id)]
    progress, lost = await programmes.load(request)
    found = await stored.find_open(request.connection, request.person.id, request.today)
    session = _read(request, found)
    if found is not None and session is not None:
        if occurrence_id is not None:
            await stored.change_session(request.connection, found.id, occurrence_id=occurrence_id)
        return [session_opening.card(request, found.id, session, progress, occurrence_id)]
    note = request.say("sessions.lost") if lost else ""
    return await session_opening.ask_or_plan(request, progress, occurrence_id, note)


async def cancel(request: Request) -> bool:
    """Leaves a session under way; True when there was one."""
    return await stored.end_open(request.connection, request.person.id, "left", request.now) > 0


def stop_rules(request: Request) -> Show:
    """When to stop and whom to call."""
    return stop_words(speaker(request))


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap in a session or on the way to one."""
    match action:
        case ("decline",):
            return [Show(request.say("sessions.declined", number=request.country.ambulance))]
        case ("seen",):
            return await _seen(request)
        case ("hurt",):
            return [await session_ends.warn(request, "exercise_fall", "emergency")]
        case ("go", number, revision, verb) if number.isdecimal() and revision.isdecimal():
            return await _go(request, int(number), int(revision), verb)
        case (verb, occurrence, *rest) if occurrence.isdecimal():
            occurrence_id = await _occurrence(request, int(occurrence))
            return await _before(request, verb, occurrence_id, rest)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _before(
    request: Request, verb: str, occurrence_id: int | None, rest: Sequence[str]
) -> Sequence[Reply]:
    """A tap on the way to a session; ``occurrence_id`` is the reminder it began with."""
    if request.person.warned_at is not None:
        return [session_opening.hold(request, occurrence_id)]
    match verb, *rest:
        case ("open",):
            return await begin(request, occurrence_id)
        case ("agree",):
            return await begin(await consent.agree(request), occurrence_id)
        case ("anew" | "clear",):
            return await session_opening.ask_anew(request, verb, occurrence_id)
        case ("said", question, given) if given in GIVEN:
            return await session_opening.take_answer(request, occurrence_id, question, GIVEN[given])
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _occurrence(request: Request, number: int) -> int | None:
    """The reminder's occurrence, if it is there still and this person's."""
    found = await occurrences.find(request.connection, number, request.person.id)
    return None if found is None else found.id


async def _seen(request: Request) -> Sequence[Reply]:
    await people.change(request.connection, request.person.id, warned_at=None)
    onward = Button(
        request.say("occurrences.start_button"), ("ex", "open", session_opening.NO_OCCURRENCE)
    )
    return [Show(request.say("occurrences.seen"), column(onward))]


async def _go(request: Request, number: int, revision: int, verb: str) -> Sequence[Reply]:
    """A tap on the card of a session; an old one says so kindly."""
    found = await stored.find_session(request.connection, number, request.person.id)
    session = _read(request, found)
    over = found is None or found.finished_at is not None or found.local_date != request.today
    if found is None or session is None or over:
        return [Notice(request.say("sessions.gone"), alert=True)]
    if request.person.warned_at is not None:
        return [session_opening.hold(request, found.occurrence_id)]
    if session.revision != revision:
        return [Notice(request.say("sessions.stale"))]
    match session.phase, verb:
        case "stopped", ("emergency" | "doctor" | "fell"):
            return await session_ends.stop(request, found, verb)
        case "opening", "ill":
            return await _rest(request, found)
        case _:
            return await _step(request, found, session, verb)


async def _step(
    request: Request, found: StoredSession, session: Session, verb: str
) -> Sequence[Reply]:
    after = take(session, verb, exercises(request))
    if after is None:
        return [Notice(request.say("sessions.stale"))]
    await stored.change_session(request.connection, found.id, state=session_to_json(after))
    if after.phase == "ended":
        return await session_ends.finish(request, found, after, verb)
    if after.phase == "how" and found.occurrence_id is not None:
        # The moves are done: whoever leaves now has exercised all the same.
        await occurrence_notes.note(request, found.occurrence_id, "done")
    return [Cards(speaker(request), found.id).card(after)]


async def _rest(request: Request, found: StoredSession) -> Sequence[Reply]:
    """They feel ill today: no exercise, and it is asked again another day."""
    progress, _ = await programmes.load(request)
    ill: dict[str, Answer] = {**progress.answers, "ill": "yes"}
    await programmes.save(request, replace(progress, answers=ill, rest_on=request.today))
    await session_ends.end(request, found, "ill", "ill")
    return [Show(request.say("occurrences.ill"))]


def _read(request: Request, found: StoredSession | None) -> Session | None:
    """The stored session; None when it does not fit the content any more."""
    if found is None:
        return None
    try:
        return session_from_json(found.state, exercises(request))
    except BrokenProgramme:
        return None
