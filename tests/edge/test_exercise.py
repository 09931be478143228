"""Exercise sessions, where a transcript cannot look: what is kept, and buttons of earlier days."""

import pytest
from sqlalchemy import select

from tgbot.storage import programmes
from tgbot.storage.engine import reading
from tgbot.storage.models import OccurrenceRow
from tgbot.storage.models_exercise import SessionRow

SAFE = [*["No"] * 8, "Yes", "Yes"]
WHOLE = [*["Done, next move"] * 5, "Done, that was the last", "Done", "Easy", "No, or a little"]


async def tap_all(chat, *labels):
    for label in labels:
        heard = await chat.tap(label)
    return heard


async def kept(bot, column):
    async with reading(bot.app.engine) as connection:
        return list(await connection.scalars(select(column)))


@pytest.fixture
async def reminded(bot, chat):
    """Ann at her reminder, with all answers given and someone near."""
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    await bot.to_next_reminder()
    await tap_all(chat, "Start", "Yes, keep my answers and begin", *SAFE, "Yes")
    return chat


async def test_a_finished_session_counts_as_done(bot, reminded):
    await tap_all(reminded, "I am ready", "Done, I am warm", *WHOLE)
    assert await kept(bot, OccurrenceRow.answer) == ["done"]
    assert await kept(bot, SessionRow.outcome) == ["done"]


async def test_whoever_leaves_after_the_moves_has_exercised(bot, reminded):
    await tap_all(reminded, "I am ready", "Done, I am warm", *WHOLE[:7])
    assert await kept(bot, OccurrenceRow.answer) == ["done"]
    assert await kept(bot, SessionRow.outcome) == [None]


@pytest.mark.parametrize(
    ("taps", "answer", "outcome"),
    [
        (["I feel ill today"], "ill", "ill"),
        (["Not today"], "skip", None),
        (["I am ready", "Stop, it hurts", "I fell"], "hurts", "fell"),
        (["I am ready", "Stop, it hurts", "It is one of 2"], "hurts", "doctor"),
        (
            ["I am ready", "Stop, it hurts", "None of these, end for today", "A lot"],
            "hurts",
            "stopped",
        ),
        (["I am ready", "Done, I am warm", *["Leave this one out"] * 6], "skip", "skipped"),
    ],
)
async def test_what_becomes_of_a_session_is_noted(bot, reminded, taps, answer, outcome):
    await tap_all(reminded, *taps)
    assert await kept(bot, OccurrenceRow.answer) == [answer]
    assert await kept(bot, SessionRow.outcome) == [outcome]


async def test_ill_today_is_asked_again_tomorrow(reminded):
    await reminded.tap("I feel ill today")
    assert "rest today" in (await reminded.say("/exercise")).text
    await reminded.advance(days=1)
    assert "feel ill today" in (await reminded.say("/exercise")).text


async def test_whoever_is_hurt_by_a_fall_is_told_whom_to_call(reminded):
    await tap_all(reminded, "I am ready", "Stop, it hurts", "I fell")
    heard = await reminded.tap("I am hurt, or cannot get up")
    assert heard.text.startswith("Call your emergency number now.")
    assert "not exercise yet" in (await reminded.say("/exercise")).text


async def test_a_programme_of_another_version_begins_anew_kindly(bot, reminded):
    await tap_all(reminded, "I am ready", "Done, I am warm", *WHOLE)
    now = bot.sandbox.clock.now()
    await bot.app.writer.run(lambda c: programmes.write(c, reminded.id, '{"version":9}', now))
    heard = await reminded.say("/exercise")
    assert "a few things again" in heard.text
    assert "weak all at once" in heard.text


async def test_a_session_that_does_not_fit_any_more_begins_anew(bot, reminded):
    async with bot.app.engine.begin() as connection:
        (number,) = await connection.scalars(select(SessionRow.id))
        await programmes.change_session(connection, number, state="{}")
    heard = await reminded.tap("I am ready")
    assert heard.notices == ("This session is over. Write /exercise to begin a new one.",)
    assert "Before you start" in (await reminded.say("/exercise")).text


async def test_buttons_of_the_first_sessions_still_answer(bot, reminded):
    (number,) = await kept(bot, OccurrenceRow.id)
    assert "Stop now and rest" in (await reminded.forge(f"1:occ:hurts:{number}")).text
    assert "Before you start" in (await reminded.forge(f"1:occ:move:{number}:3")).text
    assert await kept(bot, OccurrenceRow.answer) == ["hurts"]


async def test_an_answer_to_a_question_that_is_not_open_changes_nothing(bot, chat):
    await chat.say("/exercise")
    await chat.tap("Yes, keep my answers and begin")
    heard = await chat.forge("1:ex:said:0:stand_safe:yes")
    assert heard.notices == ("That step is done. Please use the buttons of the newest card.",)
    assert not heard.messages


async def test_questions_go_on_after_a_restart(bot, chat):
    await chat.say("/exercise")
    await tap_all(chat, "Yes, keep my answers and begin", "No", "No")
    await bot.stop()
    await bot.start()
    assert "heart attack" in (await chat.say("/exercise")).text


async def test_nothing_is_kept_of_whoever_does_not_agree(bot, chat):
    await chat.say("/exercise")
    await chat.forge("1:ex:said:0:urgent_now:no")
    await chat.tap("No, do not keep them")
    async with reading(bot.app.engine) as connection:
        assert await programmes.read(connection, chat.id) is None
