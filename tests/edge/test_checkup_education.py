"""Education only: general words, the emergency number and the warnings, and nothing personal."""

import pytest

TO_RESULT = (
    "Yes, keep my answers and begin",
    "Me, age 40 to 59",
    "None of these",
    "None of these",
    "Over days, now the same",
    "One foot or ankle",
    "None of these",
    "None of these",
    "Show my result",
)
PERSONAL = ("Be seen by a doctor today", "because you said", "What fits what you told me")


async def restart(bot, checkup):
    await bot.stop()
    bot._settings = bot._settings.model_copy(update={"checkup": checkup})
    await bot.start()


@pytest.fixture
async def teaching(bot):
    await restart(bot, "education")
    return bot


def assert_general(heard):
    assert "When weak legs need help" in heard.text
    assert "at once" in heard.text
    for words in PERSONAL:
        assert words.lower() not in heard.text.lower()


@pytest.mark.parametrize("way", ["/check", "Check my legs"])
async def test_check_gives_general_facts_with_the_number_and_asks_nothing(teaching, way):
    chat = teaching.chat("Ann")
    await chat.say("/country GB")
    await chat.say("/start")
    heard = await (chat.say(way) if way.startswith("/") else chat.tap(way))
    assert_general(heard)
    assert "Call 999 at once" in heard.text
    assert heard.buttons == ["Change the country"]


async def test_a_danger_sign_in_words_is_still_warned_of(teaching):
    chat = teaching.chat("Ann")
    heard = await chat.say("my face is drooping and my arm is weak")
    assert heard.messages[0]["text"].startswith("Call ")


async def test_old_results_old_buttons_and_half_done_checks_are_not_shown(bot):
    chat = bot.chat("Ann")
    await chat.say("/check")
    for label in TO_RESULT:
        heard = await chat.tap(label)
    assert PERSONAL[0] in heard.text
    labels = ("A page for my doctor", "Show the sources", "Change an answer")
    old = [chat.find(label)[1]["callback_data"] for label in labels]
    await restart(bot, "education")
    assert_general(await chat.forge(old[0]))
    for data in (*old[1:], "1:chk:resume", "1:chk:new"):
        await chat.say("/start")
        assert_general(await chat.forge(data))


async def test_follow_ups_that_were_planned_before_are_not_sent(bot):
    chat = bot.chat("Ann")
    await chat.say("/check")
    for label in TO_RESULT:
        await chat.tap(label)
    await restart(bot, "education")
    assert (await chat.advance(days=2)).messages == ()


@pytest.mark.parametrize("label", ["Better", "Worse"])
async def test_a_late_answer_to_an_old_follow_up_gets_general_facts(bot, label):
    chat = bot.chat("Ann")
    await chat.say("/check")
    for tapped in TO_RESULT:
        await chat.tap(tapped)
    await chat.during(bot.to_next_reminder)
    await restart(bot, "education")
    assert_general(await chat.tap(label))
