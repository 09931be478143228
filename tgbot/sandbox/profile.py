"""What a bot set about itself: commands by scope and language, names, descriptions, menu buttons."""

import json
from typing import Any

Json = dict[str, Any]
DEFAULT_SCOPE: Json = {"type": "default"}


class BotProfile:
    """The bot's settings as the Bot API keeps them."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, dict[str, str]] = {
            "name": {"": name},
            "description": {},
            "short_description": {},
        }
        self.menu_buttons: dict[int, Json] = {}
        self.default_button: Json = {"type": "commands"}
        self._commands: dict[tuple[str, str], list[Json]] = {}

    def text(self, kind: str, language: str) -> str:
        """Return a name or description in a language, else the one for all languages."""
        texts = self.texts[kind]
        return texts.get(language) or texts.get("", "")

    def commands(self, scope: Json, language: str) -> list[Json]:
        """Return the commands set for exactly this scope and language."""
        return self._commands.get((_key(scope), language), [])

    def set_commands(self, scope: Json, language: str, commands: list[Json]) -> None:
        """Replace them; an empty list takes them away."""
        if commands:
            self._commands[_key(scope), language] = commands
        else:
            self._commands.pop((_key(scope), language), None)

    def menu(self, chat_id: int | None, language: str) -> list[Json]:
        """Return the commands a person sees: the narrowest scope wins, then their language."""
        scopes: list[Json] = [{"type": "all_private_chats"}, DEFAULT_SCOPE]
        if chat_id is not None:
            scopes.insert(0, {"type": "chat", "chat_id": chat_id})
        for scope in scopes:
            for spoken in (language, ""):
                if found := self.commands(scope, spoken):
                    return found
        return []

    def button(self, chat_id: int | None) -> Json:
        """Return the menu button of a private chat, or the default one."""
        if chat_id is None:
            return self.default_button
        return self.menu_buttons.get(chat_id, self.default_button)


def _key(scope: Json) -> str:
    return json.dumps(scope, sort_keys=True)
