"""What the services need from outside and what has two real implementations."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time: the machine's own, or the sandbox's, which can be put forward."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...
