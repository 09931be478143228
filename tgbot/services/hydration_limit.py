"""A limit that the care team gave: typed by the person, confirmed, and then counted down."""

from collections.abc import Sequence
from typing import Final

from tgbot.domain.fluid_limit import LEAST_ML, MOST_ML, Limit, Puzzle, read_limit
from tgbot.domain.hydration import Mode
from tgbot.domain.replies import Notice, Reply, Say, Show
from tgbot.services import drink_reminders, hydration_cards, hydration_view
from tgbot.services.request import Request
from tgbot.storage import notes
from tgbot.storage.hydration import Hydration
from tgbot.storage.notes import NoteKind

LIMIT: Final = "limit"
"""What a note says that waits for a typed limit."""
_MAY_LIMIT: Final = frozenset({Mode.CLOSED, Mode.LIMIT})


async def ask(request: Request, state: Hydration) -> Sequence[Reply]:
    """Asks for the limit; only of those who must not be told to drink more."""
    if state.mode not in _MAY_LIMIT:
        return await hydration_view.show(request, state)
    await hydration_view.wait_for(request, {"what": hydration_view.HERE, "step": LIMIT})
    return [Show(request.say("hydration.limit_ask"))]


async def take(request: Request, state: Hydration, words: str) -> Sequence[Reply]:
    """A typed limit: confirmed before it counts, for a slip of the finger could do harm."""
    if state.mode not in _MAY_LIMIT:
        return await hydration_view.show(request, state)
    found = read(request, words)
    if isinstance(found, Puzzle):
        return [Say(request.say(f"hydration.limit_{found}"))]
    return [hydration_cards.confirm_limit(request, found.ml)]


def read(request: Request, words: str) -> Limit | Puzzle:
    """The limit in a typed text."""
    return read_limit(words, request.knowledge.catalogue.hydration.amounts.cup_ml)


async def confirm(request: Request, state: Hydration, ml: int) -> Sequence[Reply]:
    """The limit is right: from now on drinks are counted down from it."""
    if state.mode not in _MAY_LIMIT or not LEAST_ML - 10 <= ml <= MOST_ML:
        return [Notice(request.say("errors.old_button"), alert=True)]
    await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    changed = await drink_reminders.save(request, state, mode=Mode.LIMIT, limit_ml=ml)
    return await hydration_view.show(request, changed)
