"""What a person can write on the chat page, with the mouse and with the keyboard alone."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tgbot.sandbox.server import Sandbox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

COMMANDS = [
    {"command": "start", "description": "Begin"},
    {"command": "check", "description": "Check my symptoms"},
    {"command": "country", "description": "Emergency number"},
    {"command": "help", "description": "What I can do"},
]


async def test_the_command_menu_works_by_keyboard_alone(ada, bot, page):
    await bot.call("setMyCommands", commands=COMMANDS)
    await ada.box.focus()
    await page.keyboard.type("/c")
    options = ada.root.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(options).to_have_text(["/checkCheck my symptoms", "/countryEmergency number"])
    await expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    chosen = await options.nth(1).get_attribute("id")
    await expect(ada.box).to_have_attribute("aria-activedescendant", chosen)
    await page.keyboard.press("Enter")
    await expect(ada.last).to_contain_text("/country")
    await expect(ada.box).to_have_value("")
    await page.keyboard.type("/")
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await ada.box.fill("")
    await page.keyboard.press("Shift+Tab")
    await expect(ada.button("Commands")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(options).to_have_count(4)
    await page.keyboard.press("Escape")
    await expect(ada.button("Commands")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(ada.last).to_contain_text("/help")


async def test_tab_completes_a_command_and_shift_enter_breaks_the_line(ada, bot, page):
    await bot.call("setMyCommands", commands=COMMANDS)
    await expect(ada.button("Commands")).to_be_visible()
    await ada.box.press_sequentially("/ch")
    await page.keyboard.press("Tab")
    await expect(ada.box).to_have_value("/check ")
    await page.keyboard.type("left")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("leg")
    await page.keyboard.press("Enter")
    await expect(ada.last).to_contain_text("/check left\nleg", use_inner_text=True)


async def test_inline_results_are_found_and_chosen(ada, bot, page):
    async def find(bot, query):
        found = [
            {
                "type": "article",
                "id": number,
                "title": f"{query['query']} {number}",
                "description": "for adults",
                "input_message_content": {
                    "message_text": f"<b>Chosen {number}</b>",
                    "parse_mode": "HTML",
                },
            }
            for number in ("1", "2")
        ]
        results = found if query["query"] == "vitamin d" else []
        await bot.call("answerInlineQuery", inline_query_id=query["id"], results=results)

    bot.on["inline_query"] = find
    await ada.box.press_sequentially("@surefoot_bot vitamin d")
    options = ada.root.get_by_role("listbox", name="Results from the bot").get_by_role("option")
    await expect(options).to_have_text(["vitamin d 1for adults", "vitamin d 2for adults"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(ada.last).to_contain_text("via @surefoot_bot")
    await expect(ada.last.locator("strong")).to_have_text("Chosen 2")
    await expect(ada.box).to_have_value("")
    await ada.box.fill("@surefoot_bot stones")
    await expect(ada.root.get_by_text("The bot found nothing for this.")).to_be_visible()


async def test_buttons_that_begin_an_inline_query(ada, bot, page):
    row = [
        {"text": "Here", "switch_inline_query_current_chat": "zinc"},
        {"text": "There", "switch_inline_query": "iron"},
    ]
    await bot.say(ada.id, "Search", reply_markup={"inline_keyboard": [row]})
    await ada.button("Here").click()
    await expect(ada.box).to_have_value("@surefoot_bot zinc")
    await page.keyboard.press("Escape")
    await ada.button("There").click()
    await page.get_by_role("dialog", name="Choose a chat").get_by_role("button", name="Ada").click()
    await expect(ada.box).to_have_value("@surefoot_bot iron")


async def test_a_reply_keyboard_comes_is_used_and_goes(ada, bot):
    await bot.say(
        ada.id,
        "How do you feel?",
        reply_markup={
            "keyboard": [["Better", "Worse"]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
            "input_field_placeholder": "Better or worse",
        },
    )
    await expect(ada.box).to_have_attribute("placeholder", "Better or worse")
    await ada.button("Better").click()
    await expect(ada.last).to_contain_text("Better")
    await expect(ada.button("Worse")).to_be_hidden()
    await ada.button("Keyboard from the bot").click()
    await expect(ada.button("Worse")).to_be_visible()
    await bot.say(ada.id, "Thank you", reply_markup={"remove_keyboard": True})
    await expect(ada.button("Worse")).to_be_hidden()
    await expect(ada.button("Keyboard from the bot")).to_be_hidden()
    await expect(ada.box).to_have_attribute("placeholder", "Message")


async def test_a_location_is_shared_when_the_bot_asks(ada, bot, page):
    asks = {"keyboard": [[{"text": "Share my place", "request_location": True}]]}
    await bot.say(ada.id, "Where are you?", reply_markup=asks)
    await bot.heard("message")
    await ada.button("Share my place").click()
    dialog = page.get_by_role("dialog", name="Share a location")
    await dialog.get_by_role("radio", name="London").press("ArrowRight")
    await page.keyboard.press("Enter")
    place = (await bot.heard("message"))["location"]
    assert place == {"latitude": 40.7128, "longitude": -74.006}
    await expect(ada.last).to_contain_text("40.7128, -74.0060")
    await ada.button("Share a location").click()
    await dialog.get_by_label("Latitude").fill("95")
    await dialog.get_by_role("button", name="Share").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Latitude is a number from -90 to 90.")
    await dialog.get_by_label("Latitude").fill("-12.5")
    await dialog.get_by_label("Longitude").fill("130.8")
    await dialog.get_by_role("button", name="Share").click()
    assert (await bot.heard("message"))["location"]["latitude"] == -12.5


async def test_the_last_message_is_edited_with_arrow_up(ada, bot, page):
    await ada.write("my leg hurst")
    await expect(ada.last).to_contain_text("hurst")
    await page.keyboard.press("ArrowUp")
    await expect(ada.box).to_have_value("my leg hurst")
    await page.keyboard.press("Escape")
    await expect(ada.box).to_have_value("")
    await page.keyboard.press("ArrowUp")
    await ada.box.fill("my leg hurts")
    await ada.button("Save").click()
    await expect(ada.last).to_contain_text("my leg hurts")
    await expect(ada.last).to_contain_text("edited")
    assert (await bot.heard("edited_message"))["text"] == "my leg hurts"
    await expect(ada.messages).to_have_count(2)


async def test_a_question_asks_for_an_answer(ada, bot, page):
    await bot.say(
        ada.id,
        "What time is it?",
        reply_markup={"force_reply": True, "input_field_placeholder": "14:05"},
    )
    await expect(ada.root.get_by_text("Answer Surefoot")).to_be_visible()
    await expect(ada.box).to_have_attribute("placeholder", "14:05")
    await ada.write("15:30")
    await expect(ada.last).to_contain_text("15:30")
    await expect(ada.root.get_by_text("Answer Surefoot")).to_be_hidden()


async def test_a_command_in_a_message_is_sent_by_a_press(ada, bot):
    await bot.say(ada.id, "Try /help now")
    await ada.button("/help").click()
    await expect(ada.last).to_contain_text("/help")
    await bot.heard("message")
    assert (await bot.heard("message"))["text"] == "/help"


async def test_a_sticker_is_sent(ada, bot):
    await ada.button("Send a sticker").click()
    await expect(ada.last.get_by_role("img", name="Sticker 👍")).to_be_visible()
    await bot.heard("message")
    assert (await bot.heard("message"))["sticker"]["emoji"] == "👍"


async def test_the_clock_goes_ahead(page):
    async def due():
        return None if jumped else running.clock.now() + timedelta(hours=3)

    jumped: list[bool] = []
    async with Sandbox(next_due=due) as running:
        running.send_text(running.add_person("Ada").id, "hello")
        await page.goto(running.url)
        clock = page.get_by_role("region", name="Bot clock")
        await expect(clock).to_contain_text("Same as real time")
        await expect(clock).to_contain_text(re.compile(r"\d{1,2}:\d\d"))
        await clock.get_by_role("button", name="+1 hour").click()
        await expect(clock).to_contain_text("1 hour ahead of real time")
        await clock.get_by_role("button", name="+1 day").click()
        await expect(clock).to_contain_text("1 day 1 hour ahead of real time")
        await clock.get_by_role("button", name="Jump to the next reminder").click()
        await expect(clock).to_contain_text("1 day 4 hours ahead of real time")
        await expect(clock.get_by_role("status")).to_contain_text("The bot's time is now")
        jumped.append(True)
        await clock.get_by_role("button", name="Jump to the next reminder").click()
        await expect(clock.get_by_role("status")).to_have_text("No reminder is waiting.")
        running.send_text(next(iter(running.world.people)), "tomorrow")
        await expect(page.locator(".day:visible")).to_have_count(2)
        await page.close()


async def test_without_reminders_there_is_nothing_to_jump_to(ada, page):
    clock = page.get_by_role("region", name="Bot clock")
    await expect(clock.get_by_role("button", name="+1 day")).to_be_visible()
    await expect(clock.get_by_role("button", name="Jump to the next reminder")).to_be_hidden()
