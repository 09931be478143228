"""The sandbox's world: who is there, their chats, the messages in them, and what the bot set up."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from tgbot.sandbox.calls import CallLog
from tgbot.sandbox.clock import SandboxClock
from tgbot.sandbox.events import EventLog
from tgbot.sandbox.files import FileStore
from tgbot.sandbox.profile import BotProfile
from tgbot.sandbox.refusals import PageError
from tgbot.sandbox.updates import UpdateQueue
from tgbot.sandbox.webhook import Webhook

Json = dict[str, Any]

FIRST_PERSON = 1_001
FIRST_GROUP = -2_001
FIRST_CHANNEL = -1_003_000_000_001


@dataclass(slots=True)
class Person:
    """Somebody with a private chat; `started` once they wrote to the bot."""

    id: int
    first_name: str
    username: str
    language_code: str = "en"
    blocked: bool = False
    started: bool = False

    def as_user(self) -> Json:
        """Return the Bot API's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "username": self.username,
            "language_code": self.language_code,
        }

    def as_chat(self) -> Json:
        """Return the Bot API's Chat of their private chat."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "username": self.username,
            "type": "private",
        }


@dataclass(slots=True)
class Group:
    """A group or channel that the bot is in."""

    id: int
    title: str
    type: str = "group"
    members: list[int] = field(default_factory=list)

    def as_chat(self) -> Json:
        """Return the Bot API's Chat."""
        extra = {"all_members_are_administrators": True} if self.type == "group" else {}
        return {"id": self.id, "title": self.title, "type": self.type, **extra}


@dataclass(slots=True)
class Stored:
    """A message as the bot sees it; `keyboard` is what only people see below it."""

    body: Json
    by_bot: bool
    keyboard: Json | None = None


@dataclass(frozen=True, slots=True)
class OpenCallback:
    """A tap that waits for its answer."""

    chat_id: int
    person_id: int
    at: float


class World:
    """Everything the sandbox knows, in memory."""

    def __init__(
        self,
        bot: Json,
        clock: SandboxClock,
        *,
        require_start: bool = True,
        reads_groups: bool = True,
    ) -> None:
        self.bot = bot
        self.clock = clock
        self.require_start = require_start
        self.reads_groups = reads_groups
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.history: dict[int, dict[int, Stored]] = {}
        self.files = FileStore()
        # A sandbox that starts again must not give out ids that the bot has seen.
        self.updates = UpdateQueue(clock.timestamp())
        self.webhook = Webhook(self.updates, clock)
        self.events = EventLog()
        self.calls = CallLog()
        self.profile = BotProfile(bot["first_name"])
        self.callbacks: dict[str, OpenCallback] = {}
        self.inline_answers: dict[str, Any] = {}
        self._last_message = 0

    def chat(self, chat_id: int) -> Person | Group | None:
        """Return who or what has this chat id."""
        return self.people.get(chat_id) or self.groups.get(chat_id)

    def person(self, person_id: int) -> Person:
        """Return the person.

        Raises:
            PageError: nobody has this id.
        """
        try:
            return self.people[person_id]
        except KeyError:
            raise PageError(f"There is no person {person_id}.") from None

    def message(self, chat_id: int, message_id: int) -> Stored | None:
        """Return a message that is still there."""
        return self.history.get(chat_id, {}).get(message_id)

    def post(
        self,
        chat: Person | Group,
        sender: Json | None,
        content: Json,
        *,
        by_bot: bool,
        keyboard: Json | None = None,
    ) -> Stored:
        """Put a new message into a chat and tell the page."""
        self._last_message += 1
        body: Json = {"message_id": self._last_message}
        as_chat = chat.as_chat()
        if sender is not None:
            body["from"] = sender
        else:
            body["sender_chat"] = as_chat
        body |= {"chat": as_chat, "date": self.clock.timestamp(), **content}
        stored = Stored(body, by_bot, keyboard)
        self.history.setdefault(chat.id, {})[self._last_message] = stored
        self.events.add("message", chat_id=chat.id, message=shown(stored))
        return stored

    def edit(self, stored: Stored, content: Json, *, dropped: frozenset[str]) -> None:
        """Replace fields of a message; the old body stays as it was for those who hold it."""
        kept = {name: value for name, value in stored.body.items() if name not in dropped}
        stored.body = {**kept, "edit_date": self.clock.timestamp(), **content}
        self.events.add("edited", chat_id=stored.body["chat"]["id"], message=shown(stored))

    def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away."""
        del self.history[chat_id][message_id]
        self.events.add("deleted", chat_id=chat_id, message_id=message_id)


def shown(stored: Stored) -> Json:
    """Return the message as the page sees it: with the reply keyboard and where its files are."""
    body = stored.body
    extra: Json = {"reply_markup": stored.keyboard} if stored.keyboard else {}
    ids = [part["file_id"] for part in file_parts(body)]
    if ids:
        extra["files"] = {file_id: f"/api/file/{file_id}" for file_id in ids}
    return {**body, **extra} if extra else body


def file_parts(body: Json) -> list[Json]:
    """Return the parts of a message that stand for a file."""
    parts = [*body.get("photo", ())]
    parts += [body[name] for name in ("animation", "document", "sticker") if name in body]
    return parts


def new_number() -> str:
    """Return a long number as text, the form of the Bot API's query ids."""
    return str(10**17 + secrets.randbelow(10**18))
