"""Which moves make a session, and how much of each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from content.schema.exercises import Exercises, Move
from content.schema.programme import DoseRule, Place, Session

FEWEST: Final = 5
MOST: Final = 6
_ALL: Final = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a move: ``count`` times or seconds in each of ``sets``."""

    sets: int
    count: int


def allowed(move: Move, places: Collection[Place]) -> bool:
    """Whether somebody who may be in these places may do the move."""
    return not frozenset(places).isdisjoint(move.places)


def amount(move: Move, step: int, rule: DoseRule) -> Amount:
    """The dose of a move at a step; steps beyond the last are the full dose."""
    dose = move.dose
    last = len(rule.steps) - 1
    share = rule.steps[max(0, min(step, last))]
    # Where the sets stay as they are, the counts grow with every step instead.
    same = dose.build_to_sets == dose.sets
    counts = round(_ALL * max(0, min(step, last)) / max(1, last)) if same else share.counts
    return Amount(
        _between(dose.sets, dose.build_to_sets, share.sets),
        _between(dose.count, dose.build_to_count, counts),
    )


def _between(first: int, full: int, percent: int) -> int:
    """Part of the way, halves rounded up."""
    return first + ((full - first) * percent + _ALL // 2) // _ALL


def choose_session(
    exercises: Exercises,
    level: int,
    places: Collection[Place],
    turn: int,
    *,
    light: bool = False,
    avoid: Collection[str] = (),
) -> tuple[str, ...]:
    """Five or six moves for somebody of a level, all of them allowed in ``places``.

    Moves of ``avoid`` give way to their easier one. Nothing fits when no place is allowed.
    """
    chosen: list[str] = []
    wanted = _template(exercises, level, places, light=light).moves
    for first in wanted:
        move = _swapped(first, exercises, level, turn)
        found = _fitting(move, exercises, places, {*avoid, *chosen})
        if found is not None:
            chosen.append(found)
    for move in _spare(exercises, level):
        if len(chosen) >= FEWEST:
            break
        if move not in chosen and move not in avoid and allowed(exercises.moves[move], places):
            chosen.append(move)
    return tuple(chosen[:MOST])


def easier_of(
    move_id: str, exercises: Exercises, places: Collection[Place], taken: Collection[str]
) -> str | None:
    """The easier move that may be done and is not in the session yet; None when there is none."""
    easier = exercises.moves[move_id].easier
    return None if easier is None else _fitting(easier, exercises, places, taken)


def _template(
    exercises: Exercises, level: int, places: Collection[Place], *, light: bool
) -> Session:
    """The highest session of the level whose place is allowed; the gentlest when there is none."""
    programme = exercises.programme
    offered = programme.light_sessions if light else programme.sessions
    fitting = [one for one in offered if one.level <= level and one.position in places]
    # Of two on a level the standing one comes later, and is the one to do for those who may.
    return max(fitting, key=lambda one: (one.level, offered.index(one)), default=offered[0])


def _swapped(move: str, exercises: Exercises, level: int, turn: int) -> str:
    other = exercises.programme.swaps.get(move)
    every_other = turn % 2 == 1
    if other is None or not every_other or exercises.moves[other].level > level:
        return move
    return other


def _fitting(
    move: str | None, exercises: Exercises, places: Collection[Place], taken: Collection[str]
) -> str | None:
    """The move, or the first easier one that is allowed and not taken."""
    while move is not None:
        if move not in taken and allowed(exercises.moves[move], places):
            return move
        move = exercises.moves[move].easier
    return None


def _spare(exercises: Exercises, level: int) -> Iterator[str]:
    """Moves to fill up with: of the level and gentler, the gentlest first, then single ones."""
    sessions = [one for one in exercises.programme.sessions if one.level <= max(level, 1)]
    for session in sorted(sessions, key=lambda one: one.level):
        yield from session.moves
    yield from (one.id for one in exercises.moves.values() if one.level <= max(level, 1))
