"""Scripted faults: what goes wrong, for which calls, how often; a closed list."""

import itertools
import time
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

# Faults that answer with one of Telegram's refusals.
Refusing = Literal[
    "retry_after",
    "forbidden",
    "bad_request",
    "unauthorized",
    "not_found",
    "conflict",
    "server_error",
    "migrated",
]
# Faults of the connection, or of whoever stands between.
Breaking = Literal["reset", "hang", "answer_lost", "not_json", "slow"]
FaultKind = Refusing | Breaking
KINDS: tuple[FaultKind, ...] = (*get_args(Refusing), *get_args(Breaking))


@dataclass(slots=True)
class Fault:
    """One fault of the script.

    It strikes calls of `method` ("*" is any) to `chat_id` (None is any), after letting `skip` of
    them pass, `count` times (0: until removed) or for `seconds` from its first match on; with
    neither given, once.
    """

    kind: FaultKind
    method: str = "*"
    chat_id: int | None = None
    count: int | None = None
    seconds: float | None = None
    skip: int = 0
    retry_after: int = 1  # seconds, for retry_after
    description: str = ""  # for forbidden, bad_request and server_error
    status: int = 0  # HTTP status, for server_error and not_json
    delay: float = 1.0  # seconds, for slow and hang
    migrate_to_chat_id: int = 0  # for migrated
    id: int = 0
    struck: int = 0
    ends: float | None = None

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Return whether a call is one that this fault is about."""
        wanted = self.method in ("*", method.lower())
        return wanted and (self.chat_id is None or self.chat_id == chat_id)


class Faults:
    """The script; without faults a look costs nothing."""

    def __init__(self) -> None:
        self._script: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, kind: FaultKind, **details: Any) -> Fault:  # noqa: ANN401 - the fields of Fault
        """Add a fault; `details` are fields of `Fault`.

        Raises:
            ValueError: an unknown kind or field, or a value of the wrong type.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no fault {kind!r}; there are {', '.join(KINDS)}.")
        _check_details(details)
        fault = Fault(kind, **details)
        fault.method = fault.method.lower()
        if fault.count is None:
            fault.count = 1 if fault.seconds is None else 0
        fault.id = next(self._ids)
        self._script.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that strikes this call, and count it."""
        if not self._script:
            return None
        for fault in list(self._script):
            if fault.matches(method, chat_id) and self._strikes(fault):
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        now = time.monotonic()
        if fault.seconds is not None and fault.ends is None:
            fault.ends = now + fault.seconds
        if fault.ends is not None and now >= fault.ends:
            self._script.remove(fault)
            return False
        if fault.skip > 0:
            fault.skip -= 1
            return False
        fault.struck += 1
        if fault.count and fault.struck >= fault.count:
            self._script.remove(fault)
        return True

    def remove(self, fault_id: int) -> None:
        """Take one fault out of the script."""
        self._script = [fault for fault in self._script if fault.id != fault_id]

    def clear(self) -> None:
        """Empty the script."""
        self._script.clear()

    def listed(self) -> list[dict[str, Any]]:
        """Return the script as JSON values."""
        return [described(fault) for fault in self._script]


def described(fault: Fault) -> dict[str, Any]:
    """Return a fault as a JSON value."""
    return {field.name: getattr(fault, field.name) for field in fields(fault)}


TYPES: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "chat_id": (int, type(None)),
    "count": (int, type(None)),
    "seconds": (int, float, type(None)),
    "skip": (int,),
    "retry_after": (int,),
    "description": (str,),
    "status": (int,),
    "delay": (int, float),
    "migrate_to_chat_id": (int,),
}


def _check_details(details: dict[str, Any]) -> None:
    for name, value in details.items():
        if name not in TYPES:
            raise ValueError(f"A fault has no {name!r}.")
        fits = isinstance(value, TYPES[name]) and not isinstance(value, bool)
        if not fits:
            raise ValueError(f"The {name} of a fault cannot be {value!r}.")
