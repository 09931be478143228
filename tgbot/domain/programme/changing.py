"""How the programme gets harder and easier: after a session, a break, a fall, other answers."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from content.schema.programme import Programme, Track
from tgbot.domain.programme.safety import judge
from tgbot.domain.programme.values import Pain, Progress, Session


class Reason(StrEnum):
    """Why the next session is what it will be; each has a sentence ``sessions.next_<reason>``."""

    HARDER = "harder"
    MORE = "more"
    TOP = "top"
    EASY = "easy"
    PARTLY = "partly"
    OK = "ok"
    AMBER = "amber"
    STOPPED = "stopped"
    HARD_ONCE = "hard_once"
    EASIER_HARD = "easier_hard"
    EASIER_PAIN = "easier_pain"
    LEAST_HARD = "least_hard"
    LEAST_PAIN = "least_pain"
    LIGHT = "light"
    GENTLE = "gentle"
    HELD = "held"
    BREAK_HALF = "break_half"
    BREAK_EASIER = "break_easier"
    BREAK_LEAST = "break_least"


def settle(progress: Progress, today: date, programme: Programme) -> Progress:
    """Puts somebody on the way that their answers allow: seated and bed, or standing."""
    places = judge(progress.answers, programme).places
    if not places:
        return progress
    track: Track = "standing" if "standing" in places else "seated_and_bed"
    if track == progress.track:
        return progress
    level = programme.start[track]
    if progress.track == "standing":
        level = min(progress.level, programme.highest[track])
    # Whoever has not begun yet misses no days.
    since = progress.counted_from and today
    return replace(
        progress, track=track, level=level, step=0, easy=0, hard=0, counted_from=since, pain="green"
    )


def come_back(
    progress: Progress, today: date, programme: Programme
) -> tuple[Progress, Reason | None]:
    """Makes it easier after a long break: half the sets where there are two, else a level down."""
    rules = programme.progression
    since = progress.counted_from
    if since is None or (today - since).days < rules.missed_days:
        return progress, None
    fresh = replace(progress, counted_from=today, easy=0, hard=0, pain="green")
    if progress.step >= rules.half_the_sets_at:
        return replace(fresh, step=rules.half_the_sets_to), Reason.BREAK_HALF
    down = ease(fresh, programme)
    return down, Reason.BREAK_EASIER if down.level < progress.level else Reason.BREAK_LEAST


def ease(progress: Progress, programme: Programme) -> Progress:
    """One level down; the first dose where that is not possible.

    Who was put down since the last full session has not tried it yet: never two levels at once.
    """
    calm = replace(progress, easy=0, hard=0)
    if progress.level > 1 and progress.level >= progress.last_level:
        down = progress.level - 1
        return replace(calm, level=down, step=programme.progression.easier_starts_at)
    return replace(calm, step=0)


def hold_standing(progress: Progress, today: date) -> Progress:
    """After a fall or a stop rule standing rests, until the person says that they are cleared."""
    return replace(progress, held=True, easy=0, hard=0, counted_from=today)


def clear(progress: Progress) -> Progress:
    """Someone who may judge it said that standing is fine: all questions are asked afresh."""
    return replace(
        progress, held=False, met=0, answers={}, asked_on=None, checked_on=None, rest_on=None
    )


def after_session(
    progress: Progress, session: Session, pain: Pain, today: date, programme: Programme
) -> tuple[Progress, Reason]:
    """How it goes on after a session that ended, and why."""
    most = programme.progression.most_left_out
    kept = [move for move in progress.avoid if move not in session.swapped]
    noted = replace(
        progress,
        counted_from=today,
        turn=progress.turn + 1,
        pain=pain,
        avoid=tuple([*kept, *session.swapped][-most:]),
    )
    if session.kind != "light":
        noted = replace(noted, strength_on=today)
    if session.kind == "full":
        noted = replace(noted, last_level=progress.level)
    if pain == "red":
        down = ease(noted, programme)
        return down, Reason.EASIER_PAIN if down.level < noted.level else Reason.LEAST_PAIN
    if session.kind != "full":
        return noted, Reason(session.kind)
    return _after_full(noted, session, programme)


def _after_full(noted: Progress, session: Session, programme: Programme) -> tuple[Progress, Reason]:
    if session.feel == "too_hard":
        return _after_hard(noted, programme)
    broken = replace(noted, easy=0, hard=0)
    if noted.pain == "amber":
        return broken, Reason.AMBER
    match session.feel:
        case "stopped":
            return broken, Reason.STOPPED
        case "easy" if session.left:
            return broken, Reason.PARTLY
        case "easy":
            return _after_easy(noted, programme)
        case _:
            return broken, Reason.OK


def _after_hard(noted: Progress, programme: Programme) -> tuple[Progress, Reason]:
    hard = noted.hard + 1
    if hard < programme.progression.too_hard_in_a_row:
        return replace(noted, hard=hard, easy=0), Reason.HARD_ONCE
    down = ease(noted, programme)
    return down, Reason.EASIER_HARD if down.level < noted.level else Reason.LEAST_HARD


def _after_easy(noted: Progress, programme: Programme) -> tuple[Progress, Reason]:
    easy = noted.easy + 1
    if easy < programme.progression.easy_in_a_row:
        return replace(noted, easy=easy, hard=0), Reason.EASY
    fresh = replace(noted, easy=0, hard=0, avoid=())
    if noted.step < len(programme.dose.steps) - 1:
        return replace(fresh, step=noted.step + 1), Reason.MORE
    highest = programme.highest[noted.track] if noted.track else noted.level
    if noted.level < highest:
        return replace(fresh, level=noted.level + 1, step=0), Reason.HARDER
    return fresh, Reason.TOP
