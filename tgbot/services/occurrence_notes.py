"""Notes on a reminder that came what became of it."""

from tgbot.services.request import Request
from tgbot.storage import occurrences


async def note(request: Request, occurrence_id: int, verb: str) -> bool:
    """Notes the answer to a reminder; False when just that was noted before."""
    found = await occurrences.find(request.connection, occurrence_id, request.person.id)
    if found is None or found.answer == verb:
        return False
    await occurrences.change(
        request.connection,
        found.id,
        answer=verb,
        answered_at=request.now,
        again_at=None,
        again_for=None,
    )
    return True
