"""The Telegram edge: an update comes in, one service is called, its replies go out."""

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers.commands import COMMANDS
from handlers.groups import answer_group
from handlers.members import note_membership
from handlers.talk import answer_inline, hear, hear_place, hear_thing, unknown_command
from handlers.taps import tap
from tgbot.messaging.dispatch import App

PRIVATE = filters.ChatType.PRIVATE & ~filters.VIA_BOT
NEW = filters.UpdateType.MESSAGE
"""New messages only: an edit is screened for danger at the door and otherwise left alone."""

NOTED = filters.StatusUpdate.ALL
"""What Telegram notes in a chat by itself, such as a pinned message; nobody said anything."""


def register(application: App) -> None:
    """Tells the application which function answers what; the first that fits does."""
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, command.answer, PRIVATE & NEW))
    application.add_handler(MessageHandler(PRIVATE & NEW & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(PRIVATE & NEW & filters.TEXT, hear))
    application.add_handler(MessageHandler(PRIVATE & NEW & filters.LOCATION, hear_place))
    application.add_handler(MessageHandler(PRIVATE & NEW & ~NOTED, hear_thing))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & NEW, answer_group))
    application.add_handler(CallbackQueryHandler(tap))
    application.add_handler(InlineQueryHandler(answer_inline))
    application.add_handler(ChatMemberHandler(note_membership, ChatMemberHandler.MY_CHAT_MEMBER))
