"""The safety questions before any drink reminder: answered, judged, and what follows at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tgbot.domain.hydration import Mode, Said, judge, mode_after
from tgbot.domain.replies import Notice, Reply
from tgbot.services import drink_reminders, hydration_cards, hydration_offer, hydration_view
from tgbot.services.request import Request
from tgbot.storage import people
from tgbot.storage.hydration import Hydration

NEW_SIGN: Final = "drink_gate"
"""What a warning is noted for when a new sign is named here."""


async def ask_again(request: Request, question_id: str) -> Sequence[Reply]:
    """Asks one question once more, so that its answer can be changed."""
    question = request.knowledge.catalogue.hydration.question(question_id)
    if question is None:
        return [Notice(request.say("errors.old_button"), alert=True)]
    return [hydration_cards.ask(request, question, again=True)]


async def answer(
    request: Request, state: Hydration, question_id: str, said: str
) -> Sequence[Reply]:
    """An answer to a question, the first one or another one than before."""
    question = request.knowledge.catalogue.hydration.question(question_id)
    if question is None or said not in set(Said):
        return [Notice(request.say("errors.old_button"), alert=True)]
    was = state.mode
    settled = await settle(request, state, {**state.answers, question_id: said})
    if settled.mode is Mode.TODAY and was is not Mode.TODAY:
        await _hold(request)
    if settled.mode is Mode.OPEN and was is not Mode.OPEN:
        return await hydration_offer.offer(request, settled)
    return await hydration_view.show(request, settled)


async def settle(request: Request, state: Hydration, answers: dict[str, str]) -> Hydration:
    """Keeps the answers with the mode that they lead to; reminders end where it is not open."""
    gate = judge(answers, request.knowledge.catalogue.hydration.questions)
    mode = mode_after(gate, state.mode, has_limit=state.limit_ml is not None)
    # A limit is typed anew after anything else was true: the care team may have changed it.
    limit = state.limit_ml if mode is Mode.LIMIT else None
    return await drink_reminders.save(request, state, answers=answers, mode=mode, limit_ml=limit)


async def _hold(request: Request) -> None:
    """A sign that must be seen the same day holds back exercise too."""
    of = tuple(dict.fromkeys((NEW_SIGN, *request.person.recently_warned_of(request.now))))
    await people.note_warning(request.connection, request.person.id, of, request.now)


async def seen(request: Request, state: Hydration) -> Sequence[Reply]:
    """A doctor has seen it: the hold ends, and whether it is still so is asked once more."""
    await people.change(request.connection, request.person.id, warned_at=None)
    free = replace(request, person=replace(request.person, warned_at=None))
    if state.mode is Mode.TODAY:
        return await anew(free, state)
    return await hydration_view.show(free, state)


async def anew(request: Request, state: Hydration) -> Sequence[Reply]:
    """Begins again with what may have changed since: the questions about now."""
    now = {
        one.id for one in request.knowledge.catalogue.hydration.questions if one.leads_to == "today"
    }
    kept = {key: said for key, said in state.answers.items() if key not in now}
    asking = replace(state, mode=Mode.ASKING)
    return await hydration_view.show(request, await settle(request, asking, kept))
