"""What people write that is not a command: text, inline queries, and things that are not text."""

from telegram import Update

from tgbot.messaging.dispatch import TurnContext
from tgbot.services import conversation, inline, locations, welcome


async def hear(update: Update, context: TurnContext) -> None:
    """Answers a text."""
    message = update.effective_message
    await context.turn.run(conversation.hear, (message and message.text) or "")


async def hear_place(update: Update, context: TurnContext) -> None:
    """Takes the time zone of a shared place; nothing but the zone goes on from here."""
    place = update.effective_message and update.effective_message.location
    zone = await locations.zone_at(place.latitude, place.longitude) if place else None
    await context.turn.run(conversation.hear_place, zone)


async def hear_thing(_update: Update, context: TurnContext) -> None:
    """Answers a picture, a voice message, a sticker: the bot can read only text, and says so."""
    await context.turn.run(welcome.explain_text_only)


async def unknown_command(_update: Update, context: TurnContext) -> None:
    """Answers a command that does not exist."""
    await context.turn.run(welcome.explain_unknown_command)


async def answer_inline(update: Update, context: TurnContext) -> None:
    """Answers ``@bot vitamin d`` typed in any chat."""
    if update.inline_query:
        await context.turn.run(inline.query, update.inline_query.id, update.inline_query.query)
