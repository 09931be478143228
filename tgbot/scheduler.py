"""APScheduler as a plain alarm clock: it wakes jobs, and holds nothing that could be lost."""

from collections.abc import Awaitable, Callable
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[None]]

TICK: Final = 1.0
"""Seconds between two looks at what is due."""

HOUSEKEEPING: Final = 60.0


def start_scheduler(tick: Job, housekeeping: Job) -> AsyncIOScheduler:
    """Starts the two jobs. A late run is run once, and a slow one is never run beside itself."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )
    scheduler.add_job(tick, "interval", seconds=TICK)
    scheduler.add_job(housekeeping, "interval", seconds=HOUSEKEEPING)
    scheduler.start()
    return scheduler
