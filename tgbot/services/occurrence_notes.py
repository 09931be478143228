"""Notes on a reminder that came what became of it."""

from tgbot.services.request import Request
from tgbot.storage import reminders


async def note(request: Request, occurrence_id: int, verb: str) -> bool:
    """Notes the answer to a reminder; False when just that was noted before."""
    found = await reminders.find_occurrence(request.connection, occurrence_id, request.person.id)
    if found is None or found.answer == verb:
        return False
    await reminders.change_occurrence(
        request.connection, found.id, answer=verb, answered_at=request.now, snoozed_to=None
    )
    return True
