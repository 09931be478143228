"""Drinks as they are counted: from the card, under a reminder, and taken back."""

from collections.abc import Sequence

from tgbot.domain.fluid_limit import Countdown
from tgbot.domain.hydration import Mode
from tgbot.domain.replies import Notice, Reply, Show, column
from tgbot.services import drink_cards, hydration_view
from tgbot.services.drink_words import aim, button, cups_words, date_words
from tgbot.services.request import Request
from tgbot.storage import hydration, occurrences
from tgbot.storage.hydration import Day, Hydration
from tgbot.storage.occurrences import Occurrence


async def had(
    request: Request, state: Hydration, revision: Sequence[str], *, half: bool
) -> Sequence[Reply]:
    """A drink from the card. The card's date and count say whether this tap came before."""
    if state.mode not in {Mode.OPEN, Mode.LIMIT} or request.person.zone is None:
        return await hydration_view.show(request, state)
    day = await hydration_view.day_of(request)
    date, count = revision
    if date != f"{day.local_date:%Y%m%d}":
        notice = Notice(request.say("hydration.new_day"), alert=True)
        return [notice, *await hydration_view.show(request, state)]
    if count != str(day.count):
        # An older card is brought up to date, so that the next tap on it can count.
        again = Notice(request.say("hydration.again"))
        return [again, *await hydration_view.show(request, state)]
    cup = request.knowledge.catalogue.hydration.amounts.cup_ml
    await hydration.add_drink(
        request.connection,
        request.person.id,
        day.local_date,
        cup // 2 if half else cup,
        request.now,
    )
    return await hydration_view.show(request, state)


async def drank(request: Request, found: Occurrence) -> Sequence[Reply]:
    """A tap under a reminder, perhaps late: it counts once, for the date of the reminder."""
    state = await hydration.read(request.connection, request.person.id)
    if state is None or not await hydration.is_drink(request.connection, found.id):
        return [Notice(request.say("errors.old_button"), alert=True)]
    cup = request.knowledge.catalogue.hydration.amounts.cup_ml
    drink_id = await hydration.add_drink(
        request.connection, request.person.id, found.local_date, cup, request.now, found.id
    )
    if drink_id is None:
        return [Notice(request.say("occurrences.noted_already"))]
    await occurrences.change(request.connection, found.id, answer="drank", answered_at=request.now)
    day = await hydration_view.day_of(request, found.local_date)
    undo = button(request, "hydration.undo_button", "undo", str(drink_id))
    card = button(request, "hydration.today_button", "open")
    return [Show(_noted(request, state, day), column(card, undo))]


def _noted(request: Request, state: Hydration, day: Day) -> str:
    if state.mode is Mode.LIMIT and state.limit_ml is not None:
        return drink_cards.count_down(request, Countdown(day.ml, state.limit_ml))
    if state.mode is not Mode.OPEN or state.target_cups is None:
        return request.say("hydration.noted_only")
    if day.local_date != request.today:
        return request.say("hydration.noted_late", date=date_words(request, day.local_date))
    number = cups_words(request, day.ml).split()[0]
    text = request.say("hydration.noted", had=number, cups=aim(request, state))
    if drink_cards.is_met(request, state, day):
        text += "\n" + request.say("hydration.card_met")
    return text


async def undo(request: Request, state: Hydration, drink_id: int) -> Sequence[Reply]:
    """Takes a drink back; the reminder that it answered counts as skipped."""
    undone = await hydration.undo_drink(request.connection, drink_id, request.person.id)
    if undone is None:
        return [Notice(request.say("hydration.undone_already"))]
    if undone.occurrence_id is not None:
        await occurrences.change(request.connection, undone.occurrence_id, answer="skip")
    return await hydration_view.show(request, state)
