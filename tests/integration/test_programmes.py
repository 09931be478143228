"""Programmes and sessions in both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tgbot.storage import people, programmes
from tgbot.storage.models_exercise import ProgrammeRow, SessionRow

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
ANN, BOB = 7, 8


@pytest.fixture
async def connection(engine):
    async with engine.begin() as connection:
        for person in (ANN, BOB):
            await people.ensure(connection, person, NOW)
        yield connection


async def test_a_programme_takes_the_place_of_the_one_before(connection):
    assert await programmes.read(connection, ANN) is None
    await programmes.write(connection, ANN, "one", NOW)
    await programmes.write(connection, ANN, "two", NOW)
    assert await programmes.read(connection, ANN) == "two"
    assert await programmes.read(connection, BOB) is None


async def test_the_open_session_of_a_day_is_found_and_only_by_its_person(connection):
    number = await programmes.add_session(connection, ANN, None, DAY, "state", NOW)
    found = await programmes.find_open(connection, ANN, DAY)
    assert (found.id, found.state, found.occurrence_id) == (number, "state", None)
    assert await programmes.find_open(connection, ANN, date(2026, 11, 21)) is None
    assert await programmes.find_open(connection, BOB, DAY) is None
    assert await programmes.find_session(connection, number, BOB) is None
    await programmes.change_session(connection, number, state="later")
    assert (await programmes.find_session(connection, number, ANN)).state == "later"


async def test_what_is_open_can_be_ended(connection):
    for _ in range(2):
        await programmes.add_session(connection, ANN, None, DAY, "state", NOW)
    other = await programmes.add_session(connection, BOB, None, DAY, "state", NOW)
    assert await programmes.end_open(connection, ANN, "left", NOW) == 2
    assert await programmes.end_open(connection, ANN, "left", NOW) == 0
    assert await programmes.find_open(connection, ANN, DAY) is None
    assert (await programmes.find_open(connection, BOB, DAY)).id == other


async def test_whoever_is_forgotten_leaves_no_programme_and_no_session(connection):
    await programmes.write(connection, ANN, "one", NOW)
    await programmes.add_session(connection, ANN, None, DAY, "state", NOW)
    await people.forget(connection, ANN)
    for row in (ProgrammeRow, SessionRow):
        assert await connection.scalar(select(func.count()).select_from(row)) == 0
