"""On the way to a session: consent, the safety questions, and the card that opens it."""

from collections.abc import Sequence
from typing import Final

from tgbot.domain.programme import (
    Answer,
    Progress,
    Session,
    answer,
    clear,
    come_back,
    counts,
    drop_answers,
    judge,
    may_stand,
    next_question,
    plan,
    session_to_json,
    settle,
)
from tgbot.domain.replies import Button, Notice, Reply, Show, column
from tgbot.domain.session_cards import Cards
from tgbot.domain.session_words import again_button, question_card, reason_words, refusal_card
from tgbot.services import consent, programmes, session_ends
from tgbot.services.programmes import exercises, speaker
from tgbot.services.request import Request
from tgbot.storage import programmes as stored

NO_OCCURRENCE: Final = "0"
"""In a button: the session was not begun from a reminder."""


def hold(request: Request, occurrence_id: int | None) -> Show:
    """No exercise after a danger sign, until the person says that a doctor has seen to it."""
    route = ("ex", "seen") if occurrence_id is None else ("occ", "seen", str(occurrence_id))
    number = request.country.ambulance
    seen = Button(request.say("occurrences.seen_button"), route)
    return Show(request.say("occurrences.on_hold", number=number), column(seen))


def ask_consent(request: Request, occurrence_id: int | None) -> Show:
    """Whether the answers may be kept, before the first one is."""
    buttons = column(
        Button(request.say("sessions.agree"), ("ex", "agree", _route(occurrence_id))),
        Button(request.say("sessions.decline"), ("ex", "decline")),
    )
    return Show(request.say("sessions.consent", number=request.country.ambulance), buttons)


async def ask_anew(request: Request, verb: str, occurrence_id: int | None) -> Sequence[Reply]:
    """All questions afresh, because something changed or standing was cleared."""
    await stored.end_open(request.connection, request.person.id, "left", request.now)
    progress, _ = await programmes.load(request)
    fresh = clear(progress) if verb == "clear" else drop_answers(progress)
    return await ask_or_plan(request, fresh, occurrence_id, "")


async def take_answer(
    request: Request, occurrence_id: int | None, question_id: str, given: Answer
) -> Sequence[Reply]:
    """An answer to the question that is open; to another one it comes too late."""
    progress, _ = await programmes.load(request)
    day, content = request.today, exercises(request)
    question = next_question(progress, day, content)
    if question is None or question.id != question_id or not consent.agreed(request):
        return [Notice(request.say("sessions.stale"), alert=True)]
    progress = answer(progress, question, given, day, content)
    if not counts(question, given):
        return await ask_or_plan(request, progress, occurrence_id, "")
    if question.warns is not None:
        await programmes.save(request, progress)
        return [await session_ends.warn(request, question.condition, question.warns)]
    return await ask_or_plan(request, progress, occurrence_id, question.advice)


async def ask_or_plan(
    request: Request, progress: Progress, occurrence_id: int | None, note: str
) -> Sequence[Reply]:
    """The next question, or why there is no session, or the session of today."""
    day, content, speak = request.today, exercises(request), speaker(request)
    route = _route(occurrence_id)
    question = next_question(progress, day, content)
    verdict = judge(progress.answers, content.programme)
    if question is not None or not verdict.places:
        await programmes.save(request, progress)
        if question is not None:
            return [question_card(speak, question, route, note)]
        if verdict.because is not None:
            return [refusal_card(speak, verdict.because, route)]
    progress, reason = come_back(settle(progress, day, content.programme), day, content.programme)
    await programmes.save(request, progress)
    await stored.end_open(request.connection, request.person.id, "left", request.now)
    session = plan(progress, day, content)
    number = await stored.add_session(
        request.connection,
        request.person.id,
        occurrence_id,
        day,
        session_to_json(session),
        request.now,
    )
    note = reason_words(speak, progress, reason) if reason else note
    return [card(request, number, session, progress, occurrence_id, note)]


def card(
    request: Request,
    session_id: int,
    session: Session,
    progress: Progress,
    occurrence_id: int | None,
    note: str = "",
) -> Show:
    """The card of a session, with the ways out of it while it is not begun."""
    cards = Cards(speaker(request), session_id)
    if session.phase != "opening":
        return cards.card(session)
    speak, route = speaker(request), _route(occurrence_id)
    extra = [again_button(speak, route, "anew")]
    rests = progress.held and may_stand(progress, exercises(request))
    if rests:
        extra.append(Button(request.say("sessions.clear_button"), ("ex", "clear", route)))
    if occurrence_id is not None:
        skip = Button(request.say("occurrences.skip_button"), ("occ", "skip", route))
        extra = [skip, *extra]
    if not note:
        kind = "held" if rests else session.kind
        note = request.say(f"sessions.note_{kind}")
    return cards.opening(session, note, extra)


def _route(occurrence_id: int | None) -> str:
    return NO_OCCURRENCE if occurrence_id is None else str(occurrence_id)
