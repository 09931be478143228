"""Which chat and which message a call means, and whether the bot may write there."""

from tgbot.sandbox.calls import Call
from tgbot.sandbox.refusals import bad_request, forbidden
from tgbot.sandbox.state import Group, Person, Stored, World

DELETE_WITHIN = 48 * 3600  # seconds; Telegram keeps older messages for everyone


def find_chat(world: World, call: Call, name: str = "chat_id") -> Person | Group:
    """Return the chat that the call names.

    Raises:
        ApiError: empty, or nobody the bot can know.
    """
    if not call.text(name):
        raise bad_request("chat_id is empty")
    chat = world.chat(call.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def check_writable(world: World, chat: Person | Group) -> None:
    """Refuse to write to somebody who blocked the bot or never wrote to it."""
    if not isinstance(chat, Person):
        return
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if world.require_start and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")


def find_own_message(world: World, call: Call) -> Stored:
    """Return the bot's own message that an edit means.

    Raises:
        ApiError: not named, not there, or not the bot's.
    """
    if not call.text("chat_id") and not call.integer("message_id"):
        if not call.text("inline_message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")
    chat = find_chat(world, call)
    stored = world.message(chat.id, call.integer("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    if not stored.by_bot:
        raise bad_request("message can't be edited")
    return stored
