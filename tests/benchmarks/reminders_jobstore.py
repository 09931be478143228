"""Child process: APScheduler with its SQLAlchemyJobStore, one job per person, all due at once.

``python -m tests.benchmarks.reminders_jobstore address count``. The jobs may be as late as they like, and
write nothing of their own.
"""

import asyncio
import pickle
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.util import datetime_to_utc_timestamp

from tests.benchmarks.probes import beating, memory, say, wait_for_go
from tests.benchmarks.reminders_stock import ZONES


class FilledStore(SQLAlchemyJobStore):
    """The library's store; jobs are put in with one transaction for all, to get on with it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._rows = []

    def add_job(self, job: Job) -> None:
        state = pickle.dumps(job.__getstate__(), self.pickle_protocol)
        at = datetime_to_utc_timestamp(job.next_run_time)
        self._rows.append({"id": job.id, "next_run_time": at, "job_state": state})

    def fill(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(self.jobs_t.insert(), self._rows)
        self._rows.clear()


class Fired:
    """Counts; of the module, because the store can only keep what it can name."""

    left = 0
    all = asyncio.Event()
    ended = 0.0


async def fire(_number: int) -> None:
    Fired.left -= 1
    if not Fired.left:
        Fired.ended = monotonic()
        Fired.all.set()


async def serve(address: str, count: int) -> None:
    scheduler, store = AsyncIOScheduler(timezone="UTC"), FilledStore(address)
    scheduler.add_jobstore(store)
    scheduler.start(paused=True)
    _add(scheduler, range(count))
    store.fill()
    Fired.left = count
    await wait_for_go()
    async with beating() as beat:
        began = monotonic()
        scheduler.resume()
        await Fired.all.wait()
    say(began=began, ended=Fired.ended, gap_ms=round(beat.gap * 1000, 1), **memory())


def _add(scheduler: AsyncIOScheduler, numbers: Iterable[int]) -> None:
    options = {"misfire_grace_time": None, "next_run_time": datetime.now(UTC)}
    zones = list(ZONES.items())
    for number in numbers:
        zone, hour = zones[number % len(zones)]
        scheduler.add_job(fire, "cron", args=[number], hour=hour, timezone=zone, **options)


if __name__ == "__main__":
    # The store knows ``fire`` by the name of this module.
    from tests.benchmarks import reminders_jobstore

    asyncio.run(reminders_jobstore.serve(sys.argv[1], int(sys.argv[2])))
