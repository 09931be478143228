"""The composition root: the one place that joins settings, database, content, handlers and road."""

import asyncio
import gc
import logging
import os
import zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers import register
from handlers.menu import menu_calls
from tgbot.domain.delivery import SendClass
from tgbot.errors import ApiRefused, ApiUnreachable
from tgbot.health import health_application
from tgbot.messaging.api import BotApi
from tgbot.messaging.dispatch import App, Dispatcher, build_application
from tgbot.messaging.intake import Intake
from tgbot.messaging.limiter import SHARE
from tgbot.messaging.polling import Poller
from tgbot.messaging.request import SharedRequest
from tgbot.messaging.sender import Sender
from tgbot.messaging.vitals import Vitals
from tgbot.messaging.webhook import Webhook
from tgbot.messaging.worker import Worker
from tgbot.scheduler import start_scheduler
from tgbot.services.clock import SystemClock
from tgbot.services.condition import note_tick
from tgbot.services.delivery import AT_ONCE, BATCH, Pace, deliver_again, deliver_due
from tgbot.services.followups import deliver_followups
from tgbot.services.housekeeping import forget_old
from tgbot.services.knowledge import Knowledge
from tgbot.services.ports import Clock
from tgbot.services.schedules import data_changed, refresh_page
from tgbot.settings import Settings, address, require_token
from tgbot.storage import followups, occurrences, reminders
from tgbot.storage.engine import open_engine, reading
from tgbot.storage.lock import only_process
from tgbot.storage.migrate import upgrade
from tgbot.storage.watch import Watch
from tgbot.storage.writer import Writer

log = logging.getLogger(__name__)

HANDLERS_MAY_TAKE: Final = 2.0
SENDS_MAY_TAKE: Final = 3.0
"""Seconds granted at the end; together with the rest an exit stays under eight."""

Deliver = Callable[[AsyncConnection, Knowledge, datetime, Pace], Awaitable[int]]

MOST_COUNTED: Final = 20_000
"""Due reminders that are counted to see how widely they must be spread; more changes nothing."""

RETRY: Final = 3.0
"""Seconds between tries to reach Telegram at the start."""


class Surefoot:
    """The whole bot, joined but not yet at work; ``running`` starts and stops it.

    ``failed`` ends with the error of the first part that broke, which should never happen.
    """

    def __init__(
        self, settings: Settings, engine: AsyncEngine, clock: Clock, knowledge: Knowledge
    ) -> None:
        token = require_token(settings)
        self.settings = settings
        self.engine = engine
        self.clock = clock
        self.knowledge = replace(knowledge, education=settings.checkup == "education")
        self.vitals = Vitals(webhook=settings.mode == "webhook")
        self.writer = Writer(engine)
        self.watch = Watch(engine)
        self.api = BotApi(settings.api_base, token)
        alone = engine.dialect.name == "sqlite"
        self.sender = Sender(self.api, self.writer, clock, settings.sends_per_second, alone=alone)
        self.application = _build_application(settings, self.api, token)
        self.worker = Worker(
            engine,
            self.writer,
            clock,
            self.knowledge,
            Dispatcher(self.application),
            self.sender.wake,
        )
        self.intake = Intake(self.writer, clock, self.knowledge, self.wake)
        self._introduced = asyncio.Event()
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def wake(self) -> None:
        """Something came in, or the clock was moved: look again everywhere."""
        self.worker.wake()
        self.sender.wake()

    async def tick(self) -> None:
        """Owes every reminder and every follow-up that is due now."""
        if await self.watch.anything(self.clock.now()):
            await self._deliver_all(deliver_due)
            await self._deliver_all(deliver_again)
            await self._deliver_all(deliver_followups)
        self.vitals.ticked()

    async def _deliver_all(self, deliver: Deliver) -> None:
        """Batch after batch; once the first was full, what is left is spread over some minutes."""
        pace = AT_ONCE
        while True:
            owed = await self.writer.run(partial(self._deliver, deliver, pace))
            if owed:
                self.sender.wake()
            if owed < BATCH:
                return
            if pace is AT_ONCE:
                pace = await self.writer.run(self._pace)

    async def _deliver(self, deliver: Deliver, pace: Pace, connection: AsyncConnection) -> int:
        return await deliver(connection, self.knowledge, self.clock.now(), pace)

    async def _pace(self, connection: AsyncConnection) -> Pace:
        backlog = await occurrences.count_due(connection, self.clock.now(), MOST_COUNTED)
        return Pace(backlog, self.settings.sends_per_second * SHARE[SendClass.BULK])

    async def refresh_schedules(self) -> None:
        """Plans all reminders anew, a page at a time, when the time-zone data have changed."""
        last: int | None = 0
        if not await self.writer.run(data_changed):
            return
        while last is not None:
            last = await self.writer.run(partial(self._refresh, last))

    async def _refresh(self, last: int, connection: AsyncConnection) -> int | None:
        return await refresh_page(connection, last, self.clock.now())

    async def keep_house(self) -> None:
        """Frees what dead senders held, and forgets what is old."""
        await self.sender.tidy()
        await self.writer.run(lambda c: forget_old(c, self.clock.now()))
        await self.writer.run(lambda c: note_tick(c, self.clock.now()))

    async def next_due(self) -> datetime | None:
        """The next instant at which a reminder or follow-up is due; None when there is none."""
        now = self.clock.now()
        async with reading(self.engine) as connection:
            found = [
                await reminders.next_due(connection, now),
                await followups.next_due(connection, now),
            ]
        return min((one for one in found if one is not None), default=None)

    async def introduce(self) -> None:
        """Learns the bot's own name and sets its menu, as soon as Telegram answers; then works."""
        await _until_answered(self.application.initialize)
        self._introduced.set()
        if self.settings.mode == "webhook":
            await _until_answered(lambda: self.webhook().register(self.api))
        for method, params in menu_calls(self.knowledge.catalogue):
            await _until_answered(partial(self.api.call, method, params))

    async def work(self) -> None:
        """Handles updates once the bot's own name is known, which handlers need."""
        await self._introduced.wait()
        await self.worker.serve()

    def webhook(self) -> Webhook:
        """The address that Telegram posts to."""
        secret = self.settings.webhook_secret.get_secret_value()
        return Webhook(self.intake, self.settings.webhook_url, secret)


