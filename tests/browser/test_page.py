"""The chat page shows what people and the bot say, in a real browser."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tgbot.sandbox.server import Sandbox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

GIF = bytes.fromhex(
    "47494638396101000100800000ff0000ffffff21f90401000000002c00000000010001000002024401003b"
)


def keys(*texts):
    """An inline keyboard with one button per row; the data is the text."""
    return {"inline_keyboard": [[{"text": text, "callback_data": text}] for text in texts]}


async def test_first_visit_offers_a_person_and_start(sandbox, bot, page):
    async def greet(bot, message):
        await bot.say(message["chat"]["id"], f"Hello {message['from']['first_name']}")

    bot.on["message"] = greet
    await page.goto(sandbox.url)
    await page.get_by_label("First name").fill("Ada")
    await page.get_by_role("button", name="Open a chat").click()
    chat = page.get_by_role("region", name="Ada")
    await expect(chat.get_by_role("textbox")).to_be_hidden()
    await chat.get_by_role("button", name="Start").click()
    await expect(chat.get_by_role("article").nth(0)).to_contain_text("/start")
    await expect(chat.get_by_role("article").nth(1)).to_contain_text("Hello Ada")
    await expect(chat.get_by_role("textbox", name="Write a message")).to_be_focused()
    await expect(page).to_have_title("Surefoot sandbox")


async def test_formatting_counts_utf16_units(ada, bot):
    await bot.say(
        ada.id,
        "😀🦵 <b>bold</b> <i>it <u>both</u></i> <s>gone</s>\nsecond line <code>x = 1</code>\n"
        '<pre><code class="language-python">print()</code></pre>\n'
        '<a href="https://example.org/a">a link</a> and https://example.com\n'
        "<blockquote>quoted</blockquote>\nend",
    )
    content = ada.last
    await expect(content.locator("strong")).to_have_text("bold")
    await expect(content.locator("em")).to_have_text("it both")
    await expect(content.locator("em u")).to_have_text("both")
    await expect(content.locator("s")).to_have_text("gone")
    await expect(content.locator("code").first).to_have_text("x = 1")
    await expect(content.locator("pre")).to_contain_text("python")
    await expect(content.locator("blockquote")).to_have_text("quoted")
    link = content.get_by_role("link", name="a link")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(content.get_by_role("link", name="https://example.com")).to_be_visible()
    assert "\nsecond line x = 1\n" in await content.inner_text()


async def test_hidden_text_and_long_quotes_open_by_keyboard(ada, bot):
    quote = "A first line.\n" * 5
    await bot.say(
        ada.id,
        f"<tg-spoiler>the secret</tg-spoiler>\n<blockquote expandable>{quote}</blockquote>",
    )
    spoiler = ada.last.get_by_role("button", name="Hidden text")
    words = ada.last.get_by_text("the secret")
    await expect(words).to_be_hidden()
    await spoiler.press("Enter")
    await expect(words).to_be_visible()
    quoted = ada.last.locator("blockquote")
    short = (await quoted.bounding_box())["height"]
    await ada.button("Show all").press("Enter")
    await expect(ada.button("Show less")).to_have_attribute("aria-expanded", "true")
    assert (await quoted.bounding_box())["height"] > short


async def test_hostile_text_stays_text(sandbox, ada, bot, page):
    nasty = "<img src=x onerror=\"document.title='broken'\"><script>alert(1)</script>"
    sandbox.send_text(ada.id, nasty)
    await bot.call("sendMessage", chat_id=ada.id, text=nasty, reply_markup=keys(nasty[:60]))
    # What no honest server sends: the page must not rely on it.
    sandbox.world.post(
        sandbox.world.people[ada.id],
        sandbox.world.bot,
        {
            "text": "press me now",
            "entities": [
                {"type": "text_link", "offset": 0, "length": 8, "url": "javascript:alert(1)"},
                {"type": "url", "offset": 9, "length": 3},
                {"type": "bold", "offset": 5, "length": 500},
                {"type": "<img>", "offset": 1, "length": 2},
            ],
        },
        by_bot=True,
        keyboard={"inline_keyboard": [[{"text": "Go", "url": "javascript:alert(2)"}]]},
    )
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await expect(ada.messages).to_have_count(4)
    await expect(ada.messages.nth(1)).to_contain_text(nasty)
    await expect(ada.messages.nth(2)).to_contain_text(nasty)
    await expect(ada.last).to_contain_text("press me now")
    assert await ada.last.get_by_role("link").count() == 0
    await ada.button("Go").click()
    await expect(ada.root.get_by_text("This button only works in Telegram.")).to_be_visible()
    assert await ada.root.locator("article img, article script").count() == 0
    assert await page.title() == "Surefoot sandbox"
    assert dialogs == []


async def test_a_tap_is_answered_by_a_toast_or_an_alert(ada, bot, page):
    async def answer(bot, query):
        loud = query["data"] == "loud"
        await bot.call(
            "answerCallbackQuery",
            callback_query_id=query["id"],
            text=f"You pressed {query['data']}",
            show_alert=loud,
        )

    bot.on["callback_query"] = answer
    await bot.say(ada.id, "Choose", reply_markup=keys("soft", "loud"))
    await ada.button("soft").click()
    await expect(ada.root.get_by_role("status").get_by_text("You pressed soft")).to_be_visible()
    await expect(ada.button("soft")).not_to_have_attribute("aria-busy", "true")
    await ada.button("loud").press("Enter")
    alert = page.get_by_role("alertdialog", name="Surefoot")
    await expect(alert).to_contain_text("You pressed loud")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(alert).to_be_hidden()
    await expect(ada.button("loud")).to_be_focused()


async def test_an_edit_keeps_focus_place_and_elements(ada, bot, page):
    for number in range(30):
        await bot.say(ada.id, f"filler {number}")
    card = await bot.say(ada.id, "Question 1", reply_markup=keys("Yes", "No", "Back"))
    for number in range(12):
        await bot.say(ada.id, f"later {number}")
    await expect(ada.last).to_contain_text("later 11")
    await ada.button("No").focus()
    await ada.root.get_by_text("Question 1").scroll_into_view_if_needed()
    await page.evaluate("window.before = document.activeElement")
    # The page hears of its own scrolling a frame later.
    await page.evaluate("new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")
    text = ada.root.get_by_text("Question")
    top = (await text.bounding_box())["y"]
    await bot.call(
        "editMessageText",
        chat_id=ada.id,
        message_id=card["message_id"],
        text="Question 2",
        reply_markup=keys("Often", "Never"),
    )
    await expect(text).to_have_text("Question 2")
    await expect(ada.button("Never")).to_be_focused()
    assert await page.evaluate("window.before === document.activeElement")
    assert abs((await text.bounding_box())["y"] - top) < 1
    await expect(ada.button("Back")).to_have_count(0)
    await expect(ada.root.get_by_text("edited")).to_have_count(1)


async def test_deleted_messages_vanish(ada, bot):
    gone = await bot.say(ada.id, "soon gone")
    await expect(ada.last).to_contain_text("soon gone")
    await bot.call("deleteMessage", chat_id=ada.id, message_id=gone["message_id"])
    await expect(ada.messages).to_have_count(1)


async def test_pictures_animations_and_files_are_shown(ada, bot, page, png):
    await bot.upload(
        "sendPhoto", "photo", "week.png", png, chat_id=str(ada.id), caption="Your week"
    )
    picture = ada.last.get_by_role("img", name="Picture")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 64)
    await expect(ada.last).to_contain_text("Your week")
    await bot.upload("sendAnimation", "animation", "move.gif", GIF, chat_id=str(ada.id))
    await expect(ada.last.get_by_role("img", name="Animation")).to_have_js_property(
        "naturalWidth", 1
    )
    await ada.button("Pause the animation").click()
    await expect(ada.last.get_by_role("img", name="Animation, paused")).to_be_visible()
    await expect(ada.button("Play the animation")).to_be_focused()
    await bot.upload("sendDocument", "document", "data.json", b"{}", chat_id=str(ada.id))
    async with page.expect_download() as downloading:
        await ada.last.get_by_role("link", name="data.json").click()
    assert (await downloading.value).suggested_filename == "data.json"


async def test_two_people_side_by_side_do_not_mix(sandbox, bot, page):
    async def echo(bot, message):
        await bot.say(message["chat"]["id"], f"You said {message['text']}")

    bot.on["message"] = echo
    for name in ("Ada", "Ben"):
        sandbox.send_text(sandbox.add_person(name).id, "hello")
    await page.goto(sandbox.url)
    ada, ben = (page.get_by_role("region", name=name, exact=True) for name in ("Ada", "Ben"))
    for chat, word in ((ada, "apple"), (ben, "berry")):
        await chat.get_by_role("textbox").fill(word)
        await chat.get_by_role("textbox").press("Enter")
    await expect(ada.get_by_role("article").last).to_contain_text("You said apple")
    await expect(ben.get_by_role("article").last).to_contain_text("You said berry")
    await expect(ada.get_by_text("berry")).to_have_count(0)
    await expect(ben.get_by_text("apple")).to_have_count(0)


async def test_people_and_groups_are_added_by_name(sandbox, bot, page, ada):
    await page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    await dialog.get_by_role("button", name="Add").click()
    await expect(dialog).to_contain_text("Please type a name.")
    await dialog.get_by_label("First name").fill("Ben")
    await dialog.get_by_label("Language").select_option("Deutsch")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="Ben", exact=True)).to_be_visible()
    ben = next(person for person in sandbox.world.people.values() if person.first_name == "Ben")
    assert ben.language_code == "de"
    await page.get_by_role("button", name="New group").click()
    await page.get_by_role("button", name="Make the group").click()
    group = page.get_by_role("region", name="Family")
    await group.get_by_label("Who writes").select_option(label="Write as Ben")
    await group.get_by_role("textbox").fill("/help")
    await group.get_by_role("textbox").press("Enter")
    await expect(group.get_by_role("article")).to_contain_text("Ben")
    async with asyncio.timeout(10):
        while (message := await bot.heard("message"))["chat"]["type"] != "group":
            pass
    assert message["from"]["id"] == ben.id


async def test_blocking_and_unblocking(sandbox, ada, page):
    await ada.button("Chat options").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(ada.box).to_be_hidden()
    assert sandbox.world.people[ada.id].blocked
    await ada.button("Unblock the bot").click()
    await expect(ada.box).to_be_visible()
    assert not sandbox.world.people[ada.id].blocked


async def test_typing_is_shown_until_the_message_comes(ada, bot):
    # What is not kept is seen only once the page listens: a message shows that it does.
    await bot.say(ada.id, "one moment")
    await expect(ada.root.get_by_text("one moment")).to_be_visible()
    await bot.call("sendChatAction", chat_id=ada.id, action="typing")
    await expect(ada.root.get_by_text("Surefoot is writing")).to_be_visible()
    await bot.say(ada.id, "here it is")
    await expect(ada.root.get_by_text("Surefoot is writing")).to_be_hidden()


async def test_a_link_to_the_bot_stays_in_the_sandbox(ada, bot):
    row = [{"text": "Open", "url": "https://t.me/surefoot_bot?start=now"}]
    await bot.say(ada.id, "Come in", reply_markup={"inline_keyboard": [row]})
    await ada.root.get_by_role("link", name="Open").click()
    await expect(ada.last).to_contain_text("/start now")


async def test_reconnects_to_a_sandbox_that_was_restarted(page: Page):
    first = Sandbox()
    await first.start()
    port = int(first.url.rsplit(":", 1)[1])
    first.send_text(first.add_person("Ada").id, "hello")
    await page.goto(first.url)
    await expect(page.get_by_role("region", name="Ada", exact=True)).to_be_visible()
    await first.stop()
    await expect(page.get_by_role("alert")).to_have_text("Connection lost. Trying again…")
    box = page.get_by_role("textbox", name="Write a message")
    await box.fill("do not lose me")
    await box.press("Enter")
    await expect(page.get_by_text("the sandbox cannot be reached")).to_be_visible()
    await expect(box).to_have_value("do not lose me")
    async with Sandbox() as second:
        await second.stop()
        ben = second.add_person("Ben")
        second.send_text(ben.id, "another world")
        await second.start(port=port)
        chat = page.get_by_role("region", name="Ben", exact=True)
        await expect(chat.get_by_role("article")).to_contain_text("another world")
        await expect(page.get_by_role("alert")).to_be_hidden()
        await expect(page.get_by_role("region", name="Ada", exact=True)).to_have_count(0)
        second.send_text(ben.id, "live again")
        await expect(chat.get_by_role("article").last).to_contain_text("live again")
        await page.close()
