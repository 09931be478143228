"""Signs of progress: when each part of the road last got somewhere."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from tgbot.errors import ApiRefused

STALE: Final = 60.0
"""Seconds without progress after which a part counts as stuck."""


@dataclass(slots=True)
class Vitals:
    """Monotonic times of the last progress; ``token_refused`` while Telegram rejects the token."""

    started_at: float = field(default_factory=monotonic)
    last_poll: float | None = None
    last_tick: float | None = None
    token_refused: bool = False
    webhook: bool = False

    def polled(self) -> None:
        """Telegram answered, and the updates are stored."""
        self.last_poll = monotonic()
        self.token_refused = False

    def poll_failed(self, failure: Exception) -> None:
        """Telegram did not answer, or said no."""
        if isinstance(failure, ApiRefused) and failure.code in {401, 404}:
            self.token_refused = True

    def ticked(self) -> None:
        """The scheduler woke the delivery of reminders."""
        self.last_tick = monotonic()

    def problems(self) -> list[str]:
        """What is stuck, in plain words; empty when all is well."""
        now = monotonic()
        found = []
        if self.token_refused:
            found.append("Telegram rejects the token")
        if not self.webhook and now - (self.last_poll or self.started_at) > STALE:
            found.append("no answer from Telegram for a minute")
        if now - (self.last_tick or self.started_at) > STALE:
            found.append("reminders have not been looked at for a minute")
        return found

    @property
    def ready(self) -> bool:
        """Whether updates have come in, or can, since the start."""
        return (self.webhook or self.last_poll is not None) and not self.problems()
