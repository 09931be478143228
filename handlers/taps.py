"""Taps on buttons: the route that a button carries names the service that answers it."""

from typing import Final

from telegram import Update

from tgbot.domain.callback_data import decode
from tgbot.domain.replies import Action
from tgbot.messaging.dispatch import TurnContext
from tgbot.messaging.turns import Service
from tgbot.services import (
    checkups,
    faq,
    followups,
    foods,
    hydration,
    manners,
    nutrients,
    occurrences,
    progress,
    reminders,
    second_look,
    sessions,
    settings,
    welcome,
    zones,
)

ROUTES: Final[dict[str, Service[[Action]]]] = {
    "menu": welcome.choose,
    "danger": second_look.answer,
    "chk": checkups.answer,
    "fol": followups.answer,
    "faq": faq.answer,
    "nut": nutrients.show_facet,
    "foods": foods.answer,
    "pic": foods.show_picture,
    "rem": reminders.answer,
    "week": progress.answer,
    "occ": occurrences.answer,
    "ex": sessions.answer,
    "drink": hydration.answer,
    "country": settings.choose_country,
    "zone": zones.answer,
    "set": manners.answer,
    "me": settings.answer_delete,
}


LONGEST_NUMBER: Final = 18
"""Digits of a number in a button; a longer one was made up, and fits no database."""


async def tap(update: Update, context: TurnContext) -> None:
    """Answers a tap; one that is forged, from another version, or in a group says so kindly."""
    query = update.callback_query
    action = decode(query.data) if query else None
    private = update.effective_chat is not None and update.effective_chat.type == "private"
    service = ROUTES.get(action[0]) if action and private and _fits(action) else None
    if action and service:
        await context.turn.run(service, action[1:])
    else:
        await context.turn.run(welcome.explain_old_button)


def _fits(action: Action) -> bool:
    return not any(part.isdecimal() and len(part) > LONGEST_NUMBER for part in action)
