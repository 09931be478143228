"""One step of the symptom check: a state and an answer in, the next state out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from content.schema.checkup import NONE, UNSURE, Screen, Script
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
)
from tgbot.domain.checkup.facts import facts_of
from tgbot.domain.checkup.judging import Result, judge
from tgbot.domain.checkup.path import (
    REVIEW,
    THE_END,
    applies,
    choices_on,
    open_doors,
    place,
    prune,
    shown_on,
)
from tgbot.domain.checkup.state import State

STALE: Final = "checkup.note_stale"
UNKNOWN: Final = "checkup.note_unknown"
TICK_FIRST: Final = "checkup.note_tick_first"
UNTICK_FIRST: Final = "checkup.note_untick_first"
FIRST_STEP: Final = "checkup.note_first_step"


@dataclass(frozen=True, slots=True)
class Step:
    """Where an answer leads. ``note`` is the key of a sentence to show on the tap, or None."""

    state: State
    changed: bool
    note: str | None = None


def start(script: Script) -> State:
    """The state at the first screen."""
    return State(at=script.screens[0].id)


def start_again(old: State, script: Script) -> State:
    """The state of a new check of the same person: who it is for is known already."""
    first = script.screens[0].id
    answers = prune({first: old.answers.get(first, ())}, script)
    return State(answers, at=place(answers, script))


def is_current(state: State, revision: int) -> bool:
    """Whether a button of that revision belongs to the card now shown.

    Ticks do not change the revision: two quick taps on different choices of one card both count,
    and the same one twice is the same wish twice (``Toggle`` says on or off, never flip). A move
    does: the second half of a double tap on an answer is stale.
    """
    return state.revision == revision


def take(state: State, tap: Tap, script: Script) -> Step:
    """``step`` for a tap on a button: one of an older card changes nothing and says so."""
    if not is_current(state, tap.revision):
        return Step(state, changed=False, note=STALE)
    return step(state, tap.answer, script)


def step(state: State, answer: Answer, script: Script) -> Step:
    """The step that an answer makes; one that is not offered here changes nothing."""
    screen = script.screen(state.at)
    match answer:
        case Why():
            return _moved(replace(state, note=not state.note))
        case More():
            return _turn(state, screen, script)
        case Back():
            return _go_back(state, script)
        case Edit(question):
            return _edit(state, question, script)
        case Finish():
            done = state.at == REVIEW
            ended = replace(state, at=THE_END, note=False, last="")
            return _moved(ended) if done else _refused(state)
        case Enter(door):
            return _enter(state, door, script)
        case Choose() | Toggle() | Done() | NoneOfThese():
            return _answer(state, screen, answer, script) if screen else _refused(state)
        case _:
            assert_never(answer)


def result(state: State, script: Script) -> Result:
    """The result for all answers given so far."""
    return judge(facts_of(state.answers, script), script)


def count_taps(state: State, script: Script) -> int:
    """The taps that these answers need: one a screen, and one more (Done) where signs are ticked.

    Every sign ticked beyond the first of a screen is the person's own extra and not counted; nor
    is the tap on the review that opens the result, nor those on side screens.
    """
    counted = (screen for screen in script.screens if not screen.side)
    return sum(_taps(screen, state.answers.get(screen.id, ())) for screen in counted)


def _taps(screen: Screen, given: tuple[str, ...]) -> int:
    ticked = screen.several and not {NONE, UNSURE} & set(given)
    return 0 if not given else 2 if ticked else 1


def _answer(
    state: State, screen: Screen, answer: Choose | Toggle | Done | NoneOfThese, script: Script
) -> Step:
    if screen.several:
        return _answer_several(state, screen, answer, script)
    if isinstance(answer, Choose) and answer.option in _offered(state, screen, script):
        return _answered(state, screen, (answer.option,), script)
    return _refused(state)


def _answer_several(
    state: State, screen: Screen, answer: Choose | Toggle | Done | NoneOfThese, script: Script
) -> Step:
    match answer:
        case Toggle(option, on):
            return _tick(state, option, on=on, offered=_offered(state, screen, script))
        case Choose(option):
            given = (*state.pending, UNSURE) if screen.unsure and option == UNSURE else ()
            note = UNKNOWN
        case Done():
            given, note = state.pending, TICK_FIRST
        case NoneOfThese():
            # A ticked danger sign must never vanish with one more tap.
            given, note = () if state.pending else (NONE,), UNTICK_FIRST
        case _:
            assert_never(answer)
    return _answered(state, screen, given, script) if given else _refused(state, note)


def _turn(state: State, screen: Screen | None, script: Script) -> Step:
    """To the other half of a long screen; the ticks stay."""
    if screen is None or not shown_on(screen, state.answers, script, more=not state.more):
        return _refused(state)
    return _moved(replace(state, more=not state.more, note=False))


def _offered(state: State, screen: Screen, script: Script) -> list[str]:
    return [script.choice_id(choice) for choice in choices_on(screen, state.answers, script)]


def _tick(state: State, option: str, *, on: bool, offered: list[str]) -> Step:
    if option not in offered:
        return _refused(state)
    ticked = {*state.pending, option} if on else {*state.pending} - {option}
    pending = tuple(choice for choice in offered if choice in ticked)
    return Step(replace(state, pending=pending), changed=pending != state.pending)


def _answered(state: State, screen: Screen, given: tuple[str, ...], script: Script) -> Step:
    answers = prune({**state.answers, screen.id: given}, script)
    at = place(answers, script)
    last = screen.id if at == THE_END or (screen.side and at == REVIEW) else ""
    return _moved(_at(replace(state, answers=answers, last=last), at, script))


def _go_back(state: State, script: Script) -> Step:
    if state.note:
        return _moved(replace(state, note=False))
    if state.at == THE_END and not state.last:
        return _moved(_at(state, REVIEW, script))
    if state.at in state.answers:
        return _moved(_at(state, place(state.answers, script), script))
    target = state.last or _previous(state, script)
    screen = script.screen(target)
    if screen and screen.door:
        return _moved(replace(_without(state, target), at=THE_END, pending=(), note=False))
    return _moved(_reopen(state, target, script)) if target else _refused(state, FIRST_STEP)


def _previous(state: State, script: Script) -> str:
    """The screen answered before the one in hand, or an empty string."""
    facts = facts_of(state.answers, script)
    found = ""
    for screen in script.screens:
        if screen.id == state.at:
            break
        if screen.id in state.answers and applies(screen, facts):
            found = screen.id
    return found


def _reopen(state: State, screen_id: str, script: Script) -> State:
    """At a screen again, as it was just before it was answered."""
    order = [screen.id for screen in script.screens]
    is_latest = all(order.index(other) <= order.index(screen_id) for other in state.answers)
    opened = _at(replace(state, last=""), screen_id, script)
    screen = script.screen(screen_id)
    return _without(opened, screen_id) if is_latest or (screen and screen.side) else opened


def _without(state: State, screen_id: str) -> State:
    return replace(
        state, answers={key: given for key, given in state.answers.items() if key != screen_id}
    )


def _enter(state: State, door: str, script: Script) -> Step:
    """Through a side door of a result; Back leads to the result again."""
    here = open_doors(state.answers, script) if state.at == THE_END else ()
    screen = next((screen for screen in here if screen.id == door), None)
    if screen is None:
        return _refused(state)
    opened = {**state.answers, door: (script.choice_id(screen.choices[0]),)}
    answers = prune(opened, script)
    return _moved(_at(replace(state, answers=answers, last=""), place(answers, script), script))


def _edit(state: State, screen_id: str, script: Script) -> Step:
    if state.at not in {REVIEW, THE_END}:
        return _refused(state)
    if screen_id == REVIEW:
        return _moved(_at(replace(state, last=""), REVIEW, script))
    if screen_id not in state.answers:
        return _refused(state)
    return _moved(_at(replace(state, last=""), screen_id, script))


def _at(state: State, at: str, script: Script) -> State:
    """The state moved to a place, with the ticks that were made there before."""
    screen = script.screen(at)
    given = _ticks(state.answers, screen) if screen and screen.several else ()
    return replace(state, at=at, pending=given, note=False, more=False)


def _ticks(answers: Mapping[str, tuple[str, ...]], screen: Screen) -> tuple[str, ...]:
    return tuple(choice for choice in answers.get(screen.id, ()) if choice not in {NONE, UNSURE})


def _moved(state: State) -> Step:
    return Step(replace(state, revision=state.revision + 1), changed=True)


def _refused(state: State, note: str = UNKNOWN) -> Step:
    return Step(state, changed=False, note=note)
