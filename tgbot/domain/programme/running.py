"""One session under way: what each tap leads to."""

from dataclasses import replace
from typing import Final

from content.schema.exercises import Exercises
from tgbot.domain.programme.choosing import amount, easier_of
from tgbot.domain.programme.values import Feel, Item, Phase, Session

VERBS: Final = {
    "opening": ("ready",),
    "warm_up": ("done", "stop"),
    "moves": ("done", "hard", "skip", "stop"),
    "stopped": ("leave", "end", "back"),
    "cool_down": ("done", "stop"),
    "how": ("easy", "ok", "too_hard"),
    "pain": ("green", "amber", "red"),
    "ended": (),
}
"""What can be tapped in each phase."""

_AFTER: Final[dict[Phase, Phase]] = {
    "opening": "warm_up",
    "warm_up": "moves",
    "cool_down": "how",
    "pain": "ended",
}
_FEELS: Final[dict[str, Feel]] = {"easy": "easy", "ok": "ok", "too_hard": "too_hard"}


def take(session: Session, verb: str, exercises: Exercises) -> Session | None:
    """The session after a tap; None when the tap does not belong to where it is."""
    if verb not in VERBS[session.phase]:
        return None
    return replace(_moved(session, verb, exercises), revision=session.revision + 1)


def _moved(session: Session, verb: str, exercises: Exercises) -> Session:
    match session.phase, verb:
        case _, "stop":
            return replace(session, phase="stopped", before=session.phase)
        case "moves", "done":
            return _next(replace(session, done=session.done + 1))
        case "moves", "hard":
            return _easier(session, exercises)
        case "moves", _:
            return _next(replace(session, left=session.left + 1))
        case "stopped", "back":
            return replace(session, phase=session.before)
        case "stopped", _:
            return _after_stop(session, verb)
        case "how", _:
            return replace(session, feel=_FEELS[verb], phase="pain")
        case _:
            return replace(session, phase=_AFTER[session.phase])


def _next(session: Session) -> Session:
    """On to the next move; after the last the cool-down, unless nothing was done at all."""
    if session.index + 1 < len(session.items):
        return replace(session, index=session.index + 1)
    return replace(session, phase="cool_down" if session.done else "ended")


def _easier(session: Session, exercises: Exercises) -> Session:
    """The easier move in the place of this one; without one it is left out."""
    move = session.items[session.index].move
    taken = {item.move for item in session.items}
    noted = replace(session, left=session.left + 1, swapped=(*session.swapped, move))
    easier = easier_of(move, exercises, session.places, taken)
    if easier is None:
        return _next(noted)
    much = amount(exercises.moves[easier], 0, exercises.programme.dose)
    items = list(session.items)
    items[session.index] = Item(easier, much.sets, much.count)
    return replace(noted, items=tuple(items))


def _after_stop(session: Session, verb: str) -> Session:
    """None of the stop rules: on without what hurt, or the end for today."""
    in_moves = session.before == "moves"
    hurt = (session.items[session.index].move,) if in_moves else ()
    noted = replace(session, left=session.left + 1, swapped=(*session.swapped, *hurt))
    if verb == "end":
        return replace(noted, feel="stopped", phase="pain")
    if in_moves:
        return _next(replace(noted, phase="moves"))
    return replace(noted, phase="moves" if session.before == "warm_up" else "how")
