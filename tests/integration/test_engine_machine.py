"""The whole reminder engine on a real file, driven by random people, clocks and crashes.

Hypothesis invents the story: reminders set, moved, paused, deleted; zones changed; answers and
snoozes; hours passing, clocks jumping, crashes in the middle of a transaction. After each step the
promises of docs/reminders.md must hold.
"""

import asyncio
import os
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, text

from tgbot.domain.reminding import LIVES, Kind, Moment, Quiet, expiry, may_ring
from tgbot.domain.schedule import is_quiet
from tgbot.services import schedules
from tgbot.simulation import oracle, year
from tgbot.storage import facts, occurrences, people, reminders
from tgbot.storage.engine import open_engine
from tgbot.storage.ledger import past_of
from tgbot.storage.migrate import upgrade
from tgbot.storage.occurrences import FIRST_ROUND, SNOOZE
from tgbot.storage.reminders import Reminder

STORIES = int(os.environ.get("TGBOT_TEST_STORIES", "20"))
PEOPLE = (11, 12)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = Quiet(time(21), time(8))
STARTS = ("2027-03-27T11:00Z", "2027-10-30T11:00Z", "2026-09-05T11:00Z", "2026-03-28T11:00Z")
ZONES = (
    "Europe/Berlin", "America/Santiago", "America/Nuuk", "Asia/Kathmandu",
    "Pacific/Kiritimati", "Pacific/Honolulu", "Australia/Lord_Howe",
)  # fmt: skip
CLOCKS = ("00:30", "02:30", "07:30", "08:00", "08:20", "12:00", "18:00", "20:50", "23:30")

zones = st.sampled_from(ZONES)
clocks = st.sampled_from(CLOCKS).map(time.fromisoformat)
masks = st.sampled_from([127, 127, 127, 0b0011111, 0b1010101])
persons = st.sampled_from(PEOPLE)
picks = st.integers(0, 11)
wishes = st.tuples(clocks, masks, st.sampled_from([Kind.EXERCISE, Kind.EXERCISE, Kind.DRINK]))


