"""The clock as the page turns it: an hour ahead, a day ahead, to the next reminder."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.events import EventLog
from tgbot.sandbox.refusals import PageError
from tgbot.sandbox.state import Json

LONGEST_JUMP = 370 * 86_400  # seconds
NextDue = Callable[[], Awaitable[datetime | None]]


class PageTime:
    """Turns the clock and tells the page and the bot."""

    def __init__(
        self,
        clock: SandboxClock,
        events: EventLog,
        next_due: NextDue | None,
        on_clock: Callable[[], None] | None,
    ) -> None:
        self._clock = clock
        self._events = events
        self.next_due = next_due
        self.on_clock = on_clock

    def described(self) -> Json:
        """Return what the page shows of the clock."""
        return {**self._reading(), "can_jump": self.next_due is not None}

    def advance(self, seconds: float) -> Json:
        """Jump ahead by `seconds`."""
        if not 0 <= seconds <= LONGEST_JUMP:
            raise PageError("The clock goes forward only, by a year at most.")
        self._clock.advance(seconds)
        self._tell()
        return {**self._reading(), "jumped_to": None}

    async def jump_to_next(self) -> Json:
        """Jump to the bot's next reminder; without one the clock stays."""
        due = await self.next_due() if self.next_due is not None else None
        if due is None:
            return {**self._reading(), "jumped_to": None}
        ahead = (due - self._clock.now()).total_seconds()
        self._clock.advance(max(0.0, ahead))
        self._tell()
        return {**self._reading(), "jumped_to": due.isoformat()}

    def _reading(self) -> Json:
        now, offset = self._clock.now().isoformat(), self._clock.offset_seconds
        return {"now": now, "offset_seconds": offset}

    def _tell(self) -> None:
        self._events.add("clock", **self._reading())
        if self.on_clock is not None:
            self.on_clock()
