"""Checks of the exercises: every link leads to a move, no circles, doses that make sense, words."""

from collections.abc import Iterator
from typing import Final

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
    yield from _programme_problems(exercises)


def _move_problems(move: Move, exercises: Exercises) -> Iterator[str]:
    name = f"move {move.id}"
    if move.level not in _LEVELS:
        yield f"{name}: level {move.level} is not 1 to 4"
    if not 1 <= len(move.steps) <= MOST_STEPS:
        yield f"{name}: it has {len(move.steps)} steps, not 1 to {MOST_STEPS}"
    for step in move.steps:
        if not 0 < len(step.strip()) <= LONGEST_STEP:
            yield f"{name}: the step {step!r} is empty or longer than {LONGEST_STEP} characters"
    yield from _dose_problems(name, move.dose)
    yield from _source_problems(name, move.sources, exercises)
    yield from _link_problems(move, exercises)


def _dose_problems(name: str, dose: Dose) -> Iterator[str]:
    if min(dose.sets, dose.reps, dose.rest_seconds) < 1:
        yield f"{name}: sets, reps and rest must be 1 or more"
    if dose.build_to_sets < dose.sets or dose.build_to_reps < dose.reps:
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
    if _circles(move, exercises):
        yield f"move {move.id}: its easier moves run in a circle"


def _circles(move: Move, exercises: Exercises) -> bool:
    seen = {move.id}
    link = move.easier
    while link is not None and link in exercises.moves:
        if link in seen:
            return True
        seen.add(link)
        link = exercises.moves[link].easier
    return False


def _source_problems(name: str, sources: tuple[str, ...], exercises: Exercises) -> Iterator[str]:
    if not sources:
        yield f"{name}: it has no source"
    for source in sources:
        if source not in exercises.programme.sources:
            yield f"{name}: the source {source} is not listed"


def _programme_problems(exercises: Exercises) -> Iterator[str]:
    stop = exercises.programme.stop
    if not stop.call_emergency or not stop.stop_and_call_doctor:
        yield "stop rules: a list is empty"
    yield from _source_problems("stop rules", stop.sources, exercises)
    for session in exercises.programme.sessions:
        for move_id in session.moves:
            move = exercises.moves.get(move_id)
            if move is None:
                yield f"session {session.id}: the move {move_id} does not exist"
            elif move.position == "standing" and session.position != "standing":
                yield f"session {session.id}: {move_id} is a standing move"
