"""Groups: one neutral line that leads to the private chat, and nothing about anybody's health."""

from telegram import Update

from tgbot.messaging.dispatch import TurnContext
from tgbot.services import welcome


async def answer_group(update: Update, context: TurnContext) -> None:
    """Answers only when spoken to: a command, or the bot's name."""
    message = update.effective_message
    text = (message and message.text) or ""
    if text.startswith("/") or f"@{context.bot.username}".lower() in text.lower():
        await context.turn.run(welcome.point_to_private, context.bot.username)
