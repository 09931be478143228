"""How a session ends: done, stopped by a sign or a fall, or left; and what is noted of it."""

from collections.abc import Sequence
from typing import Literal

from tgbot.domain import warnings
from tgbot.domain.programme import Pain, Session, after_session, hold_standing
from tgbot.domain.red_flags import Level, ScreenAction, Screening
from tgbot.domain.replies import Reply, Show
from tgbot.domain.session_words import fall_card, result_card
from tgbot.services import occurrence_notes, programmes
from tgbot.services.request import Request
from tgbot.storage import people
from tgbot.storage import programmes as stored
from tgbot.storage.programmes import StoredSession

PAINS: dict[str, Pain] = {"green": "green", "amber": "amber", "red": "red"}


async def warn(request: Request, condition: str, level: Literal["emergency", "same_day"]) -> Show:
    """The warning of a condition in the place of the card; nothing more until a doctor has seen to it."""
    of = tuple(dict.fromkeys((condition, *request.person.recently_warned_of(request.now))))
    await people.note_warning(request.connection, request.person.id, of, request.now)
    catalogue = request.knowledge.catalogue
    screening = Screening(Level(level), ScreenAction.WARN, (condition,))
    country = catalogue.known_country(request.person.country)
    said = warnings.warning(screening, catalogue.messages, country)
    return Show(said.text, said.buttons, urgent=True)


async def stop(request: Request, found: StoredSession, verb: str) -> Sequence[Reply]:
    """A stop rule, or a fall: the session is over, and standing rests until somebody clears it."""
    progress, _ = await programmes.load(request)
    await programmes.save(request, hold_standing(progress, request.today))
    await end(request, found, verb, "hurts")
    match verb:
        case "fell":
            return [fall_card(programmes.speaker(request))]
        case "emergency":
            return [await warn(request, "exercise_stop", "emergency")]
        case _:
            return [await warn(request, "exercise_doctor", "same_day")]


async def finish(
    request: Request, found: StoredSession, session: Session, verb: str
) -> Sequence[Reply]:
    """The last answer: what changes next time, and why."""
    if verb not in PAINS:  # nothing was done at all
        await end(request, found, "skipped", "skip")
        return [Show(request.say("sessions.nothing_done"))]
    progress, _ = await programmes.load(request)
    rules = programmes.exercises(request).programme
    day = request.today
    changed, reason = after_session(progress, session, PAINS[verb], day, rules)
    await programmes.save(request, changed)
    stopped = session.feel == "stopped"
    await end(request, found, "stopped" if stopped else "done", "hurts" if stopped else "done")
    return [result_card(programmes.speaker(request), session, changed, reason, PAINS[verb])]


async def end(request: Request, found: StoredSession, outcome: str, answer: str) -> None:
    """Ends the session, and answers the reminder that it came from."""
    await stored.change_session(
        request.connection, found.id, finished_at=request.now, outcome=outcome
    )
    if found.occurrence_id is not None:
        await occurrence_notes.note(request, found.occurrence_id, answer)
