"""When to ask again after a symptom check, and until when asking still makes sense."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from content.schema.checkup import Level

AFTER: Final[Mapping[Level, int]] = {"same_day": 1, "soon": 3, "self_care": 14}
"""Days from a result to the question how it is now; an emergency is not asked about by a bot."""

HOUR: Final = time(10)
"""The local time at which a follow-up comes."""

DECENT: Final = (time(8), time(21))
"""A follow-up comes from the first to the second local time, also after a downtime."""

STALE: Final = timedelta(days=3)
"""A follow-up later than this is dropped: what it asks about has passed."""

LONGEST: Final = timedelta(hours=11)


def due(level: Level, finished: datetime, zone: str | None) -> datetime | None:
    """When to ask after a check that ended at ``finished``; None when nothing is asked.

    Where the zone is known it is ten in the morning, else the same time of day as the check.
    """
    days = AFTER.get(level)
    if days is None:
        return None
    if zone is None:
        return finished + timedelta(days=days)
    local = ZoneInfo(zone)
    day = finished.astimezone(local).date() + timedelta(days=days)
    return datetime.combine(day, HOUR, local).astimezone(UTC)


def decent(now: datetime, zone: str | None) -> datetime:
    """``now``, or the next ten in the morning when it is too late or too early there."""
    if zone is None:
        return now
    local = now.astimezone(ZoneInfo(zone))
    opens, closes = DECENT
    if opens <= local.time() < closes:
        return now
    day = local.date() + timedelta(days=local.time() >= closes)
    return datetime.combine(day, HOUR, local.tzinfo).astimezone(UTC)


def lives(now: datetime, zone: str | None) -> timedelta:
    """How long a follow-up owed now is worth sending: until the evening, where that is known."""
    if zone is None:
        return LONGEST
    local = now.astimezone(ZoneInfo(zone))
    evening = datetime.combine(local.date(), DECENT[1], local.tzinfo)
    return max(timedelta(minutes=1), min(evening.astimezone(UTC) - now.astimezone(UTC), LONGEST))
