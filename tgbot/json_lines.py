"""One JSON object per line, in and out: what the commands with ``--jsonl`` have in common."""

import json
from typing import Any, NoReturn, TextIO


class Unreadable(Exception):
    """A line that is not what it should be; the message says what was expected."""


def read_object(line: str, place: int) -> dict[str, Any]:
    """The object that a line holds; ``place`` is its number, for the message.

    Raises:
        Unreadable: it holds something else.
    """
    try:
        found = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unreadable(f"line {place} is not JSON") from None
    if not isinstance(found, dict):
        raise Unreadable(f"line {place} is not an object")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def write_object(out: TextIO, found: dict[str, Any]) -> None:
    """Writes an object as a line, at once: whoever reads may be waiting for it."""
    out.write(json.dumps(found) + "\n")
    out.flush()
