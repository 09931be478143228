"""One call of a Bot API method: its parameters as Telegram's server reads them, and a log of calls."""

import json
import re
import time
from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tgbot.sandbox.refusals import bad_request

INTEGER = re.compile(r"\s*(-?\d{1,19})")
TRUE_WORDS = ("true", "yes", "1")
KEPT_CALLS = 100_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content_type: str
    body: bytes


@dataclass(slots=True)
class Call:
    """The parameters of one call; every reader is as lenient as Telegram's."""

    method: str
    args: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the parameter as text, "" when absent; JSON values as their JSON."""
        value = self.args.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Return the leading digits of the parameter as a number; 0 for other text."""
        value = self.args.get(name, "")
        if isinstance(value, int):
            return value
        if value == "":
            return default
        match = INTEGER.match(value) if isinstance(value, str) else None
        return int(match[1]) if match else 0

    def clamped(self, name: str, default: int, low: int, high: int) -> int:
        """Return the number, moved into low..high."""
        return max(low, min(high, self.integer(name, default)))

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        return self.text(name).strip().lower() in TRUE_WORDS

    def structure(self, name: str, unreadable: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the JSON value of the parameter.

        Raises:
            ApiError: a 400 that says `unreadable`, when it is not JSON.
        """
        value = self.args[name]
        if not isinstance(value, str):
            return value
        return read_json(value, unreadable)


def read_json(raw: str | bytes, unreadable: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value in `raw`.

    Raises:
        ApiError: a 400 that says `unreadable`; or that a text in it is half a surrogate pair.
    """
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        value = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise bad_request(unreadable) from error
    return value


@dataclass(slots=True)
class CallRecord:
    """What a test may want to know about one call."""

    method: str
    args: dict[str, Any]
    at: float
    chat_id: int | None
    code: int = 0
    ignored: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the bot got a result."""
        return self.code == 200  # noqa: PLR2004 - HTTP


class CallLog:
    """Every call but getUpdates, in order of arrival, and how often each method was called."""

    def __init__(self) -> None:
        self.records: deque[CallRecord] = deque(maxlen=KEPT_CALLS)
        self.counts: Counter[str] = Counter()

    def add(self, record: CallRecord) -> None:
        """Keep one call."""
        self.counts[record.method] += 1
        if record.method != "getUpdates":
            self.records.append(record)

    def of(self, *methods: str) -> list[CallRecord]:
        """Return the calls of these methods, in order."""
        return [record for record in self.records if record.method in methods]

    def sends(self, chat_id: int | None = None) -> list[CallRecord]:
        """Return the calls that sent a new message, to one chat or to all."""
        return [
            record
            for record in self.records
            if record.method in SENDING and chat_id in (None, record.chat_id)
        ]

    def most_sends_within(self, seconds: float = 1.0, chat_id: int | None = None) -> int:
        """Return the largest number of sends that began in any window of `seconds`."""
        times = [record.at for record in self.sends(chat_id)]
        counts = (i + 1 - bisect_left(times, at - seconds, hi=i) for i, at in enumerate(times))
        return max(counts, default=0)

    def clear(self) -> None:
        """Forget all calls."""
        self.records.clear()
        self.counts.clear()


SENDING = frozenset({"sendMessage", "sendPhoto", "sendAnimation", "sendDocument"})


def monotonic() -> float:
    """Return the clock that call times are measured on, in seconds."""
    return time.monotonic()
