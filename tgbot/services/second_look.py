"""The tap under the one question about an unclear message: the warning, or the answer held back."""

from collections.abc import Sequence

from tgbot.domain import warnings
from tgbot.domain.replies import Action, Notice, Reply
from tgbot.services import conversation
from tgbot.services.request import Request
from tgbot.storage import notes, people
from tgbot.storage.notes import NoteKind


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """What follows "now" (the full warning) or "no" (the message is answered after all)."""
    match action:
        case ("now", condition):
            return await _warn(request, condition)
        case ("no", condition):
            return await _go_on(request, condition)
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


async def _warn(request: Request, condition: str) -> Sequence[Reply]:
    await _take_held(request)
    of = tuple(dict.fromkeys((condition, *request.person.recently_warned_of(request.now))))
    await people.note_warning(request.connection, request.person.id, of, request.now)
    return [_reply(request, "now", condition)]


async def _go_on(request: Request, condition: str) -> Sequence[Reply]:
    held = await _take_held(request)
    thanks = _reply(request, "no", condition)
    # Beside thoughts of self-harm there is no question about food that could not wait.
    if held is None or condition == warnings.SELF_HARM:
        return [thanks]
    return [thanks, *await conversation.hear(request, held)]


async def _take_held(request: Request) -> str | None:
    """The text that waits for an answer, once: it is forgotten with this."""
    note = await notes.read(request.connection, request.person.id, NoteKind.HELD, request.now)
    await notes.drop(request.connection, request.person.id, NoteKind.HELD)
    return str(note["text"]) if note else None


def _reply(request: Request, said: warnings.AskAnswer, condition: str) -> Reply:
    knowledge = request.knowledge
    country = knowledge.catalogue.known_country(request.person.country)
    messages = knowledge.catalogue.messages
    return warnings.after_ask(said, condition, messages, country, knowledge.rules.conditions)
