"""Checks of the moves: every link leads to one, no circles, doses that make sense, plain words."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Final

from content.checks.programme import problems as programme_problems
from content.checks.programme import reading_problems, source_problems
from content.schema.exercises import Dose, Exercises, Move

MOST_STEPS: Final = 6
LONGEST_STEP: Final = 90
"""Characters of a step; longer ones wrap over too many lines on a phone with large text."""
_LEVELS: Final = range(1, 5)
_DAYS: Final = range(1, 8)


def problems(exercises: Exercises) -> Iterator[str]:
    """What is wrong with the exercises, each as a plain sentence naming the row."""
    if not exercises.moves:
        yield "exercises: there is no move"
    for move in exercises.moves.values():
        yield from _move_problems(move, exercises)
    yield from _circle_problems(exercises)
    yield from programme_problems(exercises)


def _move_problems(move: Move, exercises: Exercises) -> Iterator[str]:
    name = f"move {move.id}"
    if move.level not in _LEVELS:
        yield f"{name}: level {move.level} is not 1 to 4"
    if not 1 <= len(move.steps) <= MOST_STEPS:
        yield f"{name}: it has {len(move.steps)} steps, not 1 to {MOST_STEPS}"
    for step in move.steps:
        if not 0 < len(step.strip()) <= LONGEST_STEP:
            yield f"{name}: the step {step!r} is empty or longer than {LONGEST_STEP} characters"
    yield from reading_problems(name, ("\n".join(w) for w in (move.steps, move.care, move.stop_if)))
    yield from _dose_problems(name, move.dose)
    yield from source_problems(name, move.sources, exercises.programme)
    yield from _link_problems(move, exercises)


def _dose_problems(name: str, dose: Dose) -> Iterator[str]:
    if min(dose.sets, dose.count, dose.rest_seconds) < 1:
        yield f"{name}: sets, count and rest must be 1 or more"
    if dose.build_to_sets < dose.sets or dose.build_to_count < dose.count:
        yield f"{name}: the dose to build up to is less than the first one"
    if dose.days_per_week not in _DAYS:
        yield f"{name}: {dose.days_per_week} days a week is not 1 to 7"


def _link_problems(move: Move, exercises: Exercises) -> Iterator[str]:
    for kind, target in (("easier", move.easier), ("harder", move.harder)):
        if target is None:
            continue
        if target not in exercises.moves:
            yield f"move {move.id}: the {kind} move {target} does not exist"
        elif (exercises.moves[target].level - move.level) * (1 if kind == "harder" else -1) < 0:
            yield f"move {move.id}: the {kind} move {target} is on the wrong level"


def _circle_problems(exercises: Exercises) -> Iterator[str]:
    """Both kinds of links together must lead one way, or "easier" would lead back up."""
    below: dict[str, set[str]] = {move: set() for move in exercises.moves}
    for move in exercises.moves.values():
        if move.easier in below:
            below[move.id].add(move.easier)
        if move.harder in below:
            below[move.harder].add(move.id)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as circle:
        yield f"moves: the easier and harder links run in a circle: {', '.join(circle.args[1])}"
