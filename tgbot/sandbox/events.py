"""What happened in the sandbox, numbered, for the chat page that listens."""

import asyncio
from collections import deque
from typing import Any

KEPT_EVENTS = 2_000
LONGEST_BACKLOG = 5_000

Event = dict[str, Any]


class EventLog:
    """The last events and those who listen; adding one never waits."""

    def __init__(self) -> None:
        self.seq = 0
        self._kept: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def add(self, kind: str, **fields: object) -> None:
        """Number an event and hand it to every listener; a listener too far behind is let go."""
        self.seq += 1
        event: Event = {"seq": self.seq, "type": kind, **fields}
        self._kept.append(event)
        for listener in list(self._listeners):
            listener.put_nowait(event)
            if listener.qsize() > LONGEST_BACKLOG:
                self._let_go(listener)

    def since(self, seq: int) -> list[Event] | None:
        """Return the events after number `seq`, or None when they are gone or never were."""
        oldest = self._kept[0]["seq"] if self._kept else self.seq + 1
        if not oldest - 1 <= seq <= self.seq:
            return None
        missing = self.seq - seq
        return list(self._kept)[-missing:] if missing else []

    def listen(self) -> asyncio.Queue[Event | None]:
        """Return a queue of the events to come; None in it means the end."""
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def forget(self, listener: asyncio.Queue[Event | None]) -> None:
        """Stop handing events to `listener`."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """Tell every listener that this is the end."""
        for listener in list(self._listeners):
            self._let_go(listener)

    def _let_go(self, listener: asyncio.Queue[Event | None]) -> None:
        self._listeners.discard(listener)
        listener.put_nowait(None)
