"""Child process: python-telegram-bot's JobQueue with one ``run_daily`` job per person.

``python -m tests.benchmarks.reminders_jobqueue count seconds``: gives up adding after ``seconds``. The
jobs may be as late as they like (their default of one second drops most of them), and write nothing.
"""

import asyncio
import sys
from datetime import UTC, datetime, time
from time import monotonic
from zoneinfo import ZoneInfo

from telegram import User
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from tests.benchmarks.probes import beating, memory, say, wait_for_go
from tests.benchmarks.reminders_stock import ZONES


class OfflineBot(ExtBot):
    """Does not ask Telegram who it is."""

    async def get_me(self, *_: object, **__: object) -> User:
        self._bot_user = User(1, "Bot", is_bot=True, username="bot")
        return self._bot_user


class Fired:
    """Counts, and knows when the last one has fired."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.all = asyncio.Event()
        self.ended = 0.0

    async def fire(self, _context: ContextTypes.DEFAULT_TYPE) -> None:
        self.left -= 1
        if not self.left:
            self.ended = monotonic()
            self.all.set()


async def serve(count: int, patience: float) -> None:
    application = ApplicationBuilder().bot(OfflineBot("1:a")).build()
    await application.initialize()
    # Held back, so that all of the jobs are there before the first is looked at.
    application.job_queue.scheduler.start(paused=True)
    await application.start()
    fired = Fired(count)
    began = monotonic()
    added = _add(application, fired, count, patience)
    start_s = round(monotonic() - began, 3)
    if added < count:
        say(start_s=start_s, added=added, **memory())
        return
    say(start_s=start_s, added=added, **memory())
    await wait_for_go()
    async with beating() as beat:
        began = monotonic()
        application.job_queue.scheduler.resume()
        await fired.all.wait()
    say(began=began, ended=fired.ended, gap_ms=round(beat.gap * 1000, 1), **memory())


def _add(application: Application, fired: Fired, count: int, patience: float) -> int:
    until = monotonic() + patience
    options = {"misfire_grace_time": None, "next_run_time": datetime.now(UTC)}
    times = [time(hour, tzinfo=ZoneInfo(zone)) for zone, hour in ZONES.items()]
    for number in range(count):
        daily = times[number % len(times)]
        application.job_queue.run_daily(fired.fire, daily, chat_id=number, job_kwargs=options)
        if monotonic() > until:
            return number + 1
    return count


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
