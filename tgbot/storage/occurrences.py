"""Queries on occurrences: claiming what is due, noting it once for its date, asking again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from tgbot.domain.reminding import Quiet
from tgbot.storage.bulk import write
from tgbot.storage.models import OccurrenceRow, OutboxRow, PersonRow, ReminderRow
from tgbot.storage.reminders import COLUMNS, Reminder


class Due(NamedTuple):
    """A reminder whose time has come, with what its person's settings say.

    This and the next ones are tuples: they are made by the thousand, and go to the database as such.
    """

    reminder: Reminder
    zone: str
    silent: bool
    """The person stopped all reminders or blocked the bot."""
    on_hold: bool
    """A danger sign was named and nobody has said yet that a doctor has seen to it."""
    quiet_from: time
    quiet_to: time
    open_text: bool
    """The person wants to read on the lock screen what it is about."""
    passed: bool
    """A newer reminder of the same kind is due too, or has been sent already."""

    @property
    def quiet(self) -> Quiet:
        """The person's quiet hours."""
        return Quiet(self.quiet_from, self.quiet_to)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reminder on one date."""

    id: int
    reminder_id: int
    local_date: date
    due: datetime
    answer: str | None
    again_at: datetime | None
    again_for: str | None
    snoozes: int


class NewOccurrence(NamedTuple):
    """What is noted of a reminder on a date; ``answer`` is why it was not sent, if it was not."""

    reminder_id: int
    local_date: date
    due: datetime
    answer: str | None
    nudge_at: datetime | None


class Plan(NamedTuple):
    """When a reminder is due next, and the newest date that has its occurrence."""

    id: int
    next_due: datetime
    next_date: date
    last_date: date | None
    paused_until: datetime | None = None


SETTINGS: Final = (
    func.coalesce(PersonRow.zone, "UTC"),
    or_(PersonRow.stopped_at.is_not(None), PersonRow.blocked_at.is_not(None)),
    PersonRow.warned_at.is_not(None),
    PersonRow.quiet_from,
    PersonRow.quiet_to,
    PersonRow.open_text,
)
"""What ``Due`` holds after its reminder, but for ``passed``."""

OCCURRENCE: Final = tuple(getattr(OccurrenceRow, name) for name in Occurrence.__dataclass_fields__)
FIRST_ROUND: Final = "0"
NUDGE: Final = "nudge"
SNOOZE: Final = "snooze"
"""For what an occurrence is asked again."""


def key_of(occurrence_id: int, round_: str) -> str:
    """What names the message of an occurrence in the outbox: one for each time it is asked."""
    return f"o{occurrence_id}:{round_}"


_Other = aliased(ReminderRow)
_PASSED: Final = or_(
    exists().where(
        _Other.person_id == ReminderRow.person_id,
        _Other.kind == ReminderRow.kind,
        _Other.next_due <= bindparam("now"),
        or_(
            _Other.next_due > ReminderRow.next_due,
            and_(_Other.next_due == ReminderRow.next_due, _Other.id > ReminderRow.id),
        ),
    ),
    # A newer one may have been sent by another process, or before this one was rolled back.
    and_(
        ReminderRow.next_due < bindparam("late"),
        exists().where(
            _Other.person_id == ReminderRow.person_id,
            _Other.kind == ReminderRow.kind,
            OccurrenceRow.reminder_id == _Other.id,
            OccurrenceRow.due > ReminderRow.next_due,
        ),
    ),
)
CLAIM: Final = (
    select(*COLUMNS, *SETTINGS, _PASSED)
    .join(PersonRow, PersonRow.id == ReminderRow.person_id)
    .where(ReminderRow.next_due <= bindparam("now"))
    .order_by(ReminderRow.next_due, ReminderRow.id)  # the newest of a kind is in the last batch
    .limit(bindparam("most"))
    .with_for_update(of=ReminderRow, skip_locked=True)
)
_Newer: Final = aliased(OccurrenceRow)
_PASSED_AGAIN: Final = exists().where(
    _Other.person_id == ReminderRow.person_id,
    _Other.kind == ReminderRow.kind,
    _Newer.reminder_id == _Other.id,
    or_(
        _Newer.due > OccurrenceRow.due,
        and_(_Newer.due == OccurrenceRow.due, _Other.id > OccurrenceRow.reminder_id),
    ),
)
CLAIM_AGAIN: Final = (
    select(*OCCURRENCE, *COLUMNS, *SETTINGS, _PASSED_AGAIN)
    .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
    .join(PersonRow, PersonRow.id == ReminderRow.person_id)
    .where(OccurrenceRow.again_at <= bindparam("now"))
    .order_by(OccurrenceRow.again_at)
    .limit(bindparam("most"))
    .with_for_update(of=OccurrenceRow, skip_locked=True)
)
"""Made once: they run every second."""


async def claim(connection: AsyncConnection, now: datetime, late: datetime, most: int) -> list[Due]:
    """Reminders that are due, longest first, locked until the transaction ends.

    ``late``: those due before it may have been overtaken by a newer one of their kind.
    """
    rows = await connection.execute(CLAIM, {"now": now, "late": late, "most": most})
    return [_due(row) for row in rows]


def _due(row: Sequence[Any]) -> Due:
    return Due(Reminder(*row[:_SETTINGS_FROM]), *row[_SETTINGS_FROM:])


_SETTINGS_FROM: Final = len(COLUMNS)


ADVANCE: Final = (
    "UPDATE reminders SET next_due = v.due, next_date = v.day, last_date = v.last,"
    " paused_until = v.paused FROM {rows} WHERE reminders.id = v.id"
)
ADVANCE_COLUMNS: Final = (
    ("id", "bigint"),
    ("due", "timestamptz"),
    ("day", "date"),
    ("last", "date"),
    ("paused", "timestamptz"),
)
ADD: Final = (
    "INSERT INTO occurrences"
    " (reminder_id, local_date, due, answer, again_at, again_for, slot, snoozes)"
    " SELECT reminder, day, due, answer, nudge_at, CASE WHEN nudge_at IS NOT NULL THEN {nudge} END,"
    " 0, 0 FROM {rows} WHERE true ON CONFLICT DO NOTHING RETURNING reminder_id, id"
).replace("{nudge}", f"'{NUDGE}'")
ADD_COLUMNS: Final = (
    ("reminder", "bigint"),
    ("day", "date"),
    ("due", "timestamptz"),
    ("answer", "varchar"),
    ("nudge_at", "timestamptz"),
)


async def advance(connection: AsyncConnection, plans: Sequence[Plan]) -> None:
    """Sets when each of these reminders is due next, and until when it is paused."""
    if plans:
        await write(connection, ADVANCE, ADVANCE_COLUMNS, plans)


async def add_all(connection: AsyncConnection, new: Sequence[NewOccurrence]) -> dict[int, int]:
    """Adds occurrences that are not there yet; returns the id of each new one by reminder."""
    if not new:
        return {}
    added = await write(connection, ADD, ADD_COLUMNS, new)
    return {row[0]: row[1] for row in added}


async def find(
    connection: AsyncConnection, occurrence_id: int, person_id: int
) -> Occurrence | None:
    """The occurrence of that id, only if its reminder is this person's."""
    rows = await connection.execute(
        select(*OCCURRENCE)
        .join(ReminderRow, ReminderRow.id == OccurrenceRow.reminder_id)
        .where(OccurrenceRow.id == occurrence_id, ReminderRow.person_id == person_id)
    )
    row = rows.one_or_none()
    return None if row is None else Occurrence(*row)


