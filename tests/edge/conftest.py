"""The real bot against the sandbox over HTTP, and people who talk to it."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from sqlalchemy import func, select

from tgbot.app import running
from tgbot.messaging import limiter
from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.server import Sandbox
from tgbot.settings import read_settings
from tgbot.storage.engine import reading
from tgbot.storage.models import InboxRow, OutboxRow

PATIENCE = 10.0
"""Seconds until a test gives up waiting."""

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday: every conversation begins here, so that "today" and "tomorrow" mean the same always."""


class MorningClock(SandboxClock):
    """The sandbox's clock, begun at the same moment in every test."""

    def __init__(self):
        super().__init__()
        self._began = monotonic()

    def now(self):
        passed = timedelta(seconds=monotonic() - self._began)
        return MORNING + passed + timedelta(seconds=self.offset_seconds)


@dataclass(frozen=True)
class Heard:
    """What the bot did in one chat since a moment: new messages, changed ones, notes on taps."""

    new: tuple[dict, ...]
    edited: tuple[dict, ...]
    notices: tuple[str, ...]
    below: tuple[str, ...] = ()
    """The buttons put below the text box, which are no part of a message."""

    @property
    def messages(self):
        """All messages that changed or came."""
        return (*self.edited, *self.new)

    @property
    def text(self):
        """All words of those messages."""
        return "\n".join(words_of(message) for message in self.messages)

    @property
    def buttons(self):
        """The labels of all their buttons."""
        under = [button["text"] for message in self.messages for button in buttons_of(message)]
        return [*under, *self.below]


def words_of(message):
    """What a message says: its text, or the words under its picture."""
    return message.get("text") or message.get("caption", "")


def buttons_of(message):
    """The inline buttons of a message, top to bottom."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [button for row in rows for button in row]


class Bot:
    """The bot at work; it can be stopped and started again on the same state."""

    def __init__(self, sandbox, settings, knowledge):
        self.sandbox = sandbox
        self._settings = settings
        self._knowledge = knowledge
        self._stack = AsyncExitStack()
        self.app = None

    async def start(self):
        """Starts it and waits until it has introduced itself."""
        begun = len(self.sandbox.calls.of("setMyShortDescription"))
        way = running(self._settings, self.sandbox.clock, self._knowledge)
        self.app = await self._stack.enter_async_context(way)
        await self.until(lambda: len(self.sandbox.calls.of("setMyShortDescription")) > begun)
        await self.settle()

    async def stop(self):
        """Ends it in an orderly way."""
        await self._stack.aclose()
        self.app = None

    def chat(self, name):
        """A new person's private chat."""
        return Chat(self, self.sandbox.add_person(name))

    async def until(self, holds):
        """Waits until ``holds()`` is true."""
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - of another part; it has no event
                await asyncio.sleep(0.002)

    async def settle(self):
        """Waits until every update is handled and everything owed is sent."""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.world.updates.waiting() or await self._busy():  # noqa: ASYNC110 - in the database
                await asyncio.sleep(0.002)

    async def _busy(self):
        waits = InboxRow.state == "pending"
        owed = OutboxRow.state != "done"
        return await self._count(InboxRow, waits) + await self._count(OutboxRow, owed)

    async def _count(self, row, condition):
        async with reading(self.app.engine) as connection:
            return await connection.scalar(select(func.count()).select_from(row).where(condition))

    async def parked(self):
        """How many updates were put aside because nothing could handle them."""
        return await self._count(InboxRow, InboxRow.state == "parked")

    async def advance(self, length):
        """Puts the clock forward, halting at each reminder on the way, as a demo does."""
        target = self.sandbox.clock.now() + length
        while (due := await self.app.next_due()) is not None and due < target:
            await self._go_to(due)
        await self._go_to(target)

    async def to_next_reminder(self):
        """Puts the clock to the moment of the next reminder."""
        due = await self.app.next_due()
        assert due is not None, "no reminder is due"
        await self._go_to(due)

    async def _go_to(self, moment):
        ahead = (moment - self.sandbox.clock.now()).total_seconds()
        self.sandbox.clock.advance(max(0.0, ahead))
        await self.app.tick()
        self.app.wake()
        await self.settle()


