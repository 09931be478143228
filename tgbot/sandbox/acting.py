"""People at work: they join, write, tap, edit, ask inline, block; each act makes its updates."""

import asyncio
import itertools
from typing import Any

from tgbot.sandbox.entities import find_entities
from tgbot.sandbox.refusals import PageError
from tgbot.sandbox.state import (
    FIRST_CHANNEL,
    FIRST_GROUP,
    FIRST_PERSON,
    Group,
    Json,
    OpenCallback,
    Person,
    World,
    new_number,
)

INLINE_SECONDS = 10.0
STICKER: Json = {
    "file_id": "SBX-sticker",
    "file_unique_id": "SBX-sticker",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "👍",
}


class Actors:
    """What people do in the sandbox; a test calls these, the page does through HTTP."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._person_ids = itertools.count(FIRST_PERSON)
        self._group_ids = itertools.count(FIRST_GROUP, -1)
        self._channel_ids = itertools.count(FIRST_CHANNEL, -1)

    def add_person(
        self, first_name: str, *, language_code: str = "en", started: bool = False
    ) -> Person:
        """Add somebody with a private chat; `started` as if they had written before."""
        number = next(self._person_ids)
        username = f"person{number}"
        person = Person(number, first_name, username, language_code, started=started)
        self.world.people[number] = person
        self.world.events.add("person", person=described(person))
        return person

    def add_group(self, title: str, members: list[int], kind: str = "group") -> Group:
        """Add a group or channel with the bot in it; the bot hears that it was added."""
        for member in members:
            self.world.person(member)
        numbers = self._channel_ids if kind == "channel" else self._group_ids
        group = Group(next(numbers), title, kind, list(members))
        self.world.groups[group.id] = group
        self.world.events.add("chat", chat=described_chat(group))
        if members:
            self._membership(group, self.world.person(members[0]), "left", "member")
        return group

    def send_text(
        self, chat_id: int, text: str, person_id: int | None = None, reply_to: int | None = None
    ) -> Json:
        """Write `text` into a chat and return the message; in a group say who writes."""
        content: Json = {"text": text}
        if entities := find_entities(text):
            content["entities"] = entities
        if reply_to is not None:
            original = self.world.message(chat_id, reply_to)
            content |= {"reply_to_message": original.body} if original else {}
        return self._say(chat_id, person_id, content)

    def send_location(
        self, chat_id: int, latitude: float, longitude: float, person_id: int | None = None
    ) -> Json:
        """Share a place and return the message."""
        location = {"latitude": latitude, "longitude": longitude}
        return self._say(chat_id, person_id, {"location": location})

    def send_sticker(self, chat_id: int, person_id: int | None = None) -> Json:
        """Send a sticker and return the message."""
        return self._say(chat_id, person_id, {"sticker": STICKER})

    def post_in_channel(self, chat_id: int, text: str) -> Json:
        """Write a channel post and return it."""
        channel = self.world.groups.get(chat_id)
        if channel is None or channel.type != "channel":
            raise PageError(f"There is no channel {chat_id}.")
        body = self.world.post(channel, None, {"text": text}, by_bot=False).body
        self.world.updates.push("channel_post", body, chat_id)
        return body

    def edit_text(self, chat_id: int, message_id: int, text: str) -> Json:
        """Change the text of a person's message and return the message."""
        stored = self.world.message(chat_id, message_id)
        if stored is None or stored.by_bot or "text" not in stored.body:
            raise PageError("Only a text that this person wrote can be edited.")
        entities = find_entities(text)
        content: Json = {"text": text} | ({"entities": entities} if entities else {})
        self.world.edit(stored, content, dropped=frozenset({"text", "entities"}))
        self.world.updates.push("edited_message", stored.body, chat_id)
        return stored.body

    def tap(self, chat_id: int, message_id: int, data: str, person_id: int | None = None) -> str:
        """Tap an inline button, or forge such a tap; return the id of the callback query."""
        person = self._writer(chat_id, person_id)
        stored = self.world.message(chat_id, message_id)
        chat = self.world.chat(chat_id)
        gone = {"chat": chat.as_chat() if chat else {}, "message_id": message_id, "date": 0}
        query: Json = {
            "id": new_number(),
            "from": person.as_user(),
            "message": stored.body if stored else gone,
            "chat_instance": str(10**18 + chat_id),
            "data": data,
        }
        now = self.world.clock.now().timestamp()
        self.world.callbacks[query["id"]] = OpenCallback(chat_id, person.id, now)
        self.world.updates.push("callback_query", query, chat_id)
        return str(query["id"])

    async def ask_inline(self, person_id: int, query: str) -> list[Json]:
        """Type `@bot query` and return the results that the bot answers within ten seconds.

        Raises:
            PageError: no answer came.
        """
        person, number = self.world.person(person_id), new_number()
        waiting: asyncio.Future[list[Json]] = asyncio.get_running_loop().create_future()
        self.world.inline_answers[number] = waiting
        body = {"id": number, "from": person.as_user(), "query": query, "offset": ""}
        self.world.updates.push("inline_query", {**body, "chat_type": "sender"}, person_id)
        try:
            async with asyncio.timeout(INLINE_SECONDS):
                return await waiting
        except TimeoutError:
            raise PageError("The bot did not answer the inline query.") from None
        finally:
            self.world.inline_answers.pop(number, None)

    def choose_inline(self, person_id: int, chat_id: int, content: Json) -> Json:
        """Send the message that a chosen inline result makes and return it."""
        return self._say(chat_id, person_id, {**content, "via_bot": self.world.bot})

    def block(self, person_id: int, *, blocked: bool = True) -> None:
        """Block or unblock the bot; the bot hears of a change."""
        person = self.world.person(person_id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self._membership(person, person, old, new)
        self.world.events.add("person", person=described(person))

    def push_update(self, update: Json) -> int:
        """Queue any JSON object as an update, even a broken one; return its update_id."""
        return self.world.updates.push_raw(update)

    def messages(self, chat_id: int) -> list[Json]:
        """Return the messages of a chat, oldest first, as the bot sees them."""
        return [stored.body for stored in self.world.history.get(chat_id, {}).values()]

    def _writer(self, chat_id: int, person_id: int | None) -> Person:
        group = self.world.groups.get(chat_id)
        if group is None:
            return self.world.person(chat_id)
        if person_id is None or person_id not in group.members:
            raise PageError("In a group, say which member acts.")
        return self.world.person(person_id)

    def _say(self, chat_id: int, person_id: int | None, content: Json) -> Json:
        person = self._writer(chat_id, person_id)
        chat = self.world.groups.get(chat_id) or person
        if isinstance(chat, Person):
            if chat.blocked and content.get("text") != "/start":
                raise PageError("This person has blocked the bot. Unblock it first.")
            self.block(chat.id, blocked=False)
            if not chat.started:
                chat.started = True
                self.world.events.add("person", person=described(chat))
        body = self.world.post(chat, person.as_user(), content, by_bot=False).body
        if isinstance(chat, Person) or self.world.reads_groups or self._is_for_bot(body):
            self.world.updates.push("message", body, chat_id)
        return body

    def _is_for_bot(self, body: Json) -> bool:
        """Return whether a bot in privacy mode hears this: a command, a mention, a reply to it."""
        own = f"@{self.world.bot['username']}"
        text: str = body.get("text", "")
        first = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        is_command = bool(first) and ("@" not in first or first.endswith(own))
        replied = body.get("reply_to_message", {}).get("from", {}).get("id")
        return is_command or own in text.split() or replied == self.world.bot["id"]

    def _membership(self, chat: Person | Group, by: Person, old: str, new: str) -> None:
        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.world.bot, "status": status, **until}

        body = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": self.world.clock.timestamp(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.world.updates.push("my_chat_member", body, chat.id)


def described(person: Person) -> Json:
    """Return a person as the page knows them."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "username": person.username,
        "language_code": person.language_code,
        "blocked": person.blocked,
        "chat_id": person.id,
    }


def described_chat(chat: Person | Group) -> Json:
    """Return a chat as the page knows it."""
    if isinstance(chat, Person):
        title, kind, members = chat.first_name, "private", [chat.id]
    else:
        title, kind, members = chat.title, chat.type, list(chat.members)
    return {"id": chat.id, "type": kind, "title": title, "members": members}