async def change(connection: AsyncConnection, occurrence_id: int, **values: Any) -> None:  # noqa: ANN401 - any column
    """Sets some columns of an occurrence."""
    await connection.execute(
        update(OccurrenceRow).where(OccurrenceRow.id == occurrence_id).values(**values)
    )


async def claim_again(
    connection: AsyncConnection, now: datetime, most: int
) -> list[tuple[Occurrence, Due]]:
    """Occurrences that are to be asked again now: snoozed ones, and those that were not answered."""
    rows = await connection.execute(CLAIM_AGAIN, {"now": now, "most": most})
    split = len(OCCURRENCE)
    return [(Occurrence(*row[:split]), _due(row[split:])) for row in rows]


async def settle_again(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """These are not asked again."""
    if ids:
        await connection.execute(
            update(OccurrenceRow)
            .where(OccurrenceRow.id.in_(ids))
            .values(again_at=None, again_for=None)
        )


async def settle_again_of(connection: AsyncConnection, reminder_ids: Sequence[int]) -> None:
    """Nothing that came of these reminders is asked again: they pause."""
    await connection.execute(
        update(OccurrenceRow)
        .where(OccurrenceRow.reminder_id.in_(reminder_ids), OccurrenceRow.again_at.is_not(None))
        .values(again_at=None, again_for=None)
    )


async def sent_of(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    """Those of these occurrences whose first message has reached Telegram."""
    keys = {f"{key_of(one, FIRST_ROUND)}:0": one for one in ids}
    rows = await connection.scalars(
        select(OutboxRow.key).where(OutboxRow.key.in_(keys), OutboxRow.outcome == "sent")
    )
    return {keys[key] for key in rows}


async def count_due(connection: AsyncConnection, now: datetime, most: int) -> int:
    """How many reminders are due, counted up to ``most``."""
    due = select(ReminderRow.id).where(ReminderRow.next_due <= now).limit(most).subquery()
    return int(await connection.scalar(select(func.count()).select_from(due)) or 0)
