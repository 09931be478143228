"""Inline queries: the short answer about a nutrient, to be posted in any chat."""

from collections.abc import Sequence

from tgbot.domain.questions import answer, understand
from tgbot.domain.rendering import without_markup
from tgbot.domain.replies import Offer, Offers, Reply
from tgbot.services.request import Request


async def query(request: Request, query_id: str, words: str) -> Sequence[Reply]:
    """Offers the answer to what was typed; nothing when it is about no nutrient and no food.

    No person is read: the result is posted where others see it.
    """
    catalogue = request.knowledge.catalogue
    question = understand(words, catalogue.nutrients, None)
    offers: tuple[Offer, ...] = ()
    if question.nutrients or question.foods:
        found = answer(question, catalogue.nutrients, catalogue.messages, "")
        names = catalogue.nutrients.vocabulary.names
        about = [names[one].name for one in question.nutrients] or question.foods
        title = " · ".join(about)
        title = title[:1].upper() + title[1:]
        preview = without_markup(found.text)[:100]
        offers = (Offer(title, preview, found.text),)
    return [Offers(query_id, offers)]
