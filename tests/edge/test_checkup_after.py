"""After a check: the follow-up at its time, the page for the doctor, and who gets neither."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tgbot.storage.engine import reading
from tgbot.storage.models import CheckupRow, FollowupRow, PersonRow

TO_PLACE = ("Me, age 40 to 59", "None of these", "None of these")
TO_SOON = (*TO_PLACE, "Over months, same or better", "Both thighs: stairs, chairs")
SAME_DAY = (*TO_PLACE, "Over days, now the same", "One foot or ankle")


async def check(chat, taps, *, agree=True):
    await chat.say("/check")
    if agree:
        await chat.tap("Yes, keep my answers and begin")
    for label in taps:
        await chat.tap(label)
    await chat.tap("None of these")
    await chat.tap("None of these")
    return await chat.tap("Show my result")


async def rows(bot, *columns):
    of_checks = any(column.class_ is CheckupRow for column in columns if hasattr(column, "class_"))
    statement = select(*columns)
    if of_checks:
        statement = statement.join(CheckupRow, CheckupRow.id == FollowupRow.checkup_id)
    async with reading(bot.app.engine) as connection:
        return [tuple(row) for row in await connection.execute(statement)]


async def test_be_seen_today_is_asked_about_the_next_morning_at_ten_there(bot, chat):
    await chat.say("/timezone Tokyo")
    result = await check(chat, SAME_DAY)
    assert "Be seen by a doctor today" in result.text
    assert "I will ask how it is tomorrow" in result.text
    [(due,)] = await rows(bot, FollowupRow.next_due)
    assert due == datetime(2026, 11, 21, 1, tzinfo=UTC)
    heard = await chat.during(bot.to_next_reminder)
    assert heard.buttons == ["Better", "About the same", "Worse", "I was seen by a doctor"]
    assert "leg" not in heard.text.lower()
    assert (await chat.advance(days=20)).messages == ()


@pytest.mark.parametrize(
    ("taps", "days", "level"), [(SAME_DAY, 1, "same_day"), (TO_SOON, 3, "soon")]
)
async def test_without_a_zone_it_comes_whole_days_later(bot, chat, taps, days, level):
    await check(chat, taps)
    [(found, due, ended)] = await rows(
        bot, FollowupRow.level, FollowupRow.next_due, CheckupRow.finished_at
    )
    assert (found, due - ended) == (level, timedelta(days=days))


async def test_home_care_is_asked_about_after_two_weeks(bot, chat):
    await chat.say("/check")
    for label in (
        "Yes, keep my answers and begin", *TO_PLACE, "In seconds or minutes",
        "A fright or panic; gone now", "Both legs, all of them", "None of these", "None of these",
        "Show my result",
    ):  # fmt: skip
        heard = await chat.tap(label)
    assert "I will ask how it is in two weeks" in heard.text
    assert (await chat.advance(days=13, hours=23)).messages == ()
    assert "two weeks" in (await chat.advance(hours=2)).text


async def test_an_emergency_is_not_asked_about(bot, chat):
    await chat.say("/check")
    for label in (
        "Yes, keep my answers and begin",
        *TO_PLACE[:1],
        "Chest pain, faint, tearing pain",
    ):
        await chat.tap(label)
    assert "Call " in (await chat.tap("Done")).text
    assert await rows(bot, FollowupRow.id) == []


async def test_it_survives_a_restart_and_comes_once(bot, chat):
    await check(chat, SAME_DAY)
    await bot.stop()
    bot.sandbox.clock.advance(25 * 3600)
    await bot.start()
    heard = await chat.during(bot.app.tick)
    assert "How is it now?" in heard.text
    await bot.stop()
    await bot.start()
    assert (await chat.during(bot.app.tick)).messages == ()


async def test_after_a_downtime_it_waits_for_a_decent_hour(bot, chat):
    await chat.say("/timezone London")
    await check(chat, SAME_DAY)
    await bot.stop()
    bot.sandbox.clock.advance(38 * 3600)
    await bot.start()
    heard = await chat.during(bot.app.tick)
    assert heard.messages == ()
    [(due,)] = await rows(bot, FollowupRow.next_due)
    assert due == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert "How is it now?" in (await chat.during(bot.to_next_reminder)).text


async def test_one_that_is_days_late_is_dropped(bot, chat):
    await check(chat, SAME_DAY)
    await bot.stop()
    bot.sandbox.clock.advance(5 * 86400)
    await bot.start()
    assert (await chat.during(bot.app.tick)).messages == ()
    assert await rows(bot, FollowupRow.next_due, FollowupRow.sent_at) == [(None, None)]


async def test_who_stopped_gets_none_also_after_resume(bot, chat):
    await check(chat, SAME_DAY)
    await chat.say("/stop")
    assert (await chat.advance(days=2)).text == ""
    await chat.say("/resume")
    assert (await chat.advance(days=20)).messages == ()


async def test_who_blocked_gets_none(bot, chat):
    await check(chat, SAME_DAY)
    bot.sandbox.block(chat.id, blocked=True)
    await bot.settle()
    sent = len(bot.sandbox.calls.of("sendMessage"))
    await chat.advance(days=2)
    assert len(bot.sandbox.calls.of("sendMessage")) == sent


async def test_deleting_oneself_deletes_it(bot, chat):
    await check(chat, SAME_DAY)
    await chat.say("/delete_me")
    await chat.tap("Yes, delete everything")
    assert await rows(bot, func.count(FollowupRow.id)) == [(0,)]
    assert (await chat.advance(days=2)).messages == ()


async def test_two_checks_that_fall_due_together_are_asked_about_once(bot, chat):
    await check(chat, SAME_DAY)
    await check(chat, SAME_DAY, agree=False)
    await bot.stop()
    bot.sandbox.clock.advance(25 * 3600)
    await bot.start()
    assert len((await chat.during(bot.app.tick)).new) == 1


async def test_looking_at_the_sources_later_neither_plans_nor_holds_anew(bot, chat):
    await check(chat, SAME_DAY)
    [before] = await rows(bot, FollowupRow.next_due, CheckupRow.finished_at)
    await chat.advance(hours=3)
    await chat.tap("Show the sources")
    await chat.tap("Back to the result")
    assert await rows(bot, FollowupRow.next_due, CheckupRow.finished_at) == [before]


async def test_a_changed_answer_plans_the_one_follow_up_anew(bot, chat):
    await check(chat, SAME_DAY)
    for label in ("Change an answer", "Change: How it began", "Over months, same or better"):
        await chat.tap(label)
    heard = await chat.tap("Show my result")
    assert "Book a doctor" in heard.text
    [(level, due)] = await rows(bot, FollowupRow.level, FollowupRow.next_due)
    assert level == "soon"
    assert due.day == 23


async def followed_up(bot, chat, taps=SAME_DAY):
    await check(chat, taps)
    return await chat.during(bot.to_next_reminder)


async def test_better_and_the_same_still_say_to_be_seen_and_leave_a_way_to_worse(bot, chat):
    await followed_up(bot, chat)
    assert "please still be seen today" in (await chat.tap("Better")).text
    heard = await chat.tap("Worse")
    assert "If it got much worse all at once, call" in heard.text


async def test_worse_screens_again_from_the_danger_signs_on(bot, chat):
    await followed_up(bot, chat)
    heard = await chat.tap("Worse")
    assert heard.edited[0]["text"].startswith("If it got much worse all at once, call")
    assert "Right now, or in the last day" in heard.new[0]["text"]
    await chat.tap("Sudden weak or numb one side")
    assert (await chat.tap("Done")).text.startswith("Call ")


async def test_being_seen_ends_the_hold_on_exercise(bot, chat):
    await followed_up(bot, chat)
    [(held,)] = await rows(bot, PersonRow.warned_at)
    assert held is not None
    assert "Good that you were seen" in (await chat.tap("I was seen by a doctor")).text
    assert await rows(bot, PersonRow.warned_at) == [(None,)]


async def test_nobody_answers_for_another(bot, chat):
    await followed_up(bot, chat)
    _, button = chat.find("I was seen by a doctor")
    mallory = bot.chat("Mallory")
    await mallory.say("/start")
    assert "This check is over" in "".join((await mallory.forge(button["callback_data"])).notices)
    held = await rows(bot, PersonRow.warned_at)
    assert any(warned for (warned,) in held)


@pytest.mark.parametrize("data", ["fol:better:9999", "fol:gone:1", "fol:better", "fol:better:x"])
async def test_a_forged_answer_is_refused_kindly(bot, chat, data):
    await chat.say("/start")
    version = chat.last()["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[0]
    heard = await chat.forge(f"{version}:{data}")
    assert heard.notices
    assert await bot.parked() == 0


async def test_the_page_for_the_doctor_says_who_when_what_was_denied_and_why(bot, chat):
    await chat.say("/timezone London")
    await check(chat, SAME_DAY)
    heard = await chat.tap("A page for my doctor")
    [page] = heard.new
    text = page["text"]
    assert heard.edited == ()
    assert "entities" not in page
    for words in (
        "Who: Me, age 40 to 59", "Begun: 2026-11-20 09:", "(Europe/London)",
        "How soon, by the rules: be seen the same day", "- said: one foot or ankle",
        "- no: Hard to breathe or swallow", "- no: Urine dark like cola",
        "- How it began: Over days, now the same", "This is not a diagnosis",
    ):  # fmt: skip
        assert words in text
    assert not re.search("YES", text)


async def test_the_page_of_an_early_stop_says_what_was_never_asked(bot, chat):
    await chat.say("/check")
    for label in ("Yes, keep my answers and begin", TO_PLACE[0], "Chest pain, faint, tearing pain"):
        await chat.tap(label)
    await chat.tap("Done")
    text = (await chat.tap("A page for my doctor")).text
    assert "- YES: Chest pain" in text
    assert "- not asked, as the check had ended: Urine dark like cola" in text


async def test_the_page_is_only_for_the_own_finished_check(bot, chat):
    await check(chat, TO_SOON)
    _, button = chat.find("A page for my doctor")
    mallory = bot.chat("Mallory")
    await mallory.say("/start")
    heard = await mallory.forge(button["callback_data"])
    assert (heard.messages, heard.notices[0][:20]) == ((), "This check is over. ")
    await chat.tap("Change an answer")
    heard = await chat.forge(button["callback_data"])
    assert (heard.messages, heard.notices[0][:20]) == ((), "This check is over. ")


@pytest.mark.parametrize(
    ("who", "place", "train"),
    [
        ("Me, age 40 to 59", TO_SOON[3:], True),
        ("An adult I help", TO_SOON[3:], False),
        ("Me, age 40 to 59", SAME_DAY[3:], False),
    ],
)
async def test_a_result_leads_on_and_to_exercise_only_where_it_is_safe(chat, who, place, train):
    heard = await check(chat, (who, *TO_PLACE[1:], *place))
    assert ("Reminders to exercise" in heard.buttons) == train
    asked = await chat.tap("Ask a question")
    assert (asked.edited, len(asked.new)) == ((), 1)
    if train:
        assert len((await chat.tap("Reminders to exercise")).new) == 1


async def test_while_on_hold_no_result_leads_to_exercise(chat):
    await check(chat, SAME_DAY)
    heard = await check(chat, TO_SOON, agree=False)
    assert "Book a doctor" in heard.text
    assert "Reminders to exercise" not in heard.buttons