class Chat:
    """One person's private chat with the bot."""

    def __init__(self, bot, person):
        self.bot = bot
        self.sandbox = bot.sandbox
        self.id = person.id

    @property
    def cards(self):
        """The bot's messages, oldest first."""
        return [message for message in self.sandbox.messages(self.id) if message["from"]["is_bot"]]

    def last(self):
        """The bot's newest message."""
        return self.cards[-1]

    @property
    def texts(self):
        """The words of the bot's messages, oldest first."""
        return [words_of(card) for card in self.cards]

    async def say(self, text):
        """Writes, and returns what the bot did about it."""
        return await self.during(lambda: self.sandbox.send_text(self.id, text))

    async def share_place(self, latitude, longitude):
        """Sends a place, as the phone does after a tap on the button that asks for it."""
        return await self.during(lambda: self.sandbox.send_location(self.id, latitude, longitude))

    async def tap(self, label, times=1):
        """Taps the newest button of that name (``times`` times at once)."""
        card, button = self.find(label)

        def act():
            for _ in range(times):
                self.sandbox.tap(self.id, card["message_id"], button["callback_data"])

        return await self.during(act)

    async def forge(self, data):
        """Sends a tap on the newest message with made-up data."""
        return await self.during(lambda: self.sandbox.tap(self.id, self.last()["message_id"], data))

    async def edit(self, text):
        """Changes the person's own newest message."""
        own = [m for m in self.sandbox.messages(self.id) if not m["from"]["is_bot"]][-1]
        return await self.during(lambda: self.sandbox.edit_text(self.id, own["message_id"], text))

    def find(self, label):
        """The newest card with a button of that name (or that begins so), and the button."""
        for fits in (str.__eq__, str.startswith):
            for card in reversed(self.cards):
                for button in buttons_of(card):
                    if fits(button["text"], label):
                        return card, button
        offered = [button["text"] for card in self.cards for button in buttons_of(card)]
        raise AssertionError(f"no button {label!r}; there are {offered}")

    async def advance(self, **length):
        """Puts the clock forward by a ``timedelta``."""
        return await self.during(lambda: self.bot.advance(timedelta(**length)))

    async def during(self, act):
        """Acts, waits until the bot has done all it will do, and returns what that was."""
        before = {card["message_id"]: card for card in self.cards}
        answered = len(self.sandbox.calls.of("answerCallbackQuery"))
        done = act()
        if asyncio.iscoroutine(done):
            await done
        await self.bot.settle()
        new = tuple(card for card in self.cards if card["message_id"] not in before)
        edited = tuple(
            card for card in self.cards if before.get(card["message_id"], card) is not card
        )
        taps = self.sandbox.calls.of("answerCallbackQuery")[answered:]
        notices = tuple(t.args["text"] for t in taps if t.args.get("text"))
        return Heard(new, edited, notices, tuple(self._below(new)))

    def _below(self, messages):
        stored = self.sandbox.world.history.get(self.id, {})
        for message in messages:
            for row in (stored[message["message_id"]].keyboard or {}).get("keyboard", ()):
                yield from (button["text"] for button in row)


@pytest.fixture
async def sandbox():
    """A local Bot API server at its fixed morning."""
    async with Sandbox(clock=MorningClock()) as sandbox:
        yield sandbox


@pytest.fixture
def database_url(request):
    """Where the bot keeps what it knows: SQLite, or PostgreSQL when a test is parametrised so."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return ""
    address = request.getfixturevalue("postgres_address")
    return address.replace("postgresql+psycopg://", "postgresql://", 1)


@pytest.fixture
async def bot(sandbox, tmp_path, knowledge, monkeypatch, database_url):
    """The real bot, which may send as fast as it can."""
    monkeypatch.setattr(limiter, "CHAT_PER_SECOND", 1e6)
    settings = read_settings(
        token=sandbox.token,
        api_base=sandbox.api_base,
        state_dir=tmp_path / "state",
        database_url=database_url,
        sends_per_second=1000,
    )
    bot = Bot(sandbox, settings, knowledge)
    try:
        await bot.start()
        yield bot
    finally:
        await bot.stop()


@pytest.fixture
def chat(bot):
    """A person's private chat with the bot."""
    return bot.chat("Ann")
