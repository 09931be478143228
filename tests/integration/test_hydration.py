"""Drinks in both databases: counted once, judged in one query, gone with their person."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from content.loader import load
from tgbot.domain.hydration import Mode
from tgbot.domain.reminding import Kind
from tgbot.domain.replies import Notice
from tgbot.services import drink_reminders, hydration, occurrences
from tgbot.services.delivery import deliver_due
from tgbot.services.request import Request
from tgbot.services.schedules import planned
from tgbot.storage import hydration as stored
from tgbot.storage import people, reminders
from tgbot.storage.hydration import Hydration
from tgbot.storage.models import OccurrenceRow, OutboxRow
from tgbot.storage.models_hydration import DrinkRow
from tgbot.storage.reminders import Reminder

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = NOW.date()
QUESTIONS = [question.id for question in load().hydration.questions]
ALL_NO = dict.fromkeys(QUESTIONS, "no")


async def begin(connection, knowledge, *, now=NOW, person_id=7, **changes):
    await people.ensure(connection, person_id, now)
    await people.change(connection, person_id, zone="Europe/London", **changes)
    return Request(connection, now, knowledge, await people.find(connection, person_id))


async def open_gate(request, times=(time(11), time(14)), **changes):
    state = Hydration(request.person.id, ALL_NO, Mode.OPEN, 8)
    state = await drink_reminders.save(request, state, **changes)
    await drink_reminders.put(request, state, times)
    return state


async def fates(connection):
    rows = await connection.execute(select(OccurrenceRow.id, OccurrenceRow.answer))
    return [answer for _, answer in sorted(rows.all())]


async def owed(connection):
    return len((await connection.scalars(select(OutboxRow.id))).all())


async def deliver(connection, knowledge, hour, minute=0):
    return await deliver_due(connection, knowledge, NOW.replace(hour=hour, minute=minute))


async def test_what_is_kept_comes_back(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        state = Hydration(7, {"swelling_now": "no"}, Mode.LIMIT, 8, 1200, time(23), TODAY)
        await stored.save(connection, Hydration(7, {}), NOW)
        await stored.save(connection, state, NOW)
        assert await stored.read(connection, 7) == state
        assert await stored.read(connection, 8) is None
        await people.forget(connection, request.person.id)
        assert await stored.read(connection, 7) is None


async def test_an_open_gate_is_asked_at_its_times(engine, knowledge):
    async with engine.begin() as connection:
        await open_gate(await begin(connection, knowledge))
        await deliver(connection, knowledge, 11)
        assert await fates(connection) == [None]
        assert await owed(connection) == 1


@pytest.mark.parametrize(
    ("state", "person"),
    [
        ({"mode": Mode.CLOSED}, {}),
        ({"mode": Mode.LIMIT, "limit_ml": 1500}, {}),
        ({"mode": Mode.TODAY}, {}),
        ({"mode": Mode.OFF}, {}),
        ({"target_cups": None}, {}),
        ({"bedtime": time(13)}, {}),
        ({}, {"warned_at": NOW}),
        ({"hot_on": TODAY, "mode": Mode.DOCTOR}, {}),
    ],
)
async def test_what_speaks_against_a_drink_keeps_it_back(engine, knowledge, state, person):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge, **person)
        await open_gate(request)
        # As if it had changed in another process at this very moment.
        await stored.save(
            connection, Hydration(**{"person_id": 7, "answers": ALL_NO, "mode": Mode.OPEN, "target_cups": 8} | state), NOW
        )  # fmt: skip
        await deliver(connection, knowledge, 11)
        assert await fates(connection) == ["withheld"]
        assert await owed(connection) == 0


async def test_enough_is_enough_for_that_date_and_that_person_only(engine, knowledge):
    async with engine.begin() as connection:
        for person_id in (7, 8):
            await open_gate(await begin(connection, knowledge, person_id=person_id), (time(11),))
            for _ in range(8):
                day = TODAY if person_id == 7 else TODAY - timedelta(days=1)
                await stored.add_drink(connection, person_id, day, 200, NOW)
        await deliver(connection, knowledge, 11)
        assert sorted(await fates(connection), key=str) == [None, "withheld"]
        rows = await connection.scalars(select(OutboxRow.chat_id))
        assert rows.all() == [8]


async def test_no_drink_rings_in_the_quiet_hours_whatever_was_set(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request, bedtime=time(3))
        draft = Reminder(0, 7, Kind.DRINK, time(22), 127, None, None, None, despite_quiet=True)
        await reminders.add(connection, planned(draft, "Europe/London", NOW), NOW)
        await deliver(connection, knowledge, 22)
        assert await owed(connection) == 0


async def test_a_tap_under_a_reminder_counts_once_for_its_own_date(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request, (time(18),))
        await deliver(connection, knowledge, 18)
        one = await connection.scalar(select(OccurrenceRow.id))
        late = await begin(connection, knowledge, now=NOW + timedelta(hours=20))
        [card] = await occurrences.answer(late, ("drank", str(one)))
        assert card.text == "Noted for Fri 20 November."
        [again] = await occurrences.answer(late, ("drank", str(one)))
        assert isinstance(again, Notice)
        assert (await stored.day_of(connection, 7, TODAY)).count == 1
        assert await fates(connection) == ["drank"]
        drink = await connection.scalar(select(DrinkRow.id))
        other = await begin(connection, knowledge, person_id=8)
        await open_gate(other)
        assert isinstance((await hydration.answer(other, ("undo", str(drink))))[0], Notice)
        await hydration.answer(late, ("undo", str(drink)))
        assert (await stored.day_of(connection, 7, TODAY)).count == 0
        assert await fates(connection) == ["skip"]


async def test_an_exercise_reminder_is_no_drink(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request, ())
        draft = Reminder(0, 7, Kind.EXERCISE, time(10), 127, None, None, None)
        await reminders.add(connection, planned(draft, "Europe/London", NOW), NOW)
        await deliver(connection, knowledge, 10)
        one = await connection.scalar(select(OccurrenceRow.id))
        assert isinstance((await occurrences.answer(request, ("drank", str(one))))[0], Notice)
        assert (await stored.day_of(connection, 7, TODAY)).count == 0


async def test_a_closing_gate_ends_the_reminders_and_what_waits_in_the_outbox(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request)
        await deliver(connection, knowledge, 11)
        at_eleven = await begin(connection, knowledge, now=NOW.replace(hour=11, minute=1))
        await hydration.answer(at_eleven, ("say", "heart_failure", "yes"))
        assert await reminders.of_person(connection, 7) == []
        rows = await connection.execute(select(OutboxRow.state, OutboxRow.params))
        assert rows.all() == [("done", None)]


async def test_the_same_times_stay_the_same_reminders(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        state = await open_gate(request, (time(11), time(14)))
        before = {one.at: one.id for one in await reminders.of_person(connection, 7)}
        await drink_reminders.put(request, state, (time(14), time(16)))
        after = {one.at: (one.id, one.lives) for one in await reminders.of_person(connection, 7)}
        assert set(after) == {time(14), time(16)}
        assert after[time(14)] == (before[time(14)], 60)


async def test_a_wish_waits_for_the_gate_and_then_is_offered(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        [card] = await hydration.wish(request, [time(10), time(15)])
        assert "Before we begin" in card.text
        [card] = await hydration.answer(request, ("agree",))
        for question in ALL_NO:
            [card] = await hydration.answer(request, ("say", question, "no"))
        [card] = await hydration.answer(request, ("body", "woman"))
        assert "10:00 am" in card.text
        assert "8:30" not in card.text
        [card] = await hydration.answer(request, ("times",))
        assert [one.at for one in await reminders.of_person(connection, 7)] == [time(10), time(15)]


async def test_a_wish_adds_to_what_is_there_and_six_are_enough(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request, (time(11), time(14), time(16), time(17), time(18)))
        [card] = await hydration.wish(request, [time(9, 30), time(10), time(23)])
        assert "I left out 10:00 am. 6 a day are enough" in card.text
        assert "I left out 11:00 pm" in card.text
        ats = [one.at for one in await reminders.of_person(connection, 7)]
        assert ats == [time(9, 30), time(11), time(14), time(16), time(17), time(18)]


async def test_a_wish_of_who_must_not_drink_more_sets_nothing(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        answers = ALL_NO | {"heart_failure": "unsure"}
        await stored.save(connection, Hydration(7, answers, Mode.CLOSED), NOW)
        [card] = await hydration.wish(request, [time(10)])
        assert "Your body may need less" in card.text
        [card] = await hydration.answer(request, ("times",))
        [card] = await hydration.answer(request, ("body", "man"))
        assert isinstance(card, Notice)
        assert await reminders.of_person(connection, 7) == []


@pytest.mark.parametrize(
    "forged",
    [
        ("say", "heart_failure", "maybe"),
        ("say", "no_such", "no"),
        ("ask", "no_such"),
        ("body", "dog"),
        ("bed", "2561"),
        ("limit", "1500"),
        ("limit", "99999"),
        ("undo", "x"),
        ("nothing",),
        (),
    ],
)
async def test_a_forged_button_says_that_it_is_old(engine, knowledge, forged):
    async with engine.begin() as connection:
        request = await begin(connection, knowledge)
        await open_gate(request)
        [card] = await hydration.answer(request, forged)
        assert isinstance(card, Notice)
        assert card.text


async def test_old_drinks_are_forgotten(engine, knowledge):
    async with engine.begin() as connection:
        await begin(connection, knowledge)
        await stored.add_drink(connection, 7, date(2026, 1, 1), 200, NOW - timedelta(days=200))
        await stored.add_drink(connection, 7, TODAY, 200, NOW)
        assert await stored.forget_old(connection, NOW) == 1


async def test_where_only_general_facts_are_given_nothing_is_asked(engine, knowledge):
    async with engine.begin() as connection:
        request = await begin(connection, replace(knowledge, education=True))
        for replies in (
            await hydration.open_drink(request),
            await hydration.answer(request, ("agree",)),
            await hydration.wish(request, [time(10)]),
        ):
            assert "general facts only" in replies[0].text
        assert await stored.read(connection, 7) is None
