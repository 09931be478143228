"""Once the gate is open: how much to aim for, and the times to be reminded at."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Final

from tgbot.domain.hydration import Body, Mode, Times, target_cups
from tgbot.domain.replies import Notice, Reply, Say, Show
from tgbot.domain.times import When, parse_when
from tgbot.services import drink_reminders, hydration_cards, hydration_view
from tgbot.services.drink_words import listed
from tgbot.services.request import Request
from tgbot.services.times_in_words import from_digits, local_now, to_digits
from tgbot.storage import notes
from tgbot.storage.hydration import Hydration
from tgbot.storage.notes import NoteKind

WISH_LASTS: Final = timedelta(days=1)
TIMES: Final = "times"
"""What a note says that waits for typed times."""


async def offer(request: Request, state: Hydration) -> Sequence[Reply]:
    """Asks what is missing still: the aim, then the times."""
    if state.mode is not Mode.OPEN or state.target_cups is None:
        return await hydration_view.show(request, state)
    fine = drink_reminders.allowed(request, state, await _wanted(request))
    return [hydration_cards.suggest(request, state, fine.kept)]


async def take_body(request: Request, state: Hydration, said: str) -> Sequence[Reply]:
    """For whom the usual amount is; the times come next where there are none."""
    if said not in set(Body) or state.mode is not Mode.OPEN:
        return [Notice(request.say("errors.old_button"), alert=True)]
    cups = target_cups(Body(said), request.knowledge.catalogue.hydration.amounts)
    changed = await drink_reminders.save(request, state, target_cups=cups)
    if await drink_reminders.of_person(request):
        return await hydration_view.show(request, changed)
    return await offer(request, changed)


async def keep_wish(request: Request, times: Sequence[time]) -> None:
    """Keeps in mind times that were agreed to, while something else is asked first."""
    data = {"times": [to_digits(at) for at in times], "agreed": True}
    until = request.now + WISH_LASTS
    await notes.write(request.connection, request.person.id, NoteKind.DRINK_TIMES, data, until)


async def accept(request: Request, state: Hydration) -> Sequence[Reply]:
    """Sets the reminders at the times that were wanted, or at the usual ones."""
    if state.mode is not Mode.OPEN or state.target_cups is None:
        return await hydration_view.show(request, state)
    wanted = await _wanted(request)
    await notes.drop(request.connection, request.person.id, NoteKind.DRINK_TIMES)
    if not drink_reminders.allowed(request, state, wanted).kept:
        return [hydration_cards.suggest(request, state, ())]
    if request.person.zone is None:
        await keep_wish(request, wanted)
        return await hydration_view.ask_zone(request)
    times = await drink_reminders.put(request, state, wanted)
    return await hydration_view.show(request, state, _set_words(request, times))


async def go_on(request: Request, state: Hydration) -> Sequence[Reply]:
    """After the zone was asked: sets what had been agreed to, or shows the card."""
    note = await _wish_of(request)
    if note.get("agreed"):
        return await accept(request, state)
    return await hydration_view.show(request, state)


async def _wish_of(request: Request) -> dict[str, object]:
    person_id = request.person.id
    kind = NoteKind.DRINK_TIMES
    return await notes.read(request.connection, person_id, kind, request.now) or {}


async def _wanted(request: Request) -> Sequence[time]:
    """The times that the person wished for; the usual ones where they did not."""
    digits = (await _wish_of(request)).get("times")
    read = [from_digits(str(one)) for one in digits] if isinstance(digits, list) else []
    times = [at for at in read if at is not None]
    return times or request.knowledge.catalogue.hydration.rhythm.usual


def _set_words(request: Request, times: Times) -> str:
    most = request.knowledge.catalogue.hydration.rhythm.most_a_day
    lines = [request.say("hydration.set", times=listed(request, times.kept))]
    if times.at_night:
        late = listed(request, times.at_night)
        lines.append(request.say("hydration.left_night", times=late))
    if times.too_many:
        more = listed(request, times.too_many)
        lines.append(request.say("hydration.left_many", times=more, most=most))
    return "\n".join(lines)


async def ask_times(request: Request, state: Hydration) -> Sequence[Reply]:
    """Asks for times of the person's own choice."""
    if state.mode is not Mode.OPEN:
        return await hydration_view.show(request, state)
    await hydration_view.wait_for(request, {"what": hydration_view.HERE, "step": TIMES})
    most = request.knowledge.catalogue.hydration.rhythm.most_a_day
    return [Show(request.say("hydration.ask_times", most=most))]


async def take_times(request: Request, state: Hydration, words: str) -> Sequence[Reply]:
    """Typed times."""
    times = read_times(request, words)
    if not times:
        return [Say(request.say("hydration.bad_times"))]
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    await keep_wish(request, times)
    return await accept(request, state)


def read_times(request: Request, words: str) -> tuple[time, ...]:
    """The times in a typed text; none when it is not clear which."""
    reading = parse_when(words, local_now(request))
    return reading.times if isinstance(reading, When) else ()
