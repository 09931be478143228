"""Which reminders that are due stay silent for a reason of their kind: drinks that are not wanted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from content.schema.hydration import Hydration as Content
from tgbot.domain.hydration import Drinker, Night, withheld
from tgbot.domain.reminding import Kind
from tgbot.storage import hydration
from tgbot.storage.occurrences import Due


async def find_withheld(
    connection: AsyncConnection, due: Sequence[Due], content: Content, now: datetime
) -> frozenset[int]:
    """The ids of those of these reminders that are not to be sent; one query for all of them."""
    drinks = [one for one in due if one.reminder.kind == Kind.DRINK]
    if not drinks:
        return frozenset()
    people = {one.reminder.person_id for one in drinks}
    dates = {one.reminder.next_date for one in drinks if one.reminder.next_date is not None}
    found = await hydration.drinkers(connection, people, dates)
    return frozenset(one.reminder.id for one in drinks if _withheld(one, found, content, now))


def _withheld(
    one: Due, found: Mapping[tuple[int, date | None], Drinker], content: Content, now: datetime
) -> bool:
    person_id = one.reminder.person_id
    drinker = found.get((person_id, one.reminder.next_date), found.get((person_id, None)))
    if drinker is None:
        return True
    night = Night(one.quiet, drinker.bedtime, content.rhythm.stop_before_bed_hours)
    clock = now.astimezone(ZoneInfo(one.zone)).time()
    cup = content.amounts.cup_ml
    return withheld(drinker, night, (one.reminder.at, clock), cup, on_hold=one.on_hold)
