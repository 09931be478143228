"""Telegram's published sending limits, kept only when a test switches them on."""

import math
from collections import deque
from dataclasses import dataclass

ALL_PER_SECOND = 30  # https://core.telegram.org/bots/faq, "broadcasting limits"
GROUP_PER_MINUTE = 20
CHAT_BURST = 3  # Telegram lets short bursts through; how short it does not say
SECOND, MINUTE = 1.0, 60.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class SendLimits:
    """30 a second to all, 1 a second to a chat with a small burst, 20 a minute to a group."""

    def __init__(self) -> None:
        self.enforced = False
        self.refused = 0
        self._all: deque[float] = deque()
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, deque[float]] = {}

    def seconds_to_wait(self, chat_id: int, now: float) -> int:
        """Count a send at monotonic time `now`; return 0, or whole seconds to wait instead."""
        if not self.enforced:
            return 0
        bucket = self._bucket(chat_id, now)
        wait = max(
            _until_room(self._all, ALL_PER_SECOND, SECOND, now),
            _until_room(self._group(chat_id), GROUP_PER_MINUTE, MINUTE, now),
            1 - bucket.tokens,
        )
        if wait > 0:
            self.refused += 1
            return max(1, math.ceil(wait))
        bucket.tokens -= 1
        self._all.append(now)
        self._group(chat_id).append(now)
        return 0

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        bucket = self._chats.setdefault(chat_id, _Bucket(CHAT_BURST, now))
        bucket.tokens = min(CHAT_BURST, bucket.tokens + now - bucket.at)
        bucket.at = now
        return bucket

    def _group(self, chat_id: int) -> deque[float]:
        """Return when a group got its last messages; a private chat has no such limit."""
        if chat_id > 0:
            return deque()
        return self._groups.setdefault(chat_id, deque())


def _until_room(times: deque[float], most: int, window: float, now: float) -> float:
    while times and times[0] <= now - window:
        times.popleft()
    return times[-most] + window - now if len(times) >= most else 0
