"""The symptom check as pure values: where a person is, what an answer changes, what follows.

Read in this order: ``answers`` (what can be tapped), ``state`` (where somebody is), ``facts``
(what was said), ``judging`` (level and groups), ``dialogue`` (one step).
"""

from tgbot.domain.checkup.answers import (
    Answer,
    Back,
    Choose,
    Done,
    Edit,
    Enter,
    Finish,
    More,
    NoneOfThese,
    Tap,
    Toggle,
    Why,
    encode_tap,
    read_tap,
)
from tgbot.domain.checkup.dialogue import (
    Step,
    count_taps,
    is_current,
    result,
    start,
    start_again,
    step,
    take,
)
from tgbot.domain.checkup.facts import Facts, read_facts
from tgbot.domain.checkup.judging import GroupFit, Result, Said, judge
from tgbot.domain.checkup.path import REVIEW, THE_END, walk
from tgbot.domain.checkup.state import (
    BrokenState,
    CheckupError,
    State,
    UnknownOption,
    UnknownQuestion,
    from_json,
    to_json,
)

__all__ = [
    "REVIEW",
    "THE_END",
    "Answer",
    "Back",
    "BrokenState",
    "CheckupError",
    "Choose",
    "Done",
    "Edit",
    "Enter",
    "Facts",
    "Finish",
    "GroupFit",
    "More",
    "NoneOfThese",
    "Result",
    "Said",
    "State",
    "Step",
    "Tap",
    "Toggle",
    "UnknownOption",
    "UnknownQuestion",
    "Why",
    "count_taps",
    "encode_tap",
    "from_json",
    "is_current",
    "judge",
    "read_facts",
    "read_tap",
    "result",
    "start",
    "start_again",
    "step",
    "take",
    "to_json",
    "walk",
]
