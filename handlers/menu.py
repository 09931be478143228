"""The command menu and the bot's own description, as Bot API calls."""

from collections.abc import Iterator
from typing import Any

from content.loader import Catalogue
from handlers.commands import COMMANDS


def menu_calls(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, Any]]]:
    """The calls that set menu and description; the first language is also the default."""
    say = catalogue.messages.text
    commands = [
        {"command": command.name, "description": say(f"commands.{command.name}")}
        for command in COMMANDS
    ]
    yield "setMyCommands", {"commands": commands, "scope": {"type": "all_private_chats"}}
    yield "setMyDescription", {"description": say("start.description")}
    yield "setMyShortDescription", {"short_description": say("start.short_description")}
