"""The bot was off from seven to twenty past eight, with reminders at half past seven and at eight.

An exercise reminder comes once and says that it is late; a drink reminder is dropped.
"""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update

from tgbot.domain.reminding import Kind
from tgbot.storage import reminders
from tgbot.storage.engine import reading
from tgbot.storage.models import OccurrenceRow, PersonRow, ReminderRow
from tgbot.storage.reminders import Reminder

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)

EVERY_DAY = 127
DRINK_LIVES = 45
"""Minutes: half of the hour and a half until the next drink."""


@pytest.fixture
async def morning(bot, chat):
    """Seven o'clock in London, the day after; quiet hours end at seven."""
    await chat.say("/timezone London")
    async with bot.app.engine.begin() as connection:
        await connection.execute(update(PersonRow).values(quiet_to=time(7)))
    await bot.advance(timedelta(hours=22))
    return bot.sandbox.clock.now()


async def add(bot, chat, kind, at, lives):
    """A reminder that is due that morning, as a service stores it."""
    now = bot.sandbox.clock.now()
    due = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    reminder = Reminder(0, chat.id, kind, at, EVERY_DAY, None, due, due.date(), lives=lives)
    async with bot.app.engine.begin() as connection:
        return await reminders.add(connection, reminder, now)


async def off_until(bot, chat, moment):
    """The bot is stopped now, and started again at ``moment``; returns what it sends then."""
    await bot.stop()
    bot.sandbox.clock.advance((moment - bot.sandbox.clock.now()).total_seconds())

    async def start():
        await bot.start()
        await bot.app.tick()
        await bot.app.tick()

    return await chat.during(start)


async def noted(bot):
    """What became of each reminder: its kind, its time, and why it was not sent, if it was not."""
    async with reading(bot.app.engine) as connection:
        rows = await connection.execute(
            select(ReminderRow.kind, ReminderRow.at, OccurrenceRow.answer)
            .join(OccurrenceRow, OccurrenceRow.reminder_id == ReminderRow.id)
            .order_by(ReminderRow.at, ReminderRow.kind)
        )
        return [tuple(row) for row in rows]


async def next_dates(bot):
    async with reading(bot.app.engine) as connection:
        return set(await connection.scalars(select(ReminderRow.next_date)))


async def test_the_exercise_comes_once_and_says_so_and_the_drink_is_dropped(bot, chat, morning):
    await add(bot, chat, Kind.DRINK, time(7, 30), DRINK_LIVES)
    await add(bot, chat, Kind.EXERCISE, time(8), 180)
    heard = await off_until(bot, chat, morning.replace(hour=8, minute=20))
    (card,) = heard.new
    assert "This message is late" in card["text"]
    assert "08:00" in card["text"]
    assert await noted(bot) == [("drink", time(7, 30), "missed"), ("exercise", time(8), None)]
    assert await next_dates(bot) == {date(2026, 11, 22)}


async def test_of_two_exercise_reminders_the_newer_one_comes(bot, chat, morning):
    await add(bot, chat, Kind.EXERCISE, time(7, 30), 180)
    await add(bot, chat, Kind.EXERCISE, time(8), 180)
    heard = await off_until(bot, chat, morning.replace(hour=8, minute=20))
    (card,) = heard.new
    assert "08:00" in card["text"]
    assert await noted(bot) == [("exercise", time(7, 30), "passed"), ("exercise", time(8), None)]


async def test_a_second_start_sends_nothing_again(bot, chat, morning):
    await add(bot, chat, Kind.EXERCISE, time(8), 180)
    await off_until(bot, chat, morning.replace(hour=8, minute=20))
    heard = await off_until(bot, chat, morning.replace(hour=8, minute=25))
    assert heard.new == ()
