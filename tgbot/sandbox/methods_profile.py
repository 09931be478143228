"""getMe and what a bot sets about itself: commands, names, descriptions, the menu button."""

import re
from collections.abc import Callable
from typing import Any

from tgbot.sandbox.calls import Call
from tgbot.sandbox.profile import DEFAULT_SCOPE
from tgbot.sandbox.refusals import bad_request
from tgbot.sandbox.state import Json, World
from tgbot.sandbox.targets import find_chat

MOST_COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
LONGEST_COMMAND_TEXT = 256
LANGUAGE = re.compile(r"([a-z]{2})?\Z")
WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
# What a bot may set, and how long it may be (Bot API, setMyName and its kin).
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _call: Call) -> Json:
    """Return the bot's User."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_groups,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(_world: World, _call: Call) -> bool:
    """Say yes; there is nowhere to log out from."""
    return True


def set_my_commands(world: World, call: Call) -> bool:
    """Replace the command menu of a scope and language."""
    commands = _read_commands(call)
    scope, language = _read_scope(world, call), _language(call)
    world.profile.set_commands(scope, language, commands)
    world.events.add("commands", commands=world.profile.menu(None, ""))
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """Return the command menu of a scope and language."""
    return world.profile.commands(_read_scope(world, call), _language(call))


def delete_my_commands(world: World, call: Call) -> bool:
    """Take the command menu of a scope and language away."""
    world.profile.set_commands(_read_scope(world, call), _language(call), [])
    world.events.add("commands", commands=world.profile.menu(None, ""))
    return True


def _read_commands(call: Call) -> list[Json]:
    if call.args.get("commands", "") == "":
        return []
    value = call.structure("commands", "can't parse commands JSON object")
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(item) for item in value]


def _read_command(item: Any) -> Json:  # noqa: ANN401 - any JSON value
    failed = "can't parse BotCommand"
    if not isinstance(item, dict):
        raise bad_request(f"{failed}: expected an Object")
    for name in ("command", "description"):
        if name not in item:
            raise bad_request(f'{failed}: Can\'t find field "{name}"')
        if not isinstance(item[name], str):
            raise bad_request(f'{failed}: Field "{name}" must be of type String')
    command = item["command"].removeprefix("/")
    if not COMMAND.match(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(item["description"]) <= LONGEST_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": item["description"]}


def _read_scope(world: World, call: Call) -> Json:
    if call.args.get("scope", "") == "":
        return DEFAULT_SCOPE
    value = call.structure("scope", "can't parse BotCommandScope JSON object")
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = value.get("type")
    if kind in WIDE_SCOPES:
        return {"type": kind}
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    scope = {"type": kind, "chat_id": find_chat(world, Call(call.method, value)).id}
    if kind == "chat_member":
        scope["user_id"] = Call(call.method, value).integer("user_id")
    return scope


def _language(call: Call) -> str:
    language = call.text("language_code")
    if not LANGUAGE.match(language):
        raise bad_request("invalid language code specified")
    return language


def _setter(kind: str) -> Callable[[World, Call], bool]:
    def set_text(world: World, call: Call) -> bool:
        """Set the text for a language; an empty one takes it away."""
        language, value = _language(call), call.text(kind).strip()
        if len(value) > TEXT_LIMITS[kind]:
            raise bad_request(f"{kind} is too long")
        if value:
            world.profile.texts[kind][language] = value
        else:
            world.profile.texts[kind].pop(language, None)
        return True

    return set_text


def _getter(kind: str) -> Callable[[World, Call], Json]:
    def get_text(world: World, call: Call) -> Json:
        """Return the text for a language."""
        return {kind: world.profile.text(kind, _language(call))}

    return get_text


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Set the button beside the input field, for one person or for all."""
    chat_id = find_chat(world, call).id if call.text("chat_id") else None
    button = _read_button(call)
    if chat_id is None:
        world.profile.default_button = button
    else:
        world.profile.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """Return the button beside the input field."""
    return world.profile.button(find_chat(world, call).id if call.text("chat_id") else None)


def _read_button(call: Call) -> Json:
    if call.args.get("menu_button", "") == "":
        return {"type": "default"}
    value = call.structure("menu_button", "can't parse menu button JSON object")
    if not isinstance(value, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    match value.get("type"):
        case "default" | "commands" as kind:
            return {"type": kind}
        case "web_app" if isinstance(value.get("text"), str) and "web_app" in value:
            return {"type": "web_app", "text": value["text"], "web_app": value["web_app"]}
        case _:
            raise bad_request("can't parse menu button: MenuButton has unsupported type")


METHODS: dict[str, Callable[[World, Call], object]] = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
