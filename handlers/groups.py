"""Groups: one neutral line that leads to the private chat, and nothing about anybody's health."""

from telegram import Message, Update

from handlers.commands import COMMANDS
from tgbot.messaging.dispatch import TurnContext
from tgbot.services import welcome

OWN = frozenset(command.name for command in COMMANDS)


async def answer_group(update: Update, context: TurnContext) -> None:
    """Answers only when spoken to: by one of its commands, or by its name."""
    message = update.effective_message
    if message and _is_spoken_to(message, context.bot.username):
        await context.turn.run(welcome.point_to_private, context.bot.username)


def _is_spoken_to(message: Message, username: str) -> bool:
    text = (message.text or "").lower()
    if f"@{username}".lower() in text:
        return True
    # "/start@other" is meant for another bot, and "/roll" probably too.
    return text.startswith("/") and text[1:].partition(" ")[0] in OWN
