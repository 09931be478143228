"""The session of today, from how far somebody is."""

from datetime import date

from content.schema.exercises import Exercises
from tgbot.domain.programme.choosing import amount, choose_session
from tgbot.domain.programme.safety import judge
from tgbot.domain.programme.values import Item, Kind, Progress, Session


def plan(progress: Progress, today: date, exercises: Exercises) -> Session:
    """The session for today; without moves when the answers allow none."""
    programme = exercises.programme
    places = judge(progress.answers, programme).places
    kind = _kind(progress, today, exercises)
    level, step = progress.level, progress.step
    if progress.held or (kind in {"light", "gentle"} and not progress.met):
        # Not standing while it rests, nor before the first time with someone near.
        places -= {"standing", "floor"}
    if kind == "gentle":
        level, step = max(1, level - 1), programme.progression.easier_starts_at
    elif kind == "light":
        step = 0
    moves = choose_session(
        exercises, level, places, progress.turn, light=kind == "light", avoid=progress.avoid
    )
    items = (_item(move, step, exercises) for move in moves)
    return Session(kind, level, tuple(sorted(places)), tuple(items))


def _item(move: str, step: int, exercises: Exercises) -> Item:
    much = amount(exercises.moves[move], step, exercises.programme.dose)
    return Item(move, much.sets, much.count)


def _kind(progress: Progress, today: date, exercises: Exercises) -> Kind:
    between = exercises.programme.progression.days_between
    last = progress.strength_on
    if last is not None and (today - last).days < between:
        return "light"
    if progress.held and may_stand(progress, exercises):
        return "held"
    if new_level(progress, exercises) and progress.gentle_on == today:
        return "gentle"
    return "full"


def may_stand(progress: Progress, exercises: Exercises) -> bool:
    """Whether the answers allow standing at all."""
    return "standing" in judge(progress.answers, exercises.programme).places


def new_level(progress: Progress, exercises: Exercises) -> int:
    """The level to be begun with someone near, when a full session would be the first of it; else 0."""
    if not may_stand(progress, exercises) or progress.held:
        return 0
    first = exercises.programme.start["standing"]
    high = exercises.programme.progression.ask_near_from_level
    need = high if progress.level >= high else first if progress.level >= first else 0
    return need if progress.met < need else 0
