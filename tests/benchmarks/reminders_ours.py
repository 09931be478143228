"""Child process: Surefoot's own tick on a database full of reminders; nothing is sent.

``python -m tests.benchmarks.reminders_ours drain|idle address``; ``idle`` looks an hour before anything is
due. Everything is what ``app.running``
builds and freezes; only the sender is not started, so that the claims alone are measured.
"""

import asyncio
import gc
import sys
import zoneinfo
from datetime import datetime, timedelta
from statistics import median
from tempfile import mkdtemp
from time import monotonic

from tests.benchmarks.probes import beating, memory, say, wait_for_go
from tests.benchmarks.reminders_stock import NOON
from tgbot.app import Surefoot
from tgbot.services.knowledge import Knowledge
from tgbot.settings import Settings, read_settings
from tgbot.storage.engine import open_engine
from tgbot.storage.migrate import upgrade

LOOKS = 300


class SetClock:
    """A clock that was set when it was made, and goes."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._began = monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=monotonic() - self._began)


async def serve(mode: str, address: str) -> None:
    zoneinfo.reset_tzpath([])
    knowledge = Knowledge.read()
    settings = read_settings(
        token="1:a",  # it is never used
        api_base="http://127.0.0.1:9",
        database_url=address,
        state_dir=mkdtemp(),
    )
    if mode == "drain":
        app = await _start(settings, knowledge, NOON)
        await _drain(app)
    else:
        began = monotonic()
        app = await _start(settings, knowledge, NOON - timedelta(hours=1))
        await app.tick()
        say(start_s=round(monotonic() - began, 3), ready=monotonic(), **await _idle(app))
    await app.api.close()
    app.watch.close()
    await app.engine.dispose()


async def _start(settings: Settings, knowledge: Knowledge, at: datetime) -> Surefoot:
    await upgrade(settings.database)
    app = Surefoot(settings, open_engine(settings.database), SetClock(at), knowledge)
    gc.freeze()
    app.writing = asyncio.create_task(app.writer.serve())  # held, lest it be collected
    return app


async def _drain(app: Surefoot) -> None:
    await wait_for_go()
    async with beating() as beat:
        began = monotonic()
        await app.tick()
        ended = monotonic()
    say(began=began, ended=ended, gap_ms=round(beat.gap * 1000, 1), **memory())


async def _idle(app: Surefoot) -> dict[str, float]:
    taken = []
    for _ in range(LOOKS):
        began = monotonic()
        if await app.watch.anything(app.clock.now()):
            raise RuntimeError("something is due")
        taken.append(monotonic() - began)
        await asyncio.sleep(0)
    return {"idle_ms": round(median(taken) * 1000, 3), **memory()}


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
