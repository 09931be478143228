"""Reminders and their settings where a conversation is not enough: what is stored, groups, odd input."""

import logging
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from tgbot.logs import JsonLines, OwnOrSerious
from tgbot.storage.engine import reading
from tgbot.storage.models import Base, InboxRow, PersonRow, ReminderRow

EMOJI = "🦵🏽" * 60


async def everything_stored(bot):
    """Every value of every table, as one text."""
    async with reading(bot.app.engine) as connection:
        rows = []
        for table in Base.metadata.sorted_tables:
            rows += (await connection.execute(select(table))).all()
    return "\n".join(map(str, rows))


async def count(bot, row):
    async with reading(bot.app.engine) as connection:
        return await connection.scalar(select(func.count()).select_from(row))


async def test_a_shared_place_is_neither_kept_nor_logged(bot, chat, caplog):
    caplog.set_level(logging.DEBUG)
    await chat.say("/timezone")
    await chat.tap("Share my place instead")
    heard = await chat.share_place(47.5596, 7.5886)
    assert "Your clock is set to Zurich" in heard.text
    stored = await everything_stored(bot)
    records = filter(OwnOrSerious().filter, caplog.get_records("call"))
    told = "".join(map(JsonLines().format, records))
    for part in ("47.55", "7.588", "latitude"):
        assert part not in stored
        assert part not in told
    async with reading(bot.app.engine) as connection:
        bodies = await connection.scalars(select(InboxRow.body))
    assert set(bodies) == {None}


@pytest.mark.parametrize("place", [(0.0, 0.0), (90.0, 180.0), (-91.0, 5.0), (5.0, 999.0)])
async def test_a_place_without_a_zone_is_asked_again(chat, place):
    await chat.say("/timezone")
    heard = await chat.share_place(*place)
    assert "I find no time zone there" in heard.text
    assert "Your clock is set to Madrid" in (await chat.say("Madrid")).text


async def test_twelve_at_once_with_days_of_their_own(bot, chat):
    await chat.say("/timezone London")
    await chat.say("/reminders")
    await chat.tap("Add a reminder")
    heard = await chat.say("every hour from 9 to 20")
    assert "8:00 pm (20:00). On which days?" in heard.text
    await chat.tap("Choose the days myself")
    for day in ("Monday", "Sunday"):
        await chat.tap(f"{day}: no")
    heard = await chat.tap("Save these days")
    assert "I set 12 reminders" in heard.text
    assert await count(bot, ReminderRow) == 12
    await chat.say("/reminders")
    assert "you can have 12" in (await chat.tap("Add a reminder")).text
    assert "I set none of them" in (await chat.say("remind me at 8:30")).text
    assert await count(bot, ReminderRow) == 12


ODD_TIMES = {
    "no such time": "25:00",
    "every 5 seconds": "every 5 seconds",
    "two hundred": "200 reminders a day",
    "nothing": ".",
    "emoji": EMOJI,
    "Arabic": "كل يوم في الساعة",
    "Chinese": "每天提醒我做运动",
    "Greek": "κάθε μέρα",
    "huge": "at 9 " * 800,
    "a long number": "9" * 4000,
    "a day that is past": "1 january 2020 at 8",
    "no such date": "31 february at 8",
}


@pytest.mark.parametrize("typed", ODD_TIMES.values(), ids=ODD_TIMES.keys())
@pytest.mark.parametrize("opening", ["time", "pause", "quiet", "zone"])
async def test_odd_answers_say_what_would_work(bot, chat, opening, typed):
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    match opening:
        case "time":
            await chat.tap("Change the time")
        case "pause":
            await chat.tap("Pause until a date")
        case "quiet":
            await chat.say("/settings")
            await chat.tap("Change quiet hours")
        case "zone":
            await chat.say("/timezone")
    heard = await chat.say(typed)
    assert len(heard.new) == 1
    assert '"' in heard.text or heard.buttons, "an example or a button"
    assert await bot.parked() == 0
    assert await count(bot, ReminderRow) == 1


async def test_a_time_that_the_clocks_leave_out_is_told_honestly(bot, chat):
    await chat.say("/timezone London")
    start = datetime(2027, 3, 27, 12, tzinfo=UTC)
    await bot.advance(start - bot.sandbox.clock.now())
    await chat.say("remind me at 1:30 am")
    heard = await chat.tap("Yes, at 1:30 am")
    assert "Next one: tomorrow at 2:00 am" in heard.text
    assert "The clocks change that night, so it cannot be at 1:30 am" in heard.text
    heard = await chat.during(bot.to_next_reminder)
    assert "It is 01:30" in heard.text
    assert bot.sandbox.clock.now().replace(second=0, microsecond=0) == datetime(
        2027, 3, 28, 1, tzinfo=UTC
    )


async def test_who_pauses_is_not_asked_again_about_today(bot, chat):
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    card = chat.last()
    await bot.to_next_reminder()
    pause = next(
        b for row in card["reply_markup"]["inline_keyboard"] for b in row if "week" in b["text"]
    )
    await chat.during(lambda: bot.sandbox.tap(chat.id, card["message_id"], pause["callback_data"]))
    assert not (await chat.advance(hours=5)).messages


async def test_who_wrote_in_a_group_only_gets_no_reminder(bot, chat):
    group = bot.sandbox.add_group("Family", [chat.id])
    for said in ("/reminders@surefoot_bot", "@surefoot_bot remind me at 10:00 every day"):
        bot.sandbox.send_text(group.id, said, chat.id)
        await bot.settle()
    for data in ("1:rem:new:1000:127", "1:rem:sure:t10001800:127", "1:set:quiet:0000:0000"):
        card = bot.sandbox.messages(group.id)[-1]
        bot.sandbox.tap(group.id, card["message_id"], data, chat.id)
        await bot.settle()
    bot.sandbox.send_location(group.id, 51.5, -0.1, chat.id)
    await bot.settle()
    assert await count(bot, ReminderRow) == 0
    assert await count(bot, PersonRow) == 0


async def test_reminders_go_to_the_person_and_never_to_the_group(bot, chat):
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    group = bot.sandbox.add_group("Family", [chat.id])
    bot.sandbox.send_text(group.id, "/start@surefoot_bot", chat.id)
    await bot.settle()
    seen = len(bot.sandbox.calls.sends(group.id))
    heard = await chat.advance(days=2)
    assert "It is 10:00" in heard.text
    assert len(bot.sandbox.calls.sends(group.id)) == seen


FORGED = (
    "1:rem:new:t08002599:127",
    "1:rem:new:t:127",
    "1:rem:tick:t0800:x",
    "1:rem:sure:0800:99999",
    "1:rem:days:1:²",
    "1:rem:keep:1:0",
    "1:rem:move:1:2200:ok:0",
    "1:rem:all:99",
    "1:rem:until:77",
    "1:set:quiet:2500:0700",
    "1:set:quiet:2200",
    "1:set:screen:loud",
    "1:set:nothing",
    "1:zone:nowhere",
)


@pytest.mark.parametrize("data", FORGED)
async def test_forged_buttons_are_answered(bot, chat, data):
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    answered = len(bot.sandbox.calls.of("answerCallbackQuery"))
    await chat.forge(data)
    assert len(bot.sandbox.calls.of("answerCallbackQuery")) == answered + 1
    assert await bot.parked() == 0
    async with reading(bot.app.engine) as connection:
        days = await connection.scalars(text("SELECT days FROM reminders"))
        assert all(0 < one <= 127 for one in days)