class Crash(Exception):
    """The process dies here."""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A migrated file to copy: migrating one for each story would take all the time."""
    path = tmp_path_factory.mktemp("machine") / "template.db"
    asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


class Engine(RuleBasedStateMachine):
    template = knowledge = folder = None

    def __init__(self):
        super().__init__()
        self.file = self.folder / "engine.db"
        for old in self.folder.glob("engine.db*"):
            old.unlink()
        shutil.copy(self.template, self.file)
        self.loop = asyncio.new_event_loop()
        self.engine = None
        self.now = None
        self.lived = None  # the latest instant the bot ever saw; a clock set back repeats nothing
        self.seen = 0  # the newest message looked at
        self.messages = []  # (instant, reminder id, date, round)

    def teardown(self):
        if self.engine is not None:
            self.do(self.engine.dispose())
        self.loop.close()

    def do(self, work):
        return self.loop.run_until_complete(work)

    def in_one(self, job):
        """Runs a job in a transaction of its own, as the writer does."""

        async def work():
            async with self.engine.begin() as connection:
                return await job(connection)

        return self.do(work())

    def restart_process(self):
        async def work():
            if self.engine is not None:
                await self.engine.dispose()
            self.engine = open_engine(f"sqlite+aiosqlite:///{self.file}", durable=False)

        self.do(work())

    @initialize(
        start=st.sampled_from(STARTS),
        places=st.tuples(zones, zones),
        wishes=st.tuples(wishes, wishes, wishes, wishes),
    )
    def begin(self, start, places, wishes):
        self.now = self.lived = datetime.fromisoformat(start)
        self.restart_process()

        async def job(connection):
            await people.add_all(connection, PEOPLE, self.now)
            for person, zone in zip(PEOPLE, places, strict=True):
                await people.change(connection, person, zone=zone)

        self.in_one(job)
        for number, wish in enumerate(wishes):
            self.set_one(PEOPLE[number % 2], wish)

    # What people do; the bot ticks every second, so it has always just ticked.

    def act(self, job):
        self.tick()
        self.in_one(job)

    def one(self, pick):
        """Some reminder that is not ended, with its person."""

        async def job(connection):
            found = [
                (one, await people.find(connection, person))
                for person in PEOPLE
                for one in await reminders.of_person(connection, person)
            ]
            return found[pick % len(found)] if found else (None, None)

        return self.in_one(job)

    @rule(person=persons, wish=wishes)
    def set_one(self, person, wish):
        at, days, kind = wish

        async def job(connection):
            if len(await reminders.of_person(connection, person)) < 4:
                zone = (await people.find(connection, person)).zone
                loud = is_quiet(at, NIGHT.start, NIGHT.end)
                new = Reminder(
                    0, person, kind, at, days, None, None, None,
                    lives=LIVES[kind], despite_quiet=loud,
                )  # fmt: skip
                plan = schedules.planned(new, zone, self.now)
                await reminders.add(connection, plan, self.now)

        self.act(job)

    def store(self, pick, **changes):
        self.tick()
        reminder, person = self.one(pick)
        if reminder is None:
            return
        plan = schedules.planned(replace(reminder, **changes), person.zone, self.now)
        names = ("at", "days", "paused_until", "next_due", "next_date", "despite_quiet")
        values = {name: getattr(plan, name) for name in names}
        self.in_one(lambda c: reminders.change(c, plan.id, **values))

    @rule(pick=picks, at=clocks)
    def move(self, pick, at):
        self.store(pick, at=at, despite_quiet=is_quiet(at, NIGHT.start, NIGHT.end))

    @rule(pick=picks, at=clocks)
    def move_into_the_night_unasked(self, pick, at):
        self.store(pick, at=at, despite_quiet=False)

    @rule(pick=picks, days=masks)
    def change_days(self, pick, days):
        self.store(pick, days=days)

    @rule(pick=picks, length=st.sampled_from([HOUR, DAY, 7 * DAY]))
    def pause(self, pick, length):
        self.store(pick, paused_until=self.now + length)

    @rule(pick=picks)
    def end_pause(self, pick):
        self.store(pick, paused_until=None)

    @rule(pick=picks)
    def delete(self, pick):
        self.tick()
        reminder, _ = self.one(pick)
        if reminder is not None:
            self.in_one(lambda c: reminders.end(c, [reminder.id], self.now))

    @rule(person=persons, zone=zones)
    def change_zone(self, person, zone):
        async def job(connection):
            await people.change(connection, person, zone=zone)
            await schedules.replan(connection, person, zone, self.now)

        self.act(job)

    @rule(person=persons)
    def stop(self, person):
        self.act(lambda c: people.change(c, person, stopped_at=self.now))

    @rule(person=persons)
    def resume(self, person):
        async def job(connection):
            await people.change(connection, person, stopped_at=None)
            zone = (await people.find(connection, person)).zone
            await schedules.replan(connection, person, zone, self.now)

        self.act(job)

    def newest(self, person):
        """The newest occurrence that was sent to a person."""
        sql = (
            "SELECT o.id FROM occurrences o JOIN reminders r ON r.id = o.reminder_id"
            " WHERE r.person_id = :person AND o.answer IS NULL AND r.ended_at IS NULL"
            " ORDER BY o.id DESC LIMIT 1"
        )

        async def job(connection):
            found = await connection.scalar(text(sql), {"person": person})
            return found and await occurrences.find(connection, found, person)

        return self.in_one(job)

    @rule(person=persons, minutes=st.sampled_from([30, 30, 240]))
    def snooze(self, person, minutes):
        self.tick()
        found = self.newest(person)
        if found is None or found.snoozes >= 3 or found.again_for == SNOOZE:
            return
        zone = self.in_one(lambda c: people.find(c, person)).zone
        until = self.now + minutes * MINUTE
        today, then = (m.astimezone(ZoneInfo(zone)).date() for m in (self.now, until))
        if today == then and may_ring(until, zone, NIGHT):
            values = {"again_at": until, "again_for": SNOOZE, "snoozes": found.snoozes + 1}
            self.in_one(lambda c: occurrences.change(c, found.id, **values))

    @rule(person=persons)
    def done(self, person):
        self.tick()
        found = self.newest(person)
        if found is not None:
            values = {"answer": "done", "again_at": None, "again_for": None}
            self.in_one(lambda c: occurrences.change(c, found.id, **values))

    # What happens to the machine.

    @rule(length=st.sampled_from([7 * MINUTE, 50 * MINUTE, 3 * HOUR, 11 * HOUR, DAY, 3 * DAY]))
    def live_on(self, length):
        """The bot is up: nothing that falls due meanwhile may be missed."""
        self.live_until(self.now + length)

    @rule(more=st.sampled_from([timedelta(), timedelta(), 7 * MINUTE]))
    def live_on_to_the_next_message(self, more):
        """So that what people do next comes right after one."""
        self.tick()
        due = self.in_one(lambda c: reminders.next_due(c, self.now))
        if due is not None:
            self.live_until(due + more)

    def live_until(self, end):
        self.tick()
        promised, before, lived = self.promises(end), len(self.messages), self.lived
        while (due := self.in_one(lambda c: reminders.next_due(c, self.now))) and due <= end:
            self.now = due
            self.tick()
        self.now = end
        self.tick()
        firsts = [one[:3] for one in self.messages[before:] if one[3] == FIRST_ROUND]
        assert sorted(one for one in firsts if one[0] > lived) == sorted(promised)

    @rule(length=st.sampled_from([7 * MINUTE, 50 * MINUTE, 3 * HOUR, 11 * HOUR, 3 * DAY]))
    def be_down(self, length):
        """When it is back, the newest of each kind that still helps comes, and no other."""
        self.tick()
        promised, before = self.promises(self.now + length), len(self.messages)
        set_back = self.now < self.lived
        self.now += length
        self.restart_process()
        self.tick()
        firsts = {one[1:3] for one in self.messages[before:] if one[3] == FIRST_ROUND}
        assert set_back or firsts == set(self.newest_alive(promised))

    @rule(by=st.sampled_from([DAY, -DAY, HOUR, -HOUR]))
    def clock_jumps(self, by):
        self.now += by
        self.tick()

    @rule(length=st.sampled_from([MINUTE, HOUR, 9 * HOUR]), statement=st.integers(1, 12))
    def crash(self, length, statement):
        """The process dies at some statement of a tick, and the next one starts from the file."""
        self.now += length
        left = statement

        def count_down(*_):
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash

        event.listen(self.engine.sync_engine, "before_cursor_execute", count_down)
        with suppress(Crash):
            self.in_one(lambda c: year.live_through(c, self.knowledge, self.now))
        event.remove(self.engine.sync_engine, "before_cursor_execute", count_down)
        if left > 0:
            self.look()  # it was through before that statement
        self.restart_process()
        self.tick()

    @rule()
    def restart(self):
        self.restart_process()

    @rule()
    def refresh_time_zone_data(self):
        async def job(connection):
            await facts.write(connection, "tzdata", "1970a")
            assert await schedules.data_changed(connection)
            assert await schedules.refresh_page(connection, 0, self.now) is None
            assert not await schedules.data_changed(connection)

        self.act(job)

    # The promises.

    def promises(self, end):
        """Each message that must come up to ``end`` if nothing changes: instant, reminder, date."""
        found = []
        for one, person in self.in_one(self.all_of):
            quiet = is_quiet(one.at, NIGHT.start, NIGHT.end) and not one.despite_quiet
            if person.stopped_at is not None or quiet:
                continue
            pause = max(self.now, one.paused_until or self.now)
            due = oracle.expected(person.zone, one.at, self.now, end + MINUTE)
            found += [
                ((instant, person.id, one.kind), one.id, day)
                for day, instant in due.items()
                if max(pause, self.lived) < instant <= end
                and day > (one.last_date or date.min)
                and one.days >> day.weekday() & 1
            ]
        # Two of a kind at one instant are one message.
        together = groupby(sorted(found), key=lambda one: one[0])
        return [(key[0], *max(some)[1:]) for key, some in together]

    def newest_alive(self, promised):
        """The newest for each person and kind, unless it is too late by now."""
        known = {one.id: (one, person) for one, person in self.in_one(self.all_of)}
        newest = {}
        for instant, reminder_id, day in sorted(promised):
            one, person = known[reminder_id]
            moment = Moment(instant, day, one.at, person.zone, one.lives, NIGHT, one.despite_quiet)
            if self.now < expiry(moment):
                newest[person.id, one.kind] = (reminder_id, day)
        return newest.values()

    async def all_of(self, connection):
        return [
            (one, await people.find(connection, person))
            for person in PEOPLE
            for one in await reminders.of_person(connection, person)
        ]

    def tick(self):
        self.in_one(lambda c: year.live_through(c, self.knowledge, self.now))
        self.lived = max(self.lived, self.now)
        self.look()
        for one, _ in self.in_one(self.all_of):
            assert one.next_due > self.now

    def look(self):
        """What came just now came to somebody who wanted it, and one of a kind at most."""
        new = self.in_one(self.arrived)
        known = {one.id: (one, person) for one, person in self.in_one(self.all_of)}
        for _, reminder_id, _, _ in new:
            assert reminder_id in known, "a deleted reminder rang"
            one, person = known[reminder_id]
            assert person.stopped_at is None
            assert one.paused_until is None or one.paused_until <= self.now
            assert one.despite_quiet or may_ring(self.now, person.zone, NIGHT)
        kinds = Counter((known[one[1]][0].person_id, known[one[1]][0].kind) for one in new)
        assert all(count == 1 for count in kinds.values()), new
        self.messages += new

    async def arrived(self, connection):
        found = await connection.execute(
            text(
                "SELECT b.id, o.reminder_id, o.local_date, b.key, b.outcome FROM outbox b"
                " JOIN occurrences o ON b.key LIKE 'o' || o.id || ':%' WHERE b.id > :seen"
            ).bindparams(seen=self.seen)
        )
        rows = found.all()
        self.seen = max([self.seen, *(row.id for row in rows)])
        assert all(row.outcome == "sent" for row in rows)
        return [
            (self.now, row.reminder_id, date.fromisoformat(row.local_date), row.key.split(":")[1])
            for row in rows
        ]

    @precondition(lambda self: self.now is not None)
    @invariant()
    def each_is_sent_once_for_its_date(self):
        rounds = Counter((reminder, day, round_) for _, reminder, day, round_ in self.messages)
        assert all(count == 1 for count in rounds.values())
        firsts = {(reminder, day) for reminder, day, round_ in rounds if round_ == FIRST_ROUND}
        assert {(reminder, day) for reminder, day, _ in rounds} == firsts

    @precondition(lambda self: self.now is not None)
    @invariant()
    def the_file_holds_the_same(self):
        async def job(connection):
            pasts = [await past_of(connection, person) for person in PEOPLE]
            assert not any(past.strays for past in pasts)
            return [one for past in pasts for one in past.messages]

        kept = sorted((one.reminder_id, one.local_date, one.round) for one in self.in_one(job))
        assert kept == sorted(one[1:] for one in self.messages)


def test_the_engine_keeps_its_promises_whatever_happens(template, knowledge, tmp_path):
    Engine.template, Engine.knowledge, Engine.folder = template, knowledge, tmp_path
    run_state_machine_as_test(
        Engine,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=20,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
