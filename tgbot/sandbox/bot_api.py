"""The Bot API over HTTP: token, method, faults, limits, result."""

import asyncio
import inspect
import json
import logging
import socket
import struct

from aiohttp import web

from tgbot.sandbox.calls import SENDING, Call, CallRecord, monotonic
from tgbot.sandbox.faults import Fault, Faults, Refusing
from tgbot.sandbox.limits import SendLimits
from tgbot.sandbox.methods import METHODS, Method
from tgbot.sandbox.reading import read_call
from tgbot.sandbox.refusals import ApiError, too_many_requests
from tgbot.sandbox.state import World
from tgbot.sandbox.updates import OTHER_POLL

LOG = logging.getLogger(__name__)
HTML = "<html><head><title>{status}</title></head><body><h1>nginx</h1></body></html>"
# Linger 0: closing sends a reset instead of a polite end.
RESET = struct.pack("ii", 1, 0)


# Code, what always stands in front, and the rest unless the script says something else.
REFUSALS: dict[Refusing, tuple[int, str, str]] = {
    "forbidden": (403, "Forbidden: ", "bot was blocked by the user"),
    "bad_request": (400, "Bad Request: ", "chat not found"),
    "unauthorized": (401, "", "Unauthorized"),
    "not_found": (404, "", "Not Found"),
    "conflict": (409, "Conflict: ", OTHER_POLL),
    "server_error": (500, "", "Internal Server Error"),
    "migrated": (400, "Bad Request: ", "group chat was upgraded to a supergroup chat"),
}


class ConnectionCutError(Exception):
    """The fault wants the connection gone instead of an answer."""


class NotJsonError(Exception):
    """The fault wants a web page instead of an answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.faults = Faults()
        self.limits = SendLimits()
        self.latency = 0.0  # seconds that every call but getUpdates takes at least
        self._token = token

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request whose path begins with /bot."""
        try:
            method = self._find_method(request.path)
            result = await self._serve(method, await read_call(request, method.name))
        except ApiError as error:
            return _refusal(error)
        except ConnectionCutError:
            return cut(request)
        except NotJsonError as page:
            text = HTML.format(status=page.status)
            return web.Response(status=page.status, text=text, content_type="text/html")
        return web.Response(body=result, content_type="application/json")

    def _find_method(self, path: str) -> Method:
        token, _, name = path.removeprefix("/bot").partition("/")
        if token != self._token:
            raise ApiError(401, "Unauthorized")
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        return method

    async def answer_file(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request whose path begins with /file/bot."""
        token, _, path = request.path.removeprefix("/file/bot").partition("/")
        if token != self._token:
            return _refusal(ApiError(401, "Unauthorized"))
        stored = self.world.files.at_path(path)
        if stored is None or stored.body is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.body, content_type="application/octet-stream")

    async def _serve(self, method: Method, call: Call) -> bytes:
        chat_id = call.integer("chat_id") if "chat_id" in call.args else None
        record = CallRecord(method.name, call.args, monotonic(), chat_id)
        record.ignored = method.ignored(call)
        self.world.calls.add(record)
        try:
            fault = self.faults.take(method.name, chat_id)
            if fault is not None:
                await _before(fault)
            self._check_limits(method, chat_id, record.at)
            body = await self._result(method, call)
            record.code = 200
            if fault is not None and fault.kind == "answer_lost":
                raise ConnectionCutError
        except ApiError as error:
            record.code = error.code
            raise
        return body

    def _check_limits(self, method: Method, chat_id: int | None, now: float) -> None:
        if self.limits.enforced and method.name in SENDING:
            wait = self.limits.seconds_to_wait(chat_id or 0, now)
            if wait:
                raise too_many_requests(wait)

    async def _result(self, method: Method, call: Call) -> bytes:
        pause = self.latency / 2 if method.name != "getUpdates" else 0
        if pause:
            await asyncio.sleep(pause)
        try:
            result = method.serve(self.world, call)
            if inspect.isawaitable(result):
                result = await result
        except ApiError:
            raise
        except Exception as error:
            LOG.exception("the sandbox has a bug in %s", method.name)
            raise ApiError(500, "Internal Server Error: the sandbox has a bug") from error
        if pause:
            await asyncio.sleep(pause)
        encoded = result if isinstance(result, bytes) else json.dumps(result).encode()
        return b'{"ok":true,"result":' + encoded + b"}"


async def _before(fault: Fault) -> None:
    """Do what the fault does before the call is handled."""
    match fault.kind:
        case "not_json":
            raise NotJsonError(fault.status or 502)
        case "reset":
            raise ConnectionCutError
        case "hang":
            await asyncio.sleep(fault.delay)
            raise ConnectionCutError
        case "slow":
            await asyncio.sleep(fault.delay)
        case "answer_lost":
            pass
        case refusing:
            raise _scripted_refusal(refusing, fault)


def _scripted_refusal(kind: Refusing, fault: Fault) -> ApiError:
    if kind == "retry_after":
        return too_many_requests(fault.retry_after)
    code, prefix, words = REFUSALS[kind]
    parameters = {"migrate_to_chat_id": fault.migrate_to_chat_id} if kind == "migrated" else None
    is_server = kind == "server_error"
    described = prefix + (fault.description or words)
    return ApiError(fault.status or code if is_server else code, described, parameters)


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, object] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.parameters:
        body["parameters"] = dict(error.parameters)
    headers = {}
    if error.parameters and "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.Response(
        status=error.code,
        body=json.dumps(body).encode(),
        content_type="application/json",
        headers=headers,
    )


def cut(request: web.BaseRequest) -> web.Response:
    """Reset the connection of `request`; the answer returned goes nowhere."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()
    return web.Response()
