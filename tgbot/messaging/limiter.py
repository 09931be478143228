"""How fast calls may leave: Telegram's limits with room held back for answers and warnings.

Telegram's published limits (core.telegram.org/bots/faq, read 2026): about 30 messages a second
overall, one a second in a chat, 20 a minute in a group.
"""

from collections import deque
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from tgbot.domain.delivery import SendClass

SHARE: Final = {SendClass.URGENT: 1.0, SendClass.ANSWER: 0.9, SendClass.BULK: 0.65}
"""How much of each second's budget a class may fill; the rest stays free for those above it."""

CHAT_BURST: Final = 3
"""Messages that may follow each other at once in a chat before one a second applies."""

CHAT_PER_SECOND: Final = 1.0
GROUP_PER_MINUTE: Final = 20
SLICE: Final = 0.125
"""Seconds over which the budget is spread, so that a second's sends do not leave in one clump."""

FREE: Final = frozenset({"answerCallbackQuery", "answerInlineQuery", "sendChatAction"})
"""Methods that are not messages, so the limits of a chat do not count them."""


@dataclass(slots=True)
class _Lane:
    """One chat: its tokens, when they were counted, its last minute (groups), and a pause."""

    tokens: float = CHAT_BURST
    counted_at: float = 0.0
    minute: deque[float] = field(default_factory=deque)
    held_until: float = 0.0


class Limiter:
    """Decides what may be sent now; all times are monotonic seconds given by the caller."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._second: deque[float] = deque()
        self._slice: deque[float] = deque()
        self._lanes: dict[int, _Lane] = {}
        self._class_held: dict[SendClass, float] = {}
        self._limited: deque[tuple[float, int]] = deque()

    def room(self, send_class: SendClass, now: float) -> int:
        """How many calls of this class may leave now, whatever their chat."""
        if self._class_held.get(send_class, 0.0) > now:
            return 0
        _drop_before(self._second, now - 1.0)
        _drop_before(self._slice, now - SLICE)
        budget = max(1, int(self._per_second * SHARE[send_class]))
        left = budget - len(self._second)
        if send_class is SendClass.URGENT:
            return max(0, left)
        return max(0, min(left, ceil(budget * SLICE) - len(self._slice)))

    def chat_free_at(self, chat_id: int, send_class: SendClass, now: float) -> float:
        """When this chat may get its next message; not later than ``now`` means at once."""
        lane = self._lanes.get(chat_id)
        if lane is None:
            return now
        self._refill(lane, now)
        free_at = lane.held_until
        if send_class is not SendClass.URGENT:
            # A warning does not wait behind chatter, only for a pause that Telegram asked for.
            if lane.tokens < 1:
                free_at = max(free_at, now + (1 - lane.tokens) / CHAT_PER_SECOND)
            if chat_id < 0 and len(lane.minute) >= GROUP_PER_MINUTE:
                free_at = max(free_at, lane.minute[0] + 60)
        return free_at

    def note_send(self, chat_id: int, method: str, now: float) -> None:
        """Counts a call that is leaving now."""
        self._second.append(now)
        self._slice.append(now)
        if method in FREE:
            return
        lane = self._lanes.setdefault(chat_id, _Lane(counted_at=now))
        self._refill(lane, now)
        lane.tokens -= 1
        if chat_id < 0:
            lane.minute.append(now)

    def note_limit(self, chat_id: int, send_class: SendClass, seconds: float, now: float) -> None:
        """Obeys a 429: the chat waits; when several chats hit one at once, bulk waits too.

        The Bot API does not say which limit was hit. One chat alone is its own fault; three chats
        within two seconds are the overall limit, and then bulk makes room.
        """
        lane = self._lanes.setdefault(chat_id, _Lane(counted_at=now))
        lane.held_until = max(lane.held_until, now + seconds)
        self._limited.append((now, chat_id))
        while self._limited[0][0] < now - 2:
            self._limited.popleft()
        if send_class is SendClass.BULK and len({chat for _, chat in self._limited}) >= 3:  # noqa: PLR2004 - see the docstring
            self._class_held[SendClass.BULK] = now + seconds

    def forget_idle(self, now: float) -> None:
        """Drops chats that have all their tokens back, so that memory does not grow."""
        for chat_id, lane in list(self._lanes.items()):
            self._refill(lane, now)
            if lane.tokens >= CHAT_BURST and lane.held_until <= now and not lane.minute:
                del self._lanes[chat_id]

    def _refill(self, lane: _Lane, now: float) -> None:
        lane.tokens = min(CHAT_BURST, lane.tokens + (now - lane.counted_at) * CHAT_PER_SECOND)
        lane.counted_at = now
        _drop_before(lane.minute, now - 60)


def _drop_before(times: deque[float], limit: float) -> None:
    while times and times[0] <= limit:
        times.popleft()
