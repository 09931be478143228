"""A real Chromium, the real sandbox, and a scripted bot that speaks the Bot API over HTTP."""

import asyncio
import os
import shutil
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    async_playwright,
)

from tgbot.sandbox.server import Sandbox

Json = dict[str, Any]
Answer = Callable[["ScriptedBot", Json], Awaitable[None]]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO = "Browser tests skipped: no Chromium found. On Debian: apt-get install chromium"


class ScriptedBot:
    """A bot that does what the test tells it, through HTTP only."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._base = f"{url}/bot{token}/"
        self._news = asyncio.Event()
        self.updates: list[Json] = []
        self.on: dict[str, Answer] = {}

    async def call(self, method: str, **params: object) -> Any:
        """Call a method; a refusal fails the test."""
        async with self._session.post(self._base + method, json=params) as response:
            answer = await response.json()
        assert answer["ok"], f"{method}: {answer.get('description')}"
        return answer["result"]

    async def upload(self, method: str, field: str, name: str, body: bytes, **params: str) -> Json:
        """Call a method that carries a file."""
        form = aiohttp.FormData()
        form.add_field(field, body, filename=name)
        for key, value in params.items():
            form.add_field(key, value)
        async with self._session.post(self._base + method, data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, chat_id: int, text: str, **params: object) -> Json:
        """Send a message in Telegram's HTML."""
        return await self.call(
            "sendMessage", chat_id=chat_id, text=text, parse_mode="HTML", **params
        )

    async def heard(self, kind: str) -> Json:
        """Wait for the first update of this kind and return what is in it; it is then forgotten."""
        async with asyncio.timeout(10):
            while True:
                for update in self.updates:
                    if kind in update:
                        self.updates.remove(update)
                        return update[kind]
                self._news.clear()
                await self._news.wait()

    async def poll(self) -> None:
        """Take updates for ever and answer those that the test has an answer for."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                self.updates.append(update)
                self._news.set()
                kind = next(name for name in update if name != "update_id")
                if kind in self.on:
                    await self.on[kind](self, update[kind])


class Chat:
    """The chat of one person, as a reader of the page finds it: by what things are called."""

    def __init__(self, page: Page, chat_id: int, name: str) -> None:
        self.page = page
        self.id = chat_id
        self.root = page.get_by_role("region", name=name, exact=True)
        self.box = self.root.get_by_role("textbox", name="Write a message")
        self.messages = self.root.get_by_role("article")
        self.last = self.messages.last

    def button(self, name: str) -> Locator:
        """Return a button or link-like button of this chat."""
        return self.root.get_by_role("button", name=name, exact=True)

    async def write(self, text: str) -> None:
        """Type a message and send it."""
        await self.box.fill(text)
        await self.box.press("Enter")


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of a Chromium, None when there is none."""
    named = os.environ.get("TGBOT_TEST_CHROMIUM")
    own = playwright.chromium.executable_path
    found = [named, *map(shutil.which, NAMES), own if own and Path(own).exists() else None]
    return next((path for path in found if path), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say once, not once per test, that there is no browser: equal places are shown as one."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and HOW_TO in report.longrepr[2]:
        report.longrepr = (__file__, 1, f"Skipped: {HOW_TO}")
    return report


@pytest.fixture
def png() -> bytes:
    """A green picture, 64 by 40."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    size = struct.pack(">IIBBBBB", 64, 40, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x1e\x90\x50" * 64) * 40
    pixels = zlib.compress(rows)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            pytest.skip(HOW_TO)
        chromium = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox: Sandbox) -> AsyncIterator[ScriptedBot]:
    async with aiohttp.ClientSession() as session:
        scripted = ScriptedBot(session, sandbox.url, sandbox.token)
        polling = asyncio.create_task(scripted.poll())
        yield scripted
        if polling.done():
            polling.result()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="Europe/London"
    )
    made.set_default_timeout(10_000)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A page that fails the test when a script of it fails."""
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def ada(sandbox: Sandbox, bot: ScriptedBot, page: Page) -> AsyncIterator[Chat]:
    """Ada, who has written to the bot, in her open chat."""
    person = sandbox.add_person("Ada")
    sandbox.send_text(person.id, "hello")
    await page.goto(sandbox.url)
    yield Chat(page, person.id, "Ada")
