"""A web request read as a Bot API call: query, form, JSON or multipart."""

from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from tgbot.sandbox.calls import Call, Upload, read_json
from tgbot.sandbox.refusals import ApiError, bad_request

LARGEST_BODY = 50 * 1024 * 1024  # Telegram takes uploads up to 50 MB


async def read_call(request: web.BaseRequest, method: str) -> Call:
    """Return the call that `request` makes.

    Raises:
        ApiError: the body is too large or cannot be read.
    """
    args: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Call(method, args)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _read_multipart(request, Call(method, args))
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise too_large() from error
    if kind == "application/json":
        args.update(_json_object(body))
    elif body:
        args.update(_form(body))
    return Call(method, args)


def too_large() -> ApiError:
    """Return Telegram's answer to a body above its limit."""
    return ApiError(413, "Request Entity Too Large")


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _json_object(body: bytes) -> dict[str, Any]:
    value = read_json(body or b"{}", "can't parse JSON object")
    if not isinstance(value, dict):
        raise bad_request("JSON object expected")
    return value


async def _read_multipart(request: web.BaseRequest, call: Call) -> Call:
    if (request.content_length or 0) > LARGEST_BODY:
        raise too_large()
    room = LARGEST_BODY
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            body = bytes(await part.read(decode=True))
            room -= len(body)
            if room < 0:
                raise too_large()
            if part.filename is None:
                call.args[part.name] = body.decode()
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                call.files[part.name] = Upload(part.filename, kind, body)
    except ValueError as error:  # a bad boundary, a bad header, text that is not UTF-8
        raise bad_request("can't parse multipart form data") from error
    return call
