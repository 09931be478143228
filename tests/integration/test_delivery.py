"""The engine on both databases: what is claimed, what is owed, and what stays silent."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from tgbot.domain.delivery import SendClass
from tgbot.domain.hydration import Mode
from tgbot.domain.reminding import LIVES, WIDEST_SPREAD, Kind, spread
from tgbot.services import delivery, pauses
from tgbot.services.delivery import AT_ONCE, BATCH, Pace, deliver_again, deliver_due
from tgbot.services.request import Request
from tgbot.services.schedules import data_changed, planned, refresh_page, replan
from tgbot.storage import facts, hydration, occurrences, outbox, people, reminders
from tgbot.storage.hydration import Hydration
from tgbot.storage.ledger import past_of
from tgbot.storage.models import OccurrenceRow, OutboxRow, ReminderRow
from tgbot.storage.occurrences import NUDGE, SNOOZE
from tgbot.storage.reminders import Reminder

TODAY = date(2026, 11, 20)
ANN = 7
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
BUSY = Pace(10_000, 20.0)


def at(text, day=TODAY):
    return datetime.combine(day, time.fromisoformat(text), UTC)


EVE = at("20:00", TODAY - timedelta(days=1))


class Bot:
    """One bot on one database, at the times that a test says."""

    def __init__(self, engine, knowledge):
        self.engine = engine
        self.knowledge = knowledge
        self.seen = 0

    async def run(self, job, *arguments):
        async with self.engine.begin() as connection:
            return await job(connection, *arguments)

    async def person(self, person_id=ANN, **values):
        async with self.engine.begin() as connection:
            await people.ensure(connection, person_id, EVE)
            await people.change(connection, person_id, **{"zone": "UTC", **values})

    async def remind(self, clock, kind=Kind.EXERCISE, person_id=ANN, now=EVE, **values):
        new = Reminder(
            0, person_id, kind, time.fromisoformat(clock), 127, None, None, None,
            lives=LIVES[kind],
        )  # fmt: skip
        new = replace(new, **values)
        async with self.engine.begin() as connection:
            person = await people.find(connection, person_id)
            if kind is Kind.DRINK:
                open_gate = Hydration(person_id, {}, Mode.OPEN, target_cups=8)
                await hydration.save(connection, open_gate, now)
            return await reminders.add(connection, planned(new, person.zone, now), now)

    async def tick(self, now, pace=AT_ONCE):
        """What is owed by this tick: each message with its words."""
        async with self.engine.begin() as connection:
            await deliver_due(connection, self.knowledge, now, pace)
            await deliver_again(connection, self.knowledge, now, pace)
            found = await connection.execute(
                select(*OutboxRow.__table__.c)
                .where(OutboxRow.id > self.seen)
                .order_by(OutboxRow.id)
            )
            rows = found.all()
        self.seen = rows[-1].id if rows else self.seen
        return rows

    async def send(self, now):
        """Everything that may go now reaches Telegram."""
        async with self.engine.begin() as connection:
            calls = await outbox.ready(connection, SendClass.BULK, (), now, BATCH)
            await outbox.lease(connection, [one.id for one in calls], "me", now)
            if calls:
                ends = [(one.id, outbox.Outcome.SENT) for one in calls]
                await outbox.finish_all(connection, "me", ends, now)

    async def noted(self):
        """Each occurrence: reminder, date, and why it was not sent, or what was answered."""
        async with self.engine.begin() as connection:
            return list((await past_of(connection, ANN)).dates)

    async def snooze(self, until, **values):
        async with self.engine.begin() as connection:
            found = await connection.scalar(select(OccurrenceRow.id).order_by(-OccurrenceRow.id))
            values = {"again_at": until, "again_for": SNOOZE, "snoozes": 1, **values}
            await occurrences.change(connection, found, **values)


@pytest.fixture
async def bot(engine, knowledge):
    bot = Bot(engine, knowledge)
    await bot.person(quiet_from=time(21), quiet_to=time(7))
    return bot


@pytest.fixture
def postgres_only(engine):
    """SQLite has one process only (tgbot/storage/lock.py)."""
    if engine.dialect.name != "postgresql":
        pytest.skip("one process only")


def words(row):
    return json.loads(row.params)["text"]


# Coming back after a while.


async def test_after_a_downtime_the_newest_of_a_kind_comes_and_says_that_it_is_late(bot):
    early, newest = await bot.remind("07:30"), await bot.remind("08:00")
    drink = await bot.remind("08:10", Kind.DRINK)
    exercise, other = await bot.tick(at("08:20"))
    assert "late" in words(exercise)
    assert "08:00" in words(exercise)
    assert "late" not in words(other)
    assert sorted(await bot.noted()) == sorted(
        [(early, TODAY, "passed"), (newest, TODAY, None), (drink, TODAY, None)]
    )
    assert await bot.tick(at("08:21")) == []


async def test_a_minute_late_is_not_called_late(bot):
    await bot.remind("08:00")
    (row,) = await bot.tick(at("08:09"))
    assert "late" not in words(row)


async def test_an_older_one_is_dropped_when_another_process_has_sent_the_newest(bot, engine):
    early, newest = await bot.remind("07:30"), await bot.remind("08:00")
    async with engine.begin() as connection:  # the other process is still at the older one
        due = await connection.scalar(select(ReminderRow.next_due).where(ReminderRow.id == early))
        await reminders.change(connection, early, next_due=None)
    assert len(await bot.tick(at("08:20"))) == 1
    await bot.run(lambda c: reminders.change(c, early, next_due=due))
    assert await bot.tick(at("08:20")) == []
    assert (early, TODAY, "passed") in await bot.noted()
    assert (newest, TODAY, None) in await bot.noted()


async def test_after_days_of_downtime_today_s_reminder_comes_late_and_older_ones_do_not(bot):
    """The promise: up to three hours late it is sent once; which day the bot went down is no matter."""
    exercise = await bot.remind("08:00")
    evening = await bot.remind("18:00")
    drink = await bot.remind("08:00", Kind.DRINK)
    back = TODAY + timedelta(days=5)
    one, other = await bot.tick(at("08:15", back))
    assert "late" in words(one)
    assert "late" in words(other)
    assert sorted(await bot.noted()) == sorted(
        [
            (exercise, TODAY, "missed"),
            (evening, TODAY, "missed"),
            (drink, TODAY, "missed"),
            (exercise, back, None),
            (drink, back, None),
        ]
    )
    assert await bot.tick(at("08:16", back)) == []
    assert len(await bot.tick(at("18:00", back))) == 1


async def test_after_days_of_downtime_a_reminder_that_is_too_late_today_waits_for_tomorrow(bot):
    await bot.remind("08:00")
    back = TODAY + timedelta(days=5)
    assert await bot.tick(at("11:00", back)) == []
    assert await bot.tick(at("11:01", back)) == []
    assert len(await bot.tick(at("08:00", back + timedelta(days=1)))) == 1


async def test_two_at_one_time_are_one_message_even_when_a_batch_parts_them(bot, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 1)
    for _ in range(3):
        await bot.remind("08:00")
    rows = [row for second in range(4) for row in await bot.tick(at("08:00") + second * SECOND)]
    assert len(rows) == 1
    assert [why for *_, why in await bot.noted()].count("passed") == 2


async def test_a_reminder_whose_zone_data_changed_is_put_off_to_its_new_instant(bot):
    one = await bot.remind("08:00")
    await bot.run(lambda c: reminders.change(c, one, next_due=at("07:00")))
    assert await bot.tick(at("07:00")) == []
    assert await bot.noted() == []
    assert await bot.run(lambda c: reminders.next_due(c, at("07:00"))) == at("08:00")
    (row,) = await bot.tick(at("08:00"))
    assert "late" not in words(row)
    assert await bot.noted() == [(one, TODAY, None)]


async def test_other_zone_data_plan_anew_what_waits_and_leave_what_is_overdue(bot):
    waiting, overdue = await bot.remind("09:00"), await bot.remind("07:30")
    for one, due in ((waiting, "10:00"), (overdue, "07:40")):
        await bot.run(lambda c, one=one, due=due: reminders.change(c, one, next_due=at(due)))
    await bot.run(lambda c: facts.write(c, "tzdata", "1970a"))
    assert await bot.run(data_changed)
    assert await bot.run(refresh_page, 0, at("08:00")) is None
    assert not await bot.run(data_changed)
    found = {one.id: one.next_due for one in await bot.run(reminders.of_person, ANN)}
    assert found == {waiting: at("09:00"), overdue: at("07:40")}


async def test_who_stopped_or_blocked_gets_nothing_and_no_catching_up_either(bot):
    one = await bot.remind("08:00")
    for day, silence in enumerate(({"stopped_at": EVE}, {"blocked_at": EVE})):
        await bot.person(**silence)
        assert await bot.tick(at("08:00", TODAY + day * DAY)) == []
        await bot.person(**dict.fromkeys(silence))
        assert await bot.tick(at("08:01", TODAY + day * DAY)) == []
    assert [why for *_, why in await bot.noted()] == ["silent", "silent"]
    assert len(await bot.tick(at("08:00", TODAY + 2 * DAY))) == 1
    assert await bot.noted()
    assert one


async def test_stop_takes_back_what_still_waits_to_be_sent(bot, knowledge):
    await bot.person(8)
    for person_id in (ANN, 8):
        await bot.remind("08:00", person_id=person_id)
    await bot.tick(at("08:00"), BUSY)

    async def stop(connection):
        person = await people.find(connection, ANN)
        await pauses.stop_all(Request(connection, at("08:00"), knowledge, person))

    await bot.run(stop)
    async with bot.engine.begin() as connection:
        left = await outbox.ready(connection, SendClass.BULK, (), at("08:10"), BATCH)
    assert [one.chat_id for one in left] == [8]


async def test_a_time_in_the_quiet_hours_rings_only_when_that_was_wished(bot):
    meant = await bot.remind("06:00", despite_quiet=True)
    not_meant = await bot.remind("06:30", Kind.DRINK)
    assert len(await bot.tick(at("06:00"))) == 1
    assert await bot.tick(at("06:30")) == []
    assert await bot.noted() == [(meant, TODAY, None), (not_meant, TODAY, "quiet")]


async def test_the_first_one_after_a_pause_says_so_and_the_next_does_not(bot):
    await bot.remind("08:00", paused_until=at("12:00"))
    assert await bot.tick(at("08:00")) == []
    (first,) = await bot.tick(at("08:00", TODAY + DAY))
    (second,) = await bot.tick(at("08:00", TODAY + 2 * DAY))
    assert "Your pause is over" in words(first)
    assert "pause" not in words(second)


async def test_a_new_zone_on_the_same_day_brings_no_second_one(bot):
    await bot.remind("08:00")
    assert len(await bot.tick(at("08:00"))) == 1
    await bot.person(zone="America/New_York")
    await bot.run(replan, ANN, "America/New_York", at("08:05"))
    assert await bot.tick(at("13:00")) == []
    assert len(await bot.tick(at("13:00", TODAY + DAY))) == 1


# How long a message may wait, and when it leaves.


@pytest.mark.parametrize(
    ("clock", "zone", "until"),
    [
        ("09:00", "UTC", "12:00"),
        ("20:00", "UTC", "21:00"),
        ("19:00", "Asia/Kathmandu", "15:15"),
    ],
)
async def test_a_message_expires_after_its_life_or_when_the_quiet_hours_begin(
    bot, clock, zone, until
):
    await bot.person(zone=zone)
    await bot.remind(clock)
    due = await bot.run(lambda c: reminders.next_due(c, EVE))
    (row,) = await bot.tick(due)
    assert row.expires_at == at(until)


async def test_a_message_expires_at_the_end_of_its_local_date(bot):
    await bot.remind("22:30", despite_quiet=True)
    (row,) = await bot.tick(at("22:30"))
    assert row.expires_at == at("00:00", TODAY + DAY)


async def test_a_backlog_is_spread_by_person_and_the_nudge_moves_with_it(bot):
    many = range(100, 120)
    for person_id in many:
        await bot.person(person_id)
        await bot.remind("08:00", person_id=person_id)
    rows = await bot.tick(at("08:00"), BUSY)
    waits = {row.chat_id: row.available_at - at("08:00") for row in rows}
    assert waits == {one: spread(one, BUSY.backlog, BUSY.per_second) for one in many}
    assert len(set(waits.values())) > 10
    assert all(timedelta() <= wait < WIDEST_SPREAD for wait in waits.values())
    async with bot.engine.begin() as connection:
        first = await connection.scalar(select(func.min(OccurrenceRow.again_at)))
    assert first == at("08:30") + min(waits.values())


async def test_without_a_backlog_nothing_waits(bot):
    await bot.remind("08:00")
    (row,) = await bot.tick(at("08:00"), Pace(100, 28.0))
    assert row.available_at == at("08:00")


# Asking again.


async def test_one_nudge_follows_a_reminder_that_was_sent_and_not_answered(bot):
    await bot.remind("08:00")
    await bot.tick(at("08:00"))
    await bot.send(at("08:00"))
    (row,) = await bot.tick(at("08:30"))
    assert "half an hour ago" in words(row)
    assert await bot.tick(at("09:00")) == []


async def test_no_nudge_follows_one_that_has_not_reached_telegram(bot):
    await bot.remind("08:00")
    await bot.tick(at("08:00"))
    assert await bot.tick(at("08:30")) == []
    await bot.send(at("08:31"))
    assert await bot.tick(at("08:32")) == []


async def test_no_nudge_follows_an_answer_a_drink_or_a_hold(bot):
    await bot.remind("08:00")
    await bot.remind("08:00", Kind.DRINK)
    await bot.tick(at("08:00"))
    await bot.send(at("08:00"))
    async with bot.engine.begin() as connection:
        await connection.execute(update(OccurrenceRow).values(answer="done"))
    assert await bot.tick(at("08:30")) == []
    await bot.person(warned_at=at("09:00"))
    await bot.tick(at("08:00", TODAY + DAY))
    await bot.send(at("08:00", TODAY + DAY))
    assert await bot.tick(at("08:30", TODAY + DAY)) == []


async def test_a_nudge_never_rings_in_the_quiet_hours(bot):
    await bot.remind("20:45")
    await bot.tick(at("20:45"))
    await bot.send(at("20:45"))
    assert await bot.tick(at("21:15")) == []
    await bot.remind("15:00", now=at("22:00"))
    await bot.tick(at("15:00", TODAY + DAY))
    await bot.send(at("15:00", TODAY + DAY))
    await bot.person(quiet_from=time(15, 20))  # changed since
    assert await bot.tick(at("15:30", TODAY + DAY)) == []


async def test_of_two_sent_for_one_instant_only_the_newer_asks_again(bot):
    """As after a clock that was set back: the second was set when the first had been sent."""
    for _ in range(2):
        await bot.remind("08:00")
        await bot.tick(at("08:00"))
        await bot.send(at("08:00"))
    assert len(await bot.noted()) == 2
    (row,) = await bot.tick(at("08:30"))
    assert row.key == "o2:nudge:0"


@pytest.mark.parametrize("again_for", [SNOOZE, NUDGE])
async def test_nothing_asks_again_while_the_reminder_is_paused(bot, again_for):
    one = await bot.remind("08:00")
    await bot.tick(at("08:00"))
    await bot.send(at("08:00"))
    await bot.snooze(at("08:30"), again_for=again_for)
    await bot.run(lambda c: reminders.change(c, one, paused_until=at("00:00", TODAY + 7 * DAY)))
    assert await bot.tick(at("08:30")) == []


@pytest.mark.parametrize(("late", "rings"), [(0, True), (59, True), (60, False), (300, False)])
async def test_a_snooze_rings_at_its_time_or_up_to_an_hour_late(bot, late, rings):
    await bot.remind("08:00")
    await bot.tick(at("08:00"))
    await bot.snooze(at("12:00"))
    rows = await bot.tick(at("12:00") + timedelta(minutes=late))
    assert [words(row).startswith("Hello again") for row in rows] == [True] * rings
    assert await bot.tick(at("18:00")) == []


async def test_a_snooze_is_dropped_when_a_newer_one_of_its_kind_has_come(bot):
    await bot.remind("08:00")
    await bot.remind("12:00")
    await bot.tick(at("08:00"))
    await bot.snooze(at("12:00"))
    (row,) = await bot.tick(at("12:00"))
    assert "again" not in words(row)
    assert await bot.tick(at("12:10")) == []


async def test_an_ended_reminder_never_rings_and_never_asks_again(bot):
    one = await bot.remind("08:00")
    await bot.tick(at("08:00"))
    await bot.send(at("08:00"))
    await bot.run(lambda c: reminders.end(c, [one], at("08:10")))
    for moment in (at("08:30"), at("08:00", TODAY + DAY)):
        assert await bot.tick(moment) == []
    assert await bot.run(lambda c: reminders.next_due(c, EVE)) is None


# Several processes.


async def test_two_processes_claim_different_ones(bot, postgres_only):
    for person_id in range(100, 110):
        await bot.person(person_id)
        await bot.remind("08:00", person_id=person_id)
    now = at("08:00")
    async with bot.engine.begin() as one, bot.engine.begin() as other:
        first = await occurrences.claim(one, now, now, 6)
        second = await occurrences.claim(other, now, now, 6)
        ids = [due.reminder.id for due in (*first, *second)]
    assert len(first) == 6
    assert len(ids) == len(set(ids)) == 10


async def test_two_processes_ask_again_for_different_ones(bot, postgres_only):
    for person_id in range(100, 110):
        await bot.person(person_id)
        await bot.remind("08:00", person_id=person_id)
    await bot.tick(at("08:00"))
    async with bot.engine.begin() as one, bot.engine.begin() as other:
        first = await occurrences.claim_again(one, at("08:30"), 6)
        second = await occurrences.claim_again(other, at("08:30"), 6)
        ids = [found.id for found, _ in (*first, *second)]
    assert len(first) == 6
    assert len(ids) == len(set(ids)) == 10


async def test_two_processes_deliver_each_reminder_once(bot, postgres_only, knowledge):
    people_ids = range(100, 140)
    for person_id in people_ids:
        await bot.person(person_id)
        await bot.remind("08:00", person_id=person_id)
    now = at("08:00")

    async def work():
        claimed = 0
        for _ in range(20):
            async with bot.engine.begin() as connection:
                claimed += await deliver_due(connection, knowledge, now)
        return claimed

    assert sum(await asyncio.gather(work(), work(), work())) == 40
    async with bot.engine.begin() as connection:
        chats = list(await connection.scalars(select(OutboxRow.chat_id)))
    assert sorted(chats) == list(people_ids)
