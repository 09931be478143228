"""A few days of ``tgbot simulate`` on both databases, and a broken engine that it must catch."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from tgbot.errors import SettingsError
from tgbot.services import delivery
from tgbot.simulation.course import read_course
from tgbot.simulation.report import simulate
from tgbot.storage import outbox, people
from tgbot.storage.occurrences import Plan

ZONES = "Europe/Berlin,America/Santiago,Pacific/Kiritimati,Asia/Kathmandu"


def days(year, zones, times, start, length):
    course = read_course(year, zones, times)
    start = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return replace(course, start=start, end=start + timedelta(days=length))


@pytest.fixture
def run(knowledge):
    async def play(course, address="", jsonl=False):
        out = io.StringIO()
        console = Console(file=io.StringIO())
        good = await simulate(course, address, knowledge, out, console, jsonl=jsonl)
        return good, out.getvalue()

    return play


async def test_the_nights_of_the_clock_change_are_right(run, address):
    course = days(2027, ZONES, "00:30,02:30,09:00,23:30", "2027-03-27", 3)
    good, words = await run(course, address)
    assert good, words
    head, faults = words.splitlines()
    assert head.startswith("2027: 4 zones, 16 reminders, 48 expected, 48 sent, ")
    assert faults.startswith("0 missed, 0 doubled, 0 on a wrong date")


async def test_json_lines_have_a_line_for_each_zone_and_the_sum_last(run):
    good, words = await run(days(2027, ZONES, "09:00", "2027-10-30", 2), jsonl=True)
    assert good
    *zones, whole = map(json.loads, words.splitlines())
    assert [one["zone"] for one in zones] == ZONES.split(",")
    assert whole["expected"] == whole["sent"] == sum(one["sent"] for one in zones) == 8
    assert whole["missed"] == whole["doubled"] == whole["wrong"] == whole["quiet"] == 0


async def test_a_database_with_people_is_not_touched(run, engine, address):
    async with engine.begin() as connection:
        await people.ensure(connection, 7, datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(SettingsError, match="people are in it"):
        await run(days(2027, "UTC", "09:00", "2027-01-01", 1), address)
    async with engine.begin() as connection:
        assert await people.count(connection) == 1


async def test_an_engine_that_loses_messages_is_caught(run, monkeypatch):
    async def owe_all_but_one(connection, owed, now):
        await owe(connection, owed[1:], now)

    owe = outbox.owe
    monkeypatch.setattr(delivery.outbox, "owe", owe_all_but_one)
    good, words = await run(days(2027, "Europe/Berlin", "09:00", "2027-03-27", 3))
    assert not good
    named = "Europe/Berlin 09:00: 3 missed: 2027-03-27, 2027-03-28, 2027-03-29"
    assert words.splitlines()[0] == named


async def test_an_engine_that_is_an_hour_late_is_caught(run, monkeypatch):
    def late(*arguments):
        plan = plan_of(*arguments)
        due = plan.next_due + timedelta(hours=1)
        return Plan(plan.id, due, plan.next_date, plan.last_date, plan.paused_until)

    plan_of = delivery.plan_of
    monkeypatch.setattr(delivery, "plan_of", late)
    good, words = await run(days(2027, "Europe/Berlin", "18:30", "2027-03-27", 3))
    assert not good
    assert "2 on a wrong date or at a wrong time: 2027-03-28, 2027-03-29" in words


async def test_an_engine_that_rings_at_night_is_caught(run, monkeypatch):
    monkeypatch.setattr(delivery, "may_ring", lambda *_: True)
    good, words = await run(days(2027, "Europe/Berlin", "20:45", "2027-03-27", 3))
    assert not good
    assert "3 in quiet hours: 2027-03-27, 2027-03-28, 2027-03-29" in words.splitlines()[0]
