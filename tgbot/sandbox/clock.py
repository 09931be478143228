"""The sandbox's time: real time plus an offset that only grows, so that tomorrow can come now."""

from datetime import UTC, datetime, timedelta


class SandboxClock:
    """A clock that the demo's bot and the sandbox share."""

    def __init__(self) -> None:
        self._offset = timedelta(0)

    @property
    def offset_seconds(self) -> float:
        """How many seconds this clock is ahead of real time."""
        return self._offset.total_seconds()

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """Return the moment as whole Unix seconds, the form of every date in the Bot API."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Jump `seconds` ahead.

        Raises:
            ValueError: the clock would go back.
        """
        if seconds < 0:
            raise ValueError("the sandbox clock only goes forward")
        self._offset += timedelta(seconds=seconds)
