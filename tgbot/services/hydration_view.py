"""The one card about drinking that fits where a person stands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, assert_never

from tgbot.domain.hydration import Mode, judge
from tgbot.domain.replies import Reply, Show
from tgbot.services import drink_cards, drink_reminders, hydration_cards
from tgbot.services.request import Request
from tgbot.storage import hydration, notes
from tgbot.storage.hydration import Day, Hydration
from tgbot.storage.notes import NoteKind

PATIENCE: Final = timedelta(minutes=30)
HERE: Final = "drink"
"""What a note says that waits for an answer which belongs here."""


async def show(request: Request, state: Hydration, lead: str = "") -> Sequence[Reply]:
    """The card for the person's mode; ``lead`` stands above today's count."""
    match state.mode:
        case Mode.ASKING | Mode.TODAY | Mode.CLOSED | Mode.DOCTOR:
            return [_gate_card(request, state)]
        case Mode.OFF:
            return [hydration_cards.off(request)]
        case Mode.OPEN if state.target_cups is None:
            return [hydration_cards.ask_body(request)]
        case Mode.OPEN | Mode.LIMIT if request.person.zone is None:
            return await ask_zone(request)
        case Mode.LIMIT:
            hot = hot_words(request, state)
            return [drink_cards.countdown(request, state, await day_of(request), hot)]
        case Mode.OPEN:
            times = await drink_reminders.of_person(request)
            day = await day_of(request)
            hot = hot_words(request, state)
            return [drink_cards.counting(request, state, day, times, hot, lead)]
        case _:
            assert_never(state.mode)


def _gate_card(request: Request, state: Hydration) -> Show:
    """The question that is next, or what the one that decided means."""
    questions = request.knowledge.catalogue.hydration
    question = questions.question(judge(state.answers, questions.questions).question)
    if question is None or state.mode is Mode.ASKING:
        return hydration_cards.ask(request, question or questions.questions[0], again=False)
    hot = hot_words(request, state)
    if state.mode is Mode.TODAY:
        return hydration_cards.today(request, question)
    if state.mode is Mode.DOCTOR:
        return hydration_cards.doctor(request, question, hot)
    return hydration_cards.closed(request, question, hot)


async def day_of(request: Request, local_date: date | None = None) -> Day:
    """What the person drank on a date; today when none is named."""
    day = local_date or request.today
    return await hydration.day_of(request.connection, request.person.id, day)


def hot_words(request: Request, state: Hydration) -> str:
    """What to do on a hot day, if the person said that today is one."""
    if state.hot_on != request.today:
        return ""
    hot = request.knowledge.catalogue.hydration.hot
    return hot.open if state.mode is Mode.OPEN else hot.closed


async def wait_for(request: Request, data: Mapping[str, Any]) -> None:
    """The next text answers this question."""
    until: datetime = request.now + PATIENCE
    person_id = request.person.id
    await notes.write(request.connection, person_id, NoteKind.EXPECTING, data, until)


async def ask_zone(request: Request) -> Sequence[Reply]:
    """Asks where the person's clock is; the drinks go on once that is known."""
    await wait_for(request, {"what": "zone", "then": HERE})
    return [Show(request.say("reminders.ask_zone"))]
