"""sendMessage, deleteMessage, sendChatAction, getChat, and what all sending has in common."""

from typing import Any

from tgbot.sandbox.calls import Call
from tgbot.sandbox.markup import Markup, read_markup
from tgbot.sandbox.refusals import bad_request
from tgbot.sandbox.state import Group, Json, Person, World
from tgbot.sandbox.targets import DELETE_WITHIN, check_writable, find_chat
from tgbot.sandbox.texts import read_text

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, call: Call) -> Json:
    """Send text."""
    formatted = read_text(call)
    content: Json = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    return send(world, call, content)


def send(world: World, call: Call, content: Json) -> Json:
    """Post `content` as the bot, after the checks that all sending shares; return the Message."""
    replied = _read_reply(call)
    markup = read_markup(call)
    chat = find_chat(world, call)
    check_writable(world, chat)
    content = {**_reply_content(world, chat, replied), **content}
    if call.flag("protect_content"):
        content["has_protected_content"] = True
    keyboard = None
    if isinstance(markup, Markup):
        if markup.kind == "inline":
            content["reply_markup"] = markup.body
        else:
            keyboard = markup.body
    is_channel = isinstance(chat, Group) and chat.type == "channel"
    sender = None if is_channel else world.bot
    return world.post(chat, sender, content, by_bot=True, keyboard=keyboard).body


def _read_reply(call: Call) -> Json:
    if call.args.get("reply_parameters", "") == "":
        old = call.integer("reply_to_message_id")
        lenient = call.flag("allow_sending_without_reply")
        return {"message_id": old, "allow_sending_without_reply": lenient} if old else {}
    value = call.structure("reply_parameters", "can't parse reply parameters JSON object")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply parameters")
    if not isinstance(value.get("message_id", 0), int):
        raise bad_request('field "message_id" must be of type Number')
    return value


def _reply_content(world: World, chat: Person | Group, replied: Json) -> Json:
    if not replied.get("message_id"):
        return {}
    original = world.message(chat.id, replied["message_id"])
    if original is not None:
        body = {key: value for key, value in original.body.items() if key != "reply_to_message"}
        return {"reply_to_message": body}
    if replied.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def delete_message(world: World, call: Call) -> bool:
    """Delete a message of the last 48 hours."""
    if not call.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    message_id = call.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    chat = find_chat(world, call)
    stored = world.message(chat.id, message_id)
    if stored is None:
        raise bad_request("message to delete not found")
    if world.clock.timestamp() - stored.body["date"] > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")
    if isinstance(chat, Group) and not stored.by_bot:
        raise bad_request("message can't be deleted")
    world.delete(chat.id, message_id)
    return True


def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is busy."""
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = find_chat(world, call)
    check_writable(world, chat)
    world.events.add("typing", chat_id=chat.id, action=action)
    return True


def get_chat(world: World, call: Call) -> Json:
    """Return the ChatFullInfo."""
    chat = find_chat(world, call)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    info: dict[str, Any] = {
        **chat.as_chat(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    if isinstance(chat, Group):
        info["permissions"] = {"can_send_messages": True}
    else:
        info["active_usernames"] = [chat.username]
    return info


METHODS = {
    "sendMessage": send_message,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "getChat": get_chat,
}
