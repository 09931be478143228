"""The clock as the page turns it: an hour ahead, a day ahead, to the next reminder."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.events import EventLog
from tgbot.sandbox.refusals import PageError
from tgbot.sandbox.state import Json

LONGEST_JUMP = 370 * 86_400  # seconds
MOST_STOPS = 100  # reminders on the way at which a jump halts; a year of them would take minutes
NextDue = Callable[[], Awaitable[datetime | None]]
OnClock = Callable[[], Awaitable[None]]


class PageTime:
    """Turns the clock and tells the page and the bot."""

    def __init__(
        self,
        clock: SandboxClock,
        events: EventLog,
        next_due: NextDue | None,
        on_clock: OnClock | None,
    ) -> None:
        self._clock = clock
        self._events = events
        self.next_due = next_due
        self.on_clock = on_clock

    def described(self) -> Json:
        """Return what the page shows of the clock."""
        return {**self._reading(), "can_jump": self.next_due is not None}

    async def advance(self, seconds: float) -> Json:
        """Go ahead by `seconds`, halting at each reminder on the way so that it comes on time."""
        if not 0 <= seconds <= LONGEST_JUMP:
            raise PageError("The clock goes forward only, by a year at most.")
        target = self._clock.offset_seconds + seconds
        for _ in range(MOST_STOPS):
            due = await self.next_due() if self.next_due is not None else None
            ahead = 0.0 if due is None else (due - self._clock.now()).total_seconds()
            if ahead <= 0 or self._clock.offset_seconds + ahead >= target:
                break
            await self._turn(ahead)
        await self._turn(target - self._clock.offset_seconds)
        return {**self._reading(), "jumped_to": None}

    async def jump_to_next(self) -> Json:
        """Jump to the bot's next reminder; without one the clock stays."""
        due = await self.next_due() if self.next_due is not None else None
        if due is None:
            return {**self._reading(), "jumped_to": None}
        await self._turn((due - self._clock.now()).total_seconds())
        return {**self._reading(), "jumped_to": due.isoformat()}

    async def _turn(self, seconds: float) -> None:
        self._clock.advance(max(0.0, seconds))
        self._events.add("clock", **self._reading())
        if self.on_clock is not None:
            await self.on_clock()

    def _reading(self) -> Json:
        now, offset = self._clock.now().isoformat(), self._clock.offset_seconds
        return {"now": now, "offset_seconds": offset}
