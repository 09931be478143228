"""The chat page fits small screens and large text, and can be used without a mouse."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]

PHONE = {"width": 360, "height": 740}
COMMANDS = [{"command": "start", "description": "Begin"}]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3
OVERFLOWING = """() => [...document.querySelectorAll("#app, #app *, dialog, dialog *")]
    .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && !element.closest(".unseen")
            && (box.right > innerWidth + 1 || box.left < -1);
    })
    .map((element) => element.tagName + "." + element.className)"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, input, select, textarea")]
    .filter((element) => element.checkVisibility({visibilityProperty: true}))
    .filter((element) => !element.matches(".skip, .content *"))
    .map((element) => [element.getBoundingClientRect(), element])
    .filter(([box]) => box.width > 0 && (box.width < 44 || box.height < 44))
    .map(([box, element]) => element.outerHTML.slice(0, 80) + box.width + "x" + box.height)"""
# The contrast of every text that can be seen against the colour behind it (WCAG 2.2, 1.4.3).
LOW_CONTRAST = """() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b]
        .map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    function behind(element) {
        for (let at = element; at; at = at.parentElement) {
            const [r, g, b, a = 1] = numbers(getComputedStyle(at).backgroundColor);
            if (a > 0.9) return [r, g, b];
            if (at.id === "chats") return null;
        }
        return [255, 255, 255];
    }
    const low = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        if (element.closest(".unseen, .skip, .spoiler")) continue;
        const back = behind(element);
        if (!back) continue;
        const [a, b] = [light(numbers(getComputedStyle(element).color)), light(back)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) low.push(`${element.className} ${ratio.toFixed(2)} ${walker.currentNode.data}`);
    }
    return low;
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def lively(ada, bot, png):
    """Ada's chat with one of everything that takes room."""
    await bot.call("setMyCommands", commands=COMMANDS)
    await bot.upload("sendPhoto", "photo", "a.png", png, chat_id=str(ada.id), caption=LONG)
    await bot.say(ada.id, f"<pre>{LONG}</pre><blockquote>{LONG}</blockquote>{LONG} /start")
    row = [{"text": text, "callback_data": text[:9]} for text in ("Not at all", "Sometimes", LONG)]
    keyboard = {"inline_keyboard": [row, [{"text": "Help", "url": "https://example.org"}]]}
    await bot.say(ada.id, "Which one?", reply_markup=keyboard)
    await bot.say(ada.id, "Or this?", reply_markup={"keyboard": [["Left", "Right", "Both legs"]]})
    await expect(ada.button("Both legs")).to_be_visible()
    return ada


@pytest.mark.parametrize("size", ["100%", "200%"])
async def test_nothing_is_wider_than_a_phone(lively, page, size):
    await page.set_viewport_size(PHONE)
    await page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    await expect(lively.box).to_be_in_viewport()
    assert await page.evaluate(OVERFLOWING) == []
    assert await page.evaluate(SMALL_TARGETS) == []
    for opener, title in (
        (lively.root.get_by_role("button", name="Choose another person"), "People"),
        (lively.root.get_by_role("button", name="Bot clock"), "Bot clock"),
    ):
        await opener.click()
        panel = page.get_by_role("region", name=title)
        await expect(panel).to_be_visible()
        assert await page.evaluate(OVERFLOWING) == []
        assert await page.evaluate(SMALL_TARGETS) == []
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(opener).to_be_focused()
    await lively.button("Share a location").click()
    await expect(page.get_by_role("dialog", name="Share a location")).to_be_visible()
    assert await page.evaluate(OVERFLOWING) == []
    await page.keyboard.press("Escape")
    await lively.button("Commands").click()
    await expect(lively.root.get_by_role("option")).to_be_in_viewport()
    assert await page.evaluate(OVERFLOWING) == []


async def test_a_phone_shows_one_chat_and_switches(sandbox, lively, page):
    ben = sandbox.add_person("Ben")
    sandbox.send_text(ben.id, "I am Ben")
    await page.set_viewport_size(PHONE)
    await expect(page.locator("section.column")).to_have_count(1)
    await lively.box.fill("half a sentence")
    await lively.root.get_by_role("button", name="Choose another person").click()
    await page.get_by_role("region", name="People").get_by_role("button", name="Ben").click()
    chat = page.get_by_role("region", name="Ben", exact=True)
    await expect(chat.get_by_role("article")).to_contain_text("I am Ben")
    await expect(lively.box).to_be_hidden()
    await chat.get_by_role("button", name="Choose another person").click()
    await page.get_by_role("region", name="People").get_by_role("button", name="Ada").click()
    await expect(lively.box).to_have_value("half a sentence")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_what_is_behind_it(lively, page, scheme):
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await lively.button("Commands").click()
    assert await page.evaluate(LOW_CONTRAST) == []
    await page.keyboard.press("Escape")
    await lively.button("Share a location").click()
    assert await page.evaluate(LOW_CONTRAST) == []


async def test_the_skip_link_leads_to_the_text_box(ada, page):
    await expect(ada.box).to_be_visible()
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the message box")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(ada.box).to_be_focused()


async def test_focus_can_be_seen_and_every_control_has_a_name(lively, page):
    await lively.box.focus()
    for _ in range(8):
        await page.keyboard.press("Shift+Tab")
        outline = await page.evaluate(
            "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])"
            "(getComputedStyle(document.activeElement))"
        )
        assert outline[0] != "none"
        assert outline[1] >= 2
    tree = await page.locator("body").aria_snapshot()
    nameless = [line for line in tree.splitlines() if line.strip() in ("- button", "- link")]
    assert nameless == []


async def test_new_messages_are_announced_once(ada, bot, page):
    await expect(ada.messages).to_have_count(1)
    await bot.say(ada.id, "Please <b>listen</b>")
    announcer = page.locator("#announcer")
    await expect(announcer).to_have_text("Surefoot: Please listen")
    await expect(announcer).to_have_attribute("aria-live", "polite")


async def test_a_long_message_is_shown_from_its_beginning(ada, bot, page):
    await page.set_viewport_size(PHONE)
    await expect(ada.messages).to_have_count(1)
    await bot.say(ada.id, "Call 112 now.\n" + "More words.\n" * 60)
    await expect(ada.root.get_by_text("Call 112 now.")).to_be_in_viewport()
    newer = ada.button("More below")
    await newer.click()
    await expect(newer).to_be_hidden()
    distance = await ada.root.get_by_role("log").evaluate(
        "log => log.scrollHeight - log.scrollTop - log.clientHeight"
    )
    assert abs(distance) <= 1


async def test_the_browser_itself_refuses_markup_from_text(ada, page):
    await expect(ada.box).to_be_visible()
    refused = await page.evaluate(
        "try { document.createElement('p').innerHTML = '<b>x</b>'; 'taken' }"
        " catch (error) { error.name }"
    )
    assert refused == "TypeError"
