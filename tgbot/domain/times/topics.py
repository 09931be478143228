"""What a line is about besides its time: exercise or drinks, another zone, a reminder there is."""

import re
from collections.abc import Sequence
from typing import Final

from tgbot.domain.times.clocks import Clock, Item
from tgbot.domain.times.values import Kind
from tgbot.domain.times.words import ANCHORS, DRINK, EXERCISE, ZONES

_SWITCH_OFF: Final = re.compile(
    r"NOT (remind|ping|text|message|send)|(turn|switch) off|(delete|remove|cancel) .|stop remind"
)
_OWN_TIME: Final = frozenset(
    ("same", "THIS", "that", "every", "my", "our", "local", "any", "one", "good", "bed", "tea")
)
_LONGEST_ZONE: Final = 4
"""Words of a zone's name together with "time"."""


def named_kind(plain: Sequence[str]) -> tuple[Kind, bool]:
    """What to be reminded of (the first named), and whether both kinds were named."""
    named = [
        Kind.DRINK if word in DRINK else Kind.EXERCISE
        for word in plain
        if word in DRINK or word in EXERCISE
    ]
    return (named[0], len(set(named)) > 1) if named else (Kind.UNKNOWN, False)


def switches_off(plain: Sequence[str]) -> bool:
    """Whether the line asks to end a reminder rather than to set one."""
    return _SWITCH_OFF.search(" ".join(plain)) is not None


def names_zone(items: Sequence[Item]) -> bool:
    """Whether a zone follows a clock time: "9pm EST", "8am New York time"."""
    for place, item in enumerate(items):
        if not isinstance(item, Clock):
            continue
        after = [str(word) for word in items[place + 1 : place + 1 + _LONGEST_ZONE]]
        if after and after[0] in ZONES:
            return True
        named = after[: after.index("time")] if "time" in after else []
        if named and all(w.islower() and w not in _OWN_TIME | ANCHORS for w in named):
            return True
    return False
