"""The main slice as a newcomer meets it: ``tgbot demo`` in a child process, and Chromium on a phone."""

import asyncio
import os
import re
import sys

import pytest
import pytest_asyncio
from playwright.async_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tgbot", "demo", "--port", "0",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "TGBOT_STATE_DIR": str(tmp_path / "state")},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    words = ""
    while "Ctrl-C" not in words:
        line = await asyncio.wait_for(process.stderr.readline(), 30)
        assert line, words
        words += line.decode()
    yield re.search(r"http://[\d.:]+", words).group()
    process.terminate()
    await process.wait()


class Phone:
    """A person with a phone: reads what is shown, taps what it says."""

    def __init__(self, page, name):
        self.page = page
        self.chat = page.get_by_role("region", name=name, exact=True)
        self.last = self.chat.get_by_role("article").last

    async def write(self, words):
        box = self.chat.get_by_role("textbox", name="Write a message")
        await box.fill(words)
        await box.press("Enter")

    async def tap(self, words):
        await self.chat.get_by_role("button", name=words, exact=True).last.click()

    async def reads(self, *words):
        for one in words:
            await expect(self.last).to_contain_text(one)


async def test_a_newcomer_talks_to_the_real_bot(page, demo):
    await page.set_viewport_size({"width": 390, "height": 780})
    await page.goto(demo)
    await page.get_by_role("textbox", name="First name").fill("Ada")
    await page.get_by_role("button", name="Open a chat").click()
    phone = Phone(page, "Ada")
    await phone.tap("Start")
    await phone.reads("Hello, I am Surefoot.", "I am not a doctor.")

    await phone.write("how much vitamin D for a woman of 72?")
    await phone.reads("20 mcg (800 IU)", "4,000 IU", "Source:")
    await phone.tap("Foods")
    await phone.reads("salmon")

    await phone.write("/check")
    await phone.tap("Yes, keep my answers and begin")
    await phone.tap("Me, age 60 or over")
    await phone.tap("Face drops, arm weak, odd speech")
    await phone.tap("Done")
    await phone.reads("Call", "now")
    await expect(phone.last).not_to_contain_text("Step")

    await phone.write("remind me at 8 every day")
    await phone.reads("What time is it where you are?")
    await phone.write("Dublin")
    await phone.reads("Done, your reminder is set.", "8:00 am", "Dublin")
    await page.get_by_role("button", name=re.compile("^Bot clock")).click()
    await page.get_by_role("button", name="Jump to the next reminder").click()
    await page.keyboard.press("Escape")
    await phone.reads("It is 08:00", "once a doctor has seen you")
    await phone.tap("A doctor has seen me")
    await phone.tap("Done")
    await phone.reads("Well done.")

    await phone.write("my mouth has dropped on one side and I cannot lift my arm")
    await phone.reads("Call your emergency number now.", "Do not drive yourself.")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
