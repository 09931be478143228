"""The small tests and the long screens, as a person meets them in the chat."""

import pytest

BEGIN = ("Yes, keep my answers and begin", "Me, age 40 to 59", "None of these", "None of these")
SOON = (*BEGIN, "Over months, same or better", "Both thighs: stairs, chairs", "None of these")


async def tap_all(chat, labels):
    await chat.say("/check")
    for label in labels:
        heard = await chat.tap(label)
    return heard


async def test_from_a_result_through_the_door_and_back_to_a_new_result(chat):
    heard = await tap_all(chat, (*SOON, "None of these", "Show my result"))
    assert "Try some small tests" in heard.buttons
    heard = await chat.tap("Try some small tests")
    assert "does one of these fit you now" in heard.text
    assert "Step" not in heard.text
    assert "Book a doctor's visit" in (await chat.tap("Back")).text
    await chat.tap("Try some small tests")
    heard = await chat.tap("None of these")
    assert "with one hand on a worktop" in heard.text
    assert "low step" in heard.text
    await chat.tap("I swing my body to lift my arms")
    assert "Is this right?" in (await chat.tap("Done")).text
    heard = await chat.tap("Show my result")
    assert "A move that most people manage was hard" in heard.text
    assert "Try some small tests" not in heard.buttons


@pytest.mark.parametrize("risk", ["75 or over, and alone now", "Pregnant, or birth in 6 weeks"])
async def test_who_is_at_risk_only_looks_back(chat, risk):
    heard = await tap_all(
        chat, (*BEGIN, "Over weeks, now the same", "Not sure: help me find out", risk, "Done")
    )
    assert "Try nothing now. Think of last week" in heard.text
    assert "worktop" not in heard.text
    await chat.tap("Standing up needs my arms")
    assert "What else do you notice?" in (await chat.tap("Done")).text


async def test_no_door_after_a_result_for_today(chat):
    heard = await tap_all(
        chat,
        (
            *BEGIN,
            "Over days, now the same",
            "One foot or ankle",
            "None of these",
            "None of these",
            "Show my result",
        ),
    )
    assert "Be seen by a doctor today" in heard.text
    assert "Try some small tests" not in heard.buttons
    checkup_id = chat.find("Change an answer")[1]["callback_data"].split(":")[2]
    revision = chat.find("Change an answer")[1]["callback_data"].split(":")[3]
    heard = await chat.forge(f"1:chk:{checkup_id}:{revision}:door:T5w")
    assert heard.messages == ()


async def test_a_long_screen_shows_twelve_signs_and_the_others_behind_a_button(chat):
    heard = await tap_all(chat, SOON[:-1])
    assert "More signs" in heard.buttons
    signs = heard.buttons[: heard.buttons.index("More signs")]
    assert len(signs) == 12
    await chat.tap("Cramps")
    heard = await chat.tap("More signs")
    assert "Two falls or more this year" in heard.buttons
    assert "Cramps" not in heard.buttons
    await chat.tap("Two falls or more this year")
    heard = await chat.tap("Back to the first signs")
    assert "✓ Cramps" in heard.buttons
    await chat.tap("Done")
    heard = await chat.tap("None of these")
    assert "Cramps; Two falls or more this year" in heard.text
