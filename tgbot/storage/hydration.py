"""Queries on drinking: what a person answered, and what they drank on which date."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.domain.hydration import Drinker, Mode
from tgbot.domain.reminding import Kind
from tgbot.storage import outbox
from tgbot.storage.dialect import insert_into
from tgbot.storage.models import OccurrenceRow, ReminderRow
from tgbot.storage.models_hydration import DrinkRow, HydrationRow
from tgbot.storage.occurrences import FIRST_ROUND, key_of

BEDTIME: Final = time(22)
KEPT: Final = timedelta(days=100)
"""How long drinks stay, as long as the reminders that asked for them."""


@dataclass(frozen=True, slots=True)
class Hydration:
    """What a person answered about drinking and what follows; ``limit_ml`` is their care team's."""

    person_id: int
    answers: Mapping[str, str]
    mode: Mode = Mode.ASKING
    target_cups: int | None = None
    limit_ml: int | None = None
    bedtime: time = BEDTIME
    hot_on: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The drinks of one date: how many, how much, and the newest one."""

    local_date: date
    count: int
    ml: int
    last_id: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A drink that was taken back."""

    local_date: date
    occurrence_id: int | None


COLUMNS: Final = tuple(getattr(HydrationRow, name) for name in Hydration.__dataclass_fields__)


async def read(connection: AsyncConnection, person_id: int) -> Hydration | None:
    """What is kept of a person's drinking; None when nothing is."""
    rows = await connection.execute(select(*COLUMNS).where(HydrationRow.person_id == person_id))
    row = rows.one_or_none()
    if row is None:
        return None
    _, answers, mode, *rest = row
    return Hydration(person_id, json.loads(answers), Mode(mode), *rest)


async def save(connection: AsyncConnection, state: Hydration, now: datetime) -> None:
    """Keeps it, in the place of what was kept before."""
    values: dict[str, Any] = {
        "answers": json.dumps(dict(state.answers)),
        "mode": state.mode.value,
        "target_cups": state.target_cups,
        "limit_ml": state.limit_ml,
        "bedtime": state.bedtime,
        "hot_on": state.hot_on,
        "updated_at": now,
    }
    statement = insert_into(connection, HydrationRow, {"person_id": state.person_id, **values})
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


async def add_drink(
    connection: AsyncConnection,
    person_id: int,
    local_date: date,
    ml: int,
    now: datetime,
    occurrence_id: int | None = None,
) -> int | None:
    """Notes a drink and returns its id; None when this reminder's drink was noted before."""
    row = {
        "person_id": person_id,
        "local_date": local_date,
        "at": now,
        "ml": ml,
        "occurrence_id": occurrence_id,
    }
    statement = insert_into(connection, DrinkRow, row).on_conflict_do_nothing()
    added: int | None = await connection.scalar(statement.returning(DrinkRow.id))
    return added


async def undo_drink(connection: AsyncConnection, drink_id: int, person_id: int) -> Undone | None:
    """Takes back a drink of this person; None when there is no such one."""
    rows = await connection.execute(
        delete(DrinkRow)
        .where(DrinkRow.id == drink_id, DrinkRow.person_id == person_id)
        .returning(DrinkRow.local_date, DrinkRow.occurrence_id)
    )
    row = rows.one_or_none()
    return None if row is None else Undone(*row)


async def day_of(connection: AsyncConnection, person_id: int, local_date: date) -> Day:
    """What a person drank on a date."""
    rows = await connection.execute(
        select(func.count(), func.coalesce(func.sum(DrinkRow.ml), 0), func.max(DrinkRow.id)).where(
            DrinkRow.person_id == person_id, DrinkRow.local_date == local_date
        )
    )
    return Day(local_date, *rows.one())


async def drinkers(
    connection: AsyncConnection, people: Collection[int], dates: Collection[date]
) -> dict[tuple[int, date | None], Drinker]:
    """What decides about the drink reminders of these people, by person and date.

    With the date None it holds for every date without a drink.
    """
    rows = await connection.execute(
        select(
            HydrationRow.person_id,
            DrinkRow.local_date,
            HydrationRow.mode,
            HydrationRow.target_cups,
            HydrationRow.bedtime,
            func.coalesce(func.sum(DrinkRow.ml), 0),
        )
        .outerjoin(
            DrinkRow,
            and_(
                DrinkRow.person_id == HydrationRow.person_id,
                DrinkRow.local_date.in_(dates),
            ),
        )
        .where(HydrationRow.person_id.in_(people))
        .group_by(
            HydrationRow.person_id,
            DrinkRow.local_date,
            HydrationRow.mode,
            HydrationRow.target_cups,
            HydrationRow.bedtime,
        )
    )
    found: dict[tuple[int, date | None], Drinker] = {}
    for person_id, day, mode, target, bedtime, ml in rows:
        found[person_id, day] = Drinker(mode, target, bedtime, ml)
        found[person_id, None] = Drinker(mode, target, bedtime, 0)
    return found


async def is_drink(connection: AsyncConnection, occurrence_id: int) -> bool:
    """Whether this occurrence is one of a drink reminder."""
    kind = await connection.scalar(
        select(ReminderRow.kind)
        .join(OccurrenceRow, OccurrenceRow.reminder_id == ReminderRow.id)
        .where(OccurrenceRow.id == occurrence_id)
    )
    return bool(kind == Kind.DRINK)


async def withdraw_queued(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Ends the drink reminders of a person that wait in the outbox."""
    ids = await connection.scalars(
        select(OccurrenceRow.id)
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .where(
            ReminderRow.person_id == person_id,
            ReminderRow.kind == Kind.DRINK,
            OccurrenceRow.due > now - timedelta(days=1),
            OccurrenceRow.answer.is_(None),
        )
    )
    await outbox.withdraw(connection, [key_of(one, FIRST_ROUND) for one in ids], now)


async def forget_old(connection: AsyncConnection, now: datetime) -> int:
    """Deletes drinks of long ago; returns how many."""
    result = await connection.execute(delete(DrinkRow).where(DrinkRow.at < now - KEPT))
    return int(result.rowcount)
