"""How progress and sessions are kept between two taps: JSON that is checked strictly on reading."""

from typing import Final

from pydantic import TypeAdapter, ValidationError

from content.schema.exercises import Exercises
from tgbot.domain.programme.values import Progress, Session
from tgbot.errors import SurefootError


class BrokenProgramme(SurefootError):
    """What was kept is of another version or does not fit the content: start afresh."""


_PROGRESS: Final = TypeAdapter(Progress)
_SESSION: Final = TypeAdapter(Session)


def progress_to_json(progress: Progress) -> str:
    """The progress as JSON text. It holds health answers: encrypt it before it is stored."""
    return _PROGRESS.dump_json(progress).decode()


def progress_from_json(text: str, exercises: Exercises) -> Progress:
    """The progress that ``progress_to_json`` wrote.

    Raises:
        BrokenProgramme: it is of another version, or no such text at all.
    """
    try:
        progress = _PROGRESS.validate_json(text)
    except ValidationError as broken:
        raise BrokenProgramme(broken.title) from None
    if not _fits(progress, exercises):
        raise BrokenProgramme("a number or an id is not of this programme")
    return progress


def _fits(progress: Progress, exercises: Exercises) -> bool:
    programme = exercises.programme
    asked = {question.id for question in programme.questions}
    highest = 0 if progress.track is None else programme.highest[progress.track]
    lowest = 0 if progress.track is None else 1
    return (
        set(progress.answers) <= asked
        and lowest <= progress.level <= highest
        and 0 <= progress.step < len(programme.dose.steps)
        and set(progress.avoid) <= set(exercises.moves)
        and len(progress.avoid) <= programme.progression.most_left_out
        and min(progress.easy, progress.hard, progress.met, progress.turn, progress.last_level) >= 0
    )


def session_to_json(session: Session) -> str:
    """A session as JSON text."""
    return _SESSION.dump_json(session).decode()


def session_from_json(text: str, exercises: Exercises) -> Session:
    """The session that ``session_to_json`` wrote.

    Raises:
        BrokenProgramme: it is of another version, or one of its moves is gone.
    """
    try:
        session = _SESSION.validate_json(text)
    except ValidationError as broken:
        raise BrokenProgramme(broken.title) from None
    known = all(item.move in exercises.moves for item in session.items)
    if not known or not 0 <= session.index < len(session.items):
        raise BrokenProgramme("a move is not of this programme")
    return session
