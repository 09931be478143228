"""How far a person is: read, brought up to today, and kept."""

from content.schema.exercises import Exercises
from tgbot.domain.programme import (
    BrokenProgramme,
    Progress,
    progress_from_json,
    progress_to_json,
    refresh,
)
from tgbot.domain.session_words import Speaker
from tgbot.services.request import Request
from tgbot.storage import programmes


def exercises(request: Request) -> Exercises:
    """The moves and the programme."""
    return request.knowledge.catalogue.exercises


def speaker(request: Request) -> Speaker:
    """Who speaks to this person."""
    catalogue = request.knowledge.catalogue
    return Speaker(catalogue.exercises, catalogue.messages, request.country.ambulance)


async def load(request: Request) -> tuple[Progress, bool]:
    """The programme of the person, as it is today, and whether a kept one could not be read."""
    kept = await programmes.read(request.connection, request.person.id)
    if kept is None:
        return Progress(), False
    try:
        progress = progress_from_json(kept, exercises(request))
    except BrokenProgramme:
        return Progress(), True
    return refresh(progress, request.today, exercises(request).programme), False


async def save(request: Request, progress: Progress) -> None:
    """Keeps the programme."""
    await programmes.write(
        request.connection, request.person.id, progress_to_json(progress), request.now
    )
