"""The words and buttons of a reminder as it is sent, made once for all that share them."""

import json
from datetime import time
from enum import StrEnum
from typing import Any, Final

from tgbot.domain.reminding import Kind
from tgbot.domain.rendering import Place, render
from tgbot.domain.replies import Button, Say, column
from tgbot.services.knowledge import Knowledge

_HERE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the id of the occurrence until it is known; no text of ours holds it."""


class Wording(StrEnum):
    """Why the message comes, which decides its words."""

    DUE = "due"
    LATE = "due_late"
    BACK = "due_back"
    """The first one after a pause."""
    AGAIN = "due_again"
    """It was put off until now."""
    NUDGE = "due_nudge"
    """Nobody answered for half an hour; it is the last one today."""
    ON_HOLD = "due_on_hold"
    """After a danger sign, until a doctor has seen to it."""


VERBS: Final = {
    Kind.EXERCISE: ("start", "done", "later", "evening", "skip", "ill"),
    Kind.DRINK: ("drank", "skip"),
    Kind.WEEK: ("week",),
}


class Composer:
    """Puts messages together; what thousands share is rendered once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._made: dict[tuple[Any, ...], str] = {}

    def params(
        self, kind: str, wording: Wording, at: time, occurrence_id: int, *, open_text: bool
    ) -> str:
        """The parameters of the message (sendMessage), as JSON.

        The words are neutral, because they show on the lock screen, unless ``open_text``.
        """
        shape = (kind, wording, at, open_text)
        if shape not in self._made:
            self._made[shape] = self._make(Kind(kind), wording, at, open_text=open_text)
        return self._made[shape].replace(_HERE, str(occurrence_id))

    def _make(self, kind: Kind, wording: Wording, at: time, *, open_text: bool) -> str:
        say = self._knowledge.catalogue.messages.text
        verbs = ("seen",) if wording is Wording.ON_HOLD else VERBS[kind]
        buttons = [Button(self._label(kind, verb), ("occ", verb, _HERE)) for verb in verbs]
        # The week is as good when it is late, or after a pause: it says nothing of the time.
        key = "due_week" if kind is Kind.WEEK else wording
        text = say(f"occurrences.{key}", time=f"{at:%H:%M}")
        if open_text and wording is not Wording.ON_HOLD:
            text = say(f"occurrences.open_{kind}") + "\n" + text
        (call,) = render([Say(text, column(*buttons))], Place(0))
        return json.dumps(call.params, ensure_ascii=False)

    def _label(self, kind: Kind, verb: str) -> str:
        """What a button says, in words of its kind's own where there are any."""
        messages = self._knowledge.catalogue.messages
        own = f"occurrences.{verb}_{kind}_button"
        return messages.text(own if own in messages.texts else f"occurrences.{verb}_button")
