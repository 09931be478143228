"""Sets and ends the reminders to drink, as the safety answers and the person's nights allow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from tgbot.domain.hydration import Mode, Night, Times, drink_times, lives
from tgbot.domain.reminding import Kind
from tgbot.services.request import Request
from tgbot.services.schedules import planned
from tgbot.services.times_in_words import EVERY_DAY, to_mask
from tgbot.storage import hydration, reminders
from tgbot.storage.hydration import Hydration
from tgbot.storage.reminders import Reminder


def allowed(request: Request, state: Hydration, wanted: Sequence[time]) -> Times:
    """Which of these times can be drink reminders of this person."""
    rhythm = request.knowledge.catalogue.hydration.rhythm
    quiet = request.person.quiet
    night = Night(quiet, state.bedtime, rhythm.stop_before_bed_hours)
    return drink_times(wanted, night, rhythm.most_a_day)


async def of_person(request: Request) -> list[Reminder]:
    """The person's drink reminders, by time of day."""
    return await reminders.of_person(request.connection, request.person.id, Kind.DRINK)


async def put(request: Request, state: Hydration, wanted: Sequence[time]) -> Times:
    """Makes the wanted times the drink reminders, as far as they can be; others end.

    A reminder that is there already stays the same one, so that it does not come twice on a day.
    """
    times = allowed(request, state, wanted)
    there = await of_person(request)
    gone = [one.id for one in there if one.at not in times.kept]
    await reminders.end(request.connection, gone, request.now)
    known = {one.at for one in there}
    for at in times.kept:
        if at not in known:
            draft = Reminder(
                0, request.person.id, Kind.DRINK, at, to_mask(EVERY_DAY), None, None, None
            )
            plan = planned(draft, request.person.zone or "UTC", request.now)
            await reminders.add(request.connection, plan, request.now)
    await refit(request)
    return times


async def refit(request: Request) -> Sequence[time]:
    """Ends drink reminders that now come too late in the day, and limits how late the rest may be.

    To be called after a change of their times, of bedtime, or of quiet hours; returns what ended.
    """
    state = await hydration.read(request.connection, request.person.id)
    there = await of_person(request)
    if state is None or not there:
        return ()
    fine = allowed(request, state, [one.at for one in there]).kept
    late = [one for one in there if one.at not in fine]
    await reminders.end(request.connection, [one.id for one in late], request.now)
    stop = request.knowledge.catalogue.hydration.rhythm.stop_before_bed_hours
    for at, minutes in lives(fine, state.bedtime, stop).items():
        for one in there:
            if one.at == at and one.lives != minutes:
                await reminders.change(request.connection, one.id, lives=minutes)
    return [one.at for one in late]


async def end_all(request: Request) -> None:
    """Ends all drink reminders at once, those that wait to be sent as well."""
    await hydration.withdraw_queued(request.connection, request.person.id, request.now)
    there = await of_person(request)
    await reminders.end(request.connection, [one.id for one in there], request.now)


async def save(request: Request, state: Hydration, **changes: object) -> Hydration:
    """Keeps the state with some changes; where it may not remind any more, the reminders end."""
    changed = replace(state, **changes)  # type: ignore[arg-type]
    await hydration.save(request.connection, changed, request.now)
    if changed.mode is not Mode.OPEN:
        await end_all(request)
    return changed
