"""People who block the bot, and who come back."""

from telegram import Chat, ChatMember, Update

from tgbot.messaging.dispatch import TurnContext
from tgbot.services import welcome


async def note_membership(update: Update, context: TurnContext) -> None:
    """Stops sending to whoever blocked the bot; one that leaves a group says nothing of the kind."""
    change = update.my_chat_member
    if change is None or change.chat.type != Chat.PRIVATE:
        return
    if change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}:
        await context.turn.run(welcome.note_blocked)
