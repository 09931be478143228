"""Whether a person agreed that their health answers are kept."""

from dataclasses import replace
from typing import Final

from tgbot.services.request import Request
from tgbot.storage import people

CONSENT: Final = "1"
"""Version of what the person agrees to (``checks.consent``, ``sessions.consent``); a new one is asked again."""


def agreed(request: Request) -> bool:
    """Whether the person agreed to what is asked today."""
    return request.person.consent_version == CONSENT


async def agree(request: Request) -> Request:
    """Notes that the person agrees, and when; returns the request of one who agreed."""
    await people.change(
        request.connection, request.person.id, consent_version=CONSENT, consent_at=request.now
    )
    return replace(request, person=replace(request.person, consent_version=CONSENT))
