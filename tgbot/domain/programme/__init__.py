"""The exercise programme: who may do what, which moves on which day, and how it goes on after."""

from tgbot.domain.programme.asking import answer, drop_answers, next_question, refresh
from tgbot.domain.programme.changing import (
    Reason,
    after_session,
    clear,
    come_back,
    hold_standing,
    settle,
)
from tgbot.domain.programme.choosing import Amount, allowed, amount, choose_session, easier_of
from tgbot.domain.programme.keeping import (
    BrokenProgramme,
    progress_from_json,
    progress_to_json,
    session_from_json,
    session_to_json,
)
from tgbot.domain.programme.planning import may_stand, new_level, plan
from tgbot.domain.programme.running import VERBS, take
from tgbot.domain.programme.safety import Verdict, counts, judge
from tgbot.domain.programme.values import Answer, Feel, Item, Kind, Pain, Phase, Progress, Session

__all__ = (
    "VERBS",
    "Amount",
    "Answer",
    "BrokenProgramme",
    "Feel",
    "Item",
    "Kind",
    "Pain",
    "Phase",
    "Progress",
    "Reason",
    "Session",
    "Verdict",
    "after_session",
    "allowed",
    "amount",
    "answer",
    "choose_session",
    "clear",
    "come_back",
    "counts",
    "drop_answers",
    "easier_of",
    "hold_standing",
    "judge",
    "may_stand",
    "new_level",
    "next_question",
    "plan",
    "progress_from_json",
    "progress_to_json",
    "refresh",
    "session_from_json",
    "session_to_json",
    "settle",
    "take",
)
