"""Drinking: /drink, its buttons and what is typed; the safety questions stand before everything."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any

from tgbot.domain.fluid_limit import Puzzle
from tgbot.domain.hydration import Mode
from tgbot.domain.replies import Action, Notice, Reply, Show
from tgbot.services import (
    consent,
    drink_cards,
    drink_reminders,
    drinks,
    hydration_cards,
    hydration_gate,
    hydration_limit,
    hydration_offer,
    hydration_view,
)
from tgbot.services.drink_words import listed
from tgbot.services.request import Request
from tgbot.services.times_in_words import from_digits
from tgbot.storage import hydration, notes
from tgbot.storage.hydration import Hydration
from tgbot.storage.notes import NoteKind


async def open_drink(request: Request) -> Sequence[Reply]:
    """``/drink``: the card where there is one, else the questions, once consent is given."""
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    if request.knowledge.education:
        return [Show(request.say("hydration.education"))]
    state = await _state(request)
    if state is None:
        return [hydration_cards.consent(request)]
    return await hydration_view.show(request, state)


async def wish(request: Request, times: Collection[time]) -> Sequence[Reply]:
    """A typed wish to be reminded to drink at these times (besides those there are).

    Without times it is a wish for drink reminders as such. The gate is opened first; the times
    wait for it up to a day.
    """
    if not times or request.knowledge.education:
        return await open_drink(request)
    there = [one.at for one in await drink_reminders.of_person(request)]
    await hydration_offer.keep_wish(request, [*there, *times])
    state = await _state(request)
    if state is None:
        return [hydration_cards.consent(request)]
    return await hydration_offer.accept(request, state)


async def go_on(request: Request) -> Sequence[Reply]:
    """Goes on where the time zone had to be asked first."""
    state = await _state(request)
    if state is None:
        return await open_drink(request)
    return await hydration_offer.go_on(request, state)


def is_answer(request: Request, waiting: Mapping[str, Any], words: str) -> bool:
    """Whether a text answers what was asked here; any other may be a question of its own."""
    if waiting.get("what") != hydration_view.HERE:
        return False
    if waiting.get("step") == hydration_limit.LIMIT:
        return hydration_limit.read(request, words) is not Puzzle.NO_AMOUNT
    return bool(hydration_offer.read_times(request, words))


async def take(request: Request, waiting: Mapping[str, Any], words: str) -> Sequence[Reply]:
    """A typed answer to what was asked here."""
    state = await _state(request)
    if state is None:
        return await open_drink(request)
    if waiting.get("step") == hydration_limit.LIMIT:
        return await hydration_limit.take(request, state, words)
    return await hydration_offer.take_times(request, state, words)


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on one of the cards."""
    if request.knowledge.education:
        return [Show(request.say("hydration.education"))]
    match action:
        case ("agree",):
            agreed = await consent.agree(request)
            return await hydration_view.show(agreed, await _begin(agreed))
        case ("decline",):
            return [Show(request.say("hydration.declined"))]
    state = await _state(request)
    if state is None:
        return [hydration_cards.consent(request)]
    return await _tap(request, state, action)


async def _state(request: Request) -> Hydration | None:
    """What is kept, begun where consent was given before; None where it must be asked first."""
    found = await hydration.read(request.connection, request.person.id)
    if found is None and consent.agreed(request):
        return await _begin(request)
    return found


async def _begin(request: Request) -> Hydration:
    found = await hydration.read(request.connection, request.person.id)
    if found is not None:
        return found
    state = Hydration(request.person.id, {})
    await hydration.save(request.connection, state, request.now)
    return state


async def _tap(request: Request, state: Hydration, action: Action) -> Sequence[Reply]:
    match action:
        case ("open",):
            return await hydration_view.show(request, state)
        case ("say", question_id, said):
            return await hydration_gate.answer(request, state, question_id, said)
        case ("ask", question_id):
            return await hydration_gate.ask_again(request, question_id)
        case ("answers",):
            return [hydration_cards.answers(request, state)]
        case ("seen",):
            return await hydration_gate.seen(request, state)
        case ("had" | "half" as verb, day, count):
            return await drinks.had(request, state, (day, count), half=verb == "half")
        case ("undo", drink_id) if drink_id.isdecimal():
            return await drinks.undo(request, state, int(drink_id))
        case ("limit",):
            return await hydration_limit.ask(request, state)
        case ("limit", ml) if ml.isdecimal():
            return await hydration_limit.confirm(request, state, int(ml))
        case _:
            return await _tap_on_settings(request, state, action)


async def _tap_on_settings(request: Request, state: Hydration, action: Action) -> Sequence[Reply]:
    match action:
        case ("body",):
            return [hydration_cards.ask_body(request)]
        case ("body", said):
            return await hydration_offer.take_body(request, state, said)
        case ("bed",):
            return [hydration_cards.ask_bedtime(request)]
        case ("bed", digits) if at := from_digits(digits):
            return await _take_bedtime(request, state, at)
        case ("hot" | "cool" as verb,):
            return await _take_hot(request, state, hot=verb == "hot")
        case ("more",):
            return [drink_cards.more(request, state)]
        case _:
            return await _tap_on_times(request, state, action)


async def _tap_on_times(request: Request, state: Hydration, action: Action) -> Sequence[Reply]:
    match action:
        case ("suggest",):
            return await hydration_offer.offer(request, state)
        case ("times",):
            return await hydration_offer.accept(request, state)
        case ("own",):
            return await hydration_offer.ask_times(request, state)
        case ("off",):
            return await _turn_off(request, state)
        case ("on",):
            return await hydration_gate.anew(request, state)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _take_bedtime(request: Request, state: Hydration, at: time) -> Sequence[Reply]:
    changed = await drink_reminders.save(request, state, bedtime=at)
    late = await drink_reminders.refit(request)
    lead = request.say("hydration.ended_late", times=listed(request, late)) if late else ""
    return await hydration_view.show(request, changed, lead)


async def _take_hot(request: Request, state: Hydration, *, hot: bool) -> Sequence[Reply]:
    day = request.today if hot else None
    if state.hot_on == day:
        return [Notice(request.say("occurrences.noted_already"))]
    return await hydration_view.show(
        request, await drink_reminders.save(request, state, hot_on=day)
    )


async def _turn_off(request: Request, state: Hydration) -> Sequence[Reply]:
    """Off: whoever must not be told to drink more only loses the count."""
    mode = Mode.OFF if state.mode is Mode.OPEN else state.mode
    mode = Mode.CLOSED if state.mode is Mode.LIMIT else mode
    limit = None if mode is Mode.CLOSED else state.limit_ml
    changed = await drink_reminders.save(request, state, mode=mode, limit_ml=limit)
    return await hydration_view.show(request, changed)