def _build_application(settings: Settings, api: BotApi, token: str) -> App:
    request = SharedRequest(api)
    bot: ExtBot[None] = ExtBot(
        token,
        base_url=f"{settings.api_base}/bot",
        request=request,
        get_updates_request=request,
    )
    application = build_application(bot)
    register(application)
    return application


async def _until_answered(call: Callable[[], Awaitable[object]]) -> None:
    """Repeats a call to Telegram until it works; the first failure is logged, by class only."""
    failures = 0
    while True:
        try:
            await call()
        except (ApiRefused, ApiUnreachable, TelegramError) as failure:
            failures += 1
            if failures == 1:
                log.warning("Telegram cannot be reached: %s", type(failure).__name__)
            await asyncio.sleep(RETRY)
        else:
            return


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, knowledge: Knowledge | None = None
) -> AsyncIterator[Surefoot]:
    """The bot at work, from the migrations to an orderly end.

    Raises:
        SettingsError: the token is missing.
        AlreadyRunning: another process works on this SQLite file.
        ContentError: the content is broken.
    """
    # The system's time-zone data may be older than the package's, and hours off.
    zoneinfo.reset_tzpath([])
    # matplotlib keeps its list of fonts there; the home of a service account may not be writable.
    os.environ.setdefault("MPLCONFIGDIR", str(settings.state_dir / "matplotlib"))
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        if settings.database.startswith("sqlite"):
            stack.enter_context(only_process(settings.state_dir))
        require_token(settings)
        await upgrade(settings.database)
        engine = open_engine(settings.database)
        stack.push_async_callback(engine.dispose)
        app = Surefoot(settings, engine, clock, knowledge or Knowledge.read())
        stack.push_async_callback(app.api.close)
        stack.callback(app.watch.close)
        # The content stays for good; without this each full collection walks it and stops the loop.
        gc.freeze()
        await _start(app, stack)
        yield app


async def _start(app: Surefoot, stack: AsyncExitStack) -> None:
    """Starts the parts; the stack stops them the other way round, so that nothing is cut off."""
    start = _Starter(app, stack)
    start("writer", app.writer.serve())
    await app.writer.run(lambda c: note_tick(c, app.clock.now()))
    stack.push_async_callback(app.sender.drain, SENDS_MAY_TAKE)
    start("sender", app.sender.serve())
    stack.push_async_callback(app.worker.drain, HANDLERS_MAY_TAKE)
    start("worker", app.work())
    start("introduction", app.introduce())
    start("refreshing of schedules", app.refresh_schedules())
    scheduler = start_scheduler(app.tick, app.keep_house)
    stack.callback(scheduler.shutdown, wait=False)
    if app.settings.health_listen:
        await _serve(stack, health_application(app.vitals), app.settings.health_listen)
    if app.settings.mode == "webhook":
        await _serve(stack, app.webhook().application(), app.settings.webhook_listen)
    else:
        start("poller", Poller(app.api, app.intake, app.vitals).serve())


class _Starter:
    """Runs parts for as long as the bot runs; the failure of one is the bot's."""

    def __init__(self, app: Surefoot, stack: AsyncExitStack) -> None:
        self._app = app
        self._stack = stack

    def __call__(self, name: str, part: Awaitable[None]) -> None:
        task = asyncio.create_task(self._guard(name, part), name=name)
        self._stack.push_async_callback(_end, task)

    async def _guard(self, name: str, part: Awaitable[None]) -> None:
        try:
            await part
        except Exception as failure:
            log.exception("the %s failed", name)
            if not self._app.failed.done():
                self._app.failed.set_exception(failure)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _serve(stack: AsyncExitStack, application: web.Application, listen: str) -> None:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    host, port = address(listen)
    await web.TCPSite(runner, host, port).start()
