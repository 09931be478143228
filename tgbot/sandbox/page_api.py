"""The chat page's own API: what is there, what people do, the clock, the faults."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tgbot.sandbox import acting
from tgbot.sandbox.acting import Actors
from tgbot.sandbox.calls import read_json
from tgbot.sandbox.faults import Faults, described
from tgbot.sandbox.methods_answers import checked_result, result_content
from tgbot.sandbox.page_files import HEADERS, serve_file, serve_upload
from tgbot.sandbox.page_guard import PageGuard
from tgbot.sandbox.page_stream import stream_events
from tgbot.sandbox.page_time import PageTime
from tgbot.sandbox.refusals import ApiError, PageError
from tgbot.sandbox.state import Group, Json, Person, shown

LARGEST_PAGE_BODY = 20 * 1024 * 1024
MOST_SHOWN = 300  # messages of each chat in the first look

Handler = Callable[[Json], Awaitable[object]]


class PageApi:
    """Answers everything that is not the Bot API."""

    def __init__(self, actors: Actors, faults: Faults, time: PageTime, guard: PageGuard) -> None:
        self._actors = actors
        self._world = actors.world
        self._faults = faults
        self._time = time
        self._guard = guard
        self._routes: dict[tuple[str, str], Handler] = {
            ("GET", "/api/state"): self._state,
            ("POST", "/api/people"): self._add_person,
            ("POST", "/api/groups"): self._add_group,
            ("POST", "/api/block"): self._block,
            ("POST", "/api/send"): self._send,
            ("POST", "/api/tap"): self._tap,
            ("POST", "/api/inline"): self._inline,
            ("POST", "/api/inline/choose"): self._choose,
            ("GET", "/api/clock"): self._clock,
            ("POST", "/api/clock"): self._set_clock,
            ("GET", "/api/faults"): self._list_faults,
            ("POST", "/api/faults"): self._add_fault,
            ("DELETE", "/api/faults"): self._remove_faults,
        }

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        if wrong := self._guard.objection(request):
            return _json({"error": wrong}, 403)
        handler = self._routes.get((request.method, request.path))
        if handler is not None:
            return await _handle(handler, request)
        if request.method != "GET":
            return _json({"error": "There is nothing here."}, 404)
        if request.path == "/api/events":
            return await stream_events(request, self._world.events)
        if request.path.startswith("/api/file/"):
            return serve_upload(self._world.files, request.path.removeprefix("/api/file/"))
        return serve_file(request.path)

    async def _state(self, _body: Json) -> Json:
        world = self._world
        chats: list[Person | Group] = [*world.people.values(), *world.groups.values()]
        return {
            "seq": world.events.seq,
            "bot": {key: world.bot[key] for key in ("id", "first_name", "username")},
            "people": [acting.described(person) for person in world.people.values()],
            "chats": [acting.described_chat(chat) for chat in chats],
            "messages": {
                str(chat.id): [
                    shown(stored)
                    for stored in list(world.history.get(chat.id, {}).values())[-MOST_SHOWN:]
                ]
                for chat in chats
            },
            "commands": world.profile.menu(None, ""),
            "clock": self._time.described(),
            "menu_button": world.profile.default_button,
        }

    async def _add_person(self, body: Json) -> Json:
        name = _field(body, "first_name", str).strip()
        if not name:
            raise PageError("A person needs a first name.")
        language = body.get("language_code") or "en"
        if not isinstance(language, str):
            raise PageError("language_code must be text.")
        return acting.described(self._actors.add_person(name, language_code=language))

    async def _add_group(self, body: Json) -> Json:
        members = _field(body, "members", list)
        if not members or not all(isinstance(member, int) for member in members):
            raise PageError("A group needs members.")
        title = _field(body, "title", str).strip() or "Group"
        return acting.described_chat(self._actors.add_group(title, members))

    async def _block(self, body: Json) -> Json:
        person_id = _field(body, "person_id", int)
        self._actors.block(person_id, blocked=bool(body.get("blocked", True)))
        return acting.described(self._world.person(person_id))

    async def _send(self, body: Json) -> Json:
        chat_id, person_id = _field(body, "chat_id", int), _field(body, "person_id", int)
        if "edit_message_id" in body:
            message_id = _field(body, "edit_message_id", int)
            return self._actors.edit_text(chat_id, message_id, _text(body))
        if "location" in body:
            place = _field(body, "location", dict)
            latitude, longitude = (
                _field(place, name, int | float) for name in ("latitude", "longitude")
            )
            return self._actors.send_location(chat_id, latitude, longitude, person_id)
        if body.get("sticker"):
            return self._actors.send_sticker(chat_id, person_id)
        answered = body.get("reply_to_message_id")
        reply_to = answered if isinstance(answered, int) else None
        return self._actors.send_text(chat_id, _text(body), person_id, reply_to)

    async def _tap(self, body: Json) -> Json:
        chat_id, message_id = _field(body, "chat_id", int), _field(body, "message_id", int)
        person_id, data = _field(body, "person_id", int), _field(body, "data", str)
        if self._world.message(chat_id, message_id) is None:
            raise PageError("This message is gone.")
        return {"callback_id": self._actors.tap(chat_id, message_id, data, person_id)}

    async def _inline(self, body: Json) -> Json:
        person_id, query = _field(body, "person_id", int), _field(body, "query", str)
        return {"results": await self._actors.ask_inline(person_id, query)}

    async def _choose(self, body: Json) -> Json:
        content = result_content(checked_result(_field(body, "result", dict)))
        person_id, chat_id = _field(body, "person_id", int), _field(body, "chat_id", int)
        return self._actors.choose_inline(person_id, chat_id, content)

    async def _clock(self, _body: Json) -> Json:
        return self._time.described()

    async def _set_clock(self, body: Json) -> Json:
        if body.get("to") == "next":
            return await self._time.jump_to_next()
        return await self._time.advance(_field(body, "advance_seconds", int | float))

    async def _list_faults(self, _body: Json) -> list[Json]:
        return self._faults.listed()

    async def _add_fault(self, body: Json) -> Json:
        details = {name: value for name, value in body.items() if name != "kind"}
        return described(self._faults.add(body.get("kind", ""), **details))

    async def _remove_faults(self, body: Json) -> list[Json]:
        if "id" in body:
            self._faults.remove(_field(body, "id", int))
        else:
            self._faults.clear()
        return self._faults.listed()


async def _handle(handler: Handler, request: web.BaseRequest) -> web.Response:
    try:
        return _json(await handler(await _read_body(request)))
    except (PageError, ValueError) as error:
        return _json({"error": str(error)}, 400)
    except ApiError as error:
        return _json({"error": error.description}, 400)


async def _read_body(request: web.BaseRequest) -> Json:
    """Return the JSON object in the body, {} when there is no body."""
    if request.method == "GET" or not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise PageError("Send JSON.")
    if (request.content_length or 0) > LARGEST_PAGE_BODY:
        raise PageError("That is too much at once.")
    try:
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise PageError("That is too much at once.") from None
    if len(raw) > LARGEST_PAGE_BODY:
        raise PageError("That is too much at once.")
    try:
        value = read_json(raw, "not JSON")
    except ApiError:
        raise PageError("That is not JSON.") from None
    if not isinstance(value, dict):
        raise PageError("Send a JSON object.")
    return value


def _field(body: Json, name: str, kind: Any) -> Any:  # noqa: ANN401 - the type is an argument
    value = body.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise PageError(f"{name} is missing or not what it should be.")
    return value


def _text(body: Json) -> str:
    text: str = _field(body, "text", str)
    if not text.strip():
        raise PageError("Write something first.")
    return text


def _json(value: object, status: int = 200) -> web.Response:
    body = json.dumps(value).encode()
    return web.Response(status=status, body=body, content_type="application/json", headers=HEADERS)
