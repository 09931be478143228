"""Where somebody is in the symptom check, and how that is kept between two taps."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from content.schema.checkup import NONE, UNSURE, Screen, Script
from tgbot.errors import SurefootError


class CheckupError(SurefootError):
    """A kept or given check does not fit the script: start it afresh."""


class BrokenState(CheckupError):
    """What was kept is not a state at all."""


class UnknownQuestion(CheckupError):
    """A question or screen that the script does not have (any more); the message names it."""


class UnknownOption(CheckupError):
    """An option that its question does not have (any more); the message names it."""


@dataclass(frozen=True, slots=True)
class State:
    """One person's symptom check.

    ``answers`` maps a screen's id to the ids of its chosen choices. ``at`` is a screen's id,
    ``review`` or ``result``. ``pending`` are the ticks on the screen in hand, in its order.
    ``note`` is whether "Why do you ask?" (on the result: the sources) is open, ``more``
    whether the second half of a long screen is. ``last`` is the
    screen answered last, kept while an early result stands or after a side screen. ``revision`` counts the cards shown: it
    grows with every move and with the note, not with a tick.
    """

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: str = ""
    pending: tuple[str, ...] = ()
    note: bool = False
    more: bool = False
    last: str = ""
    revision: int = 1


def to_json(state: State) -> str:
    """The state as JSON text. It holds health answers: encrypt it before it is stored."""
    return json.dumps(
        {
            "answers": {screen: list(choices) for screen, choices in state.answers.items()},
            "at": state.at,
            "pending": list(state.pending),
            "note": state.note,
            "more": state.more,
            "last": state.last,
            "revision": state.revision,
        },
        separators=(",", ":"),
    )


def from_json(text: str, script: Script) -> State:
    """The state that ``to_json`` wrote; keys it does not know are left out.

    Raises:
        BrokenState: the text is not such a state.
        UnknownQuestion: it stands at or answers a screen that the script no longer has.
        UnknownOption: an answer is no longer offered.
    """
    try:
        raw = json.loads(text)
        state = _read(raw)
    except (ValueError, TypeError, AttributeError, KeyError) as broken:
        raise BrokenState(type(broken).__name__) from None
    for screen_id, choices in state.answers.items():
        _check(_screen(screen_id, script), choices, script)
    if state.at not in {"review", "result"}:
        _check(_screen(state.at, script), state.pending, script)
    if state.last:
        _screen(state.last, script)
    return state


def _read(raw: Mapping[str, Any]) -> State:
    return State(
        answers={str(key): tuple(map(str, value)) for key, value in raw["answers"].items()},
        at=str(raw["at"]),
        pending=tuple(map(str, raw.get("pending", ()))),
        note=bool(raw.get("note", False)),
        more=bool(raw.get("more", False)),
        last=str(raw.get("last", "")),
        revision=int(raw["revision"]),
    )


def _screen(screen_id: str, script: Script) -> Screen:
    screen = script.screen(screen_id)
    if screen is None:
        raise UnknownQuestion(screen_id)
    return screen


def _check(screen: Screen, choices: tuple[str, ...], script: Script) -> None:
    known = {script.choice_id(choice) for choice in screen.choices}
    known |= {NONE} if screen.none else set()
    known |= {UNSURE} if screen.unsure else set()
    for choice in choices:
        if choice not in known:
            raise UnknownOption(f"{screen.id}: {choice}")
