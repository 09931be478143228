"""Server-sent events: what happens, as it happens, to one browser tab."""

import asyncio
import json

from aiohttp import ClientConnectionResetError, web

from tgbot.sandbox.events import Event, EventLog

HEARTBEAT_SECONDS = 15.0
HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}


async def stream_events(request: web.BaseRequest, events: EventLog) -> web.StreamResponse:
    """Send the events after `since` (or Last-Event-ID), then every new one until either side ends."""
    response = web.StreamResponse(headers=HEADERS)
    await response.prepare(request)
    listener = events.listen()
    try:
        await _catch_up(response, events, _wanted(request, events.seq))
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    event = await listener.get()
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if event is None:
                break
            await response.write(_encoded(event))
    except (ClientConnectionResetError, ConnectionError):
        pass  # the tab was closed
    finally:
        events.forget(listener)
    return response


def _wanted(request: web.BaseRequest, newest: int) -> int:
    given = request.headers.get("Last-Event-ID") or request.query.get("since") or ""
    return int(given) if given.isdecimal() else newest


async def _catch_up(response: web.StreamResponse, events: EventLog, since: int) -> None:
    missed = events.since(since)
    if missed is None:
        await response.write(_encoded({"seq": events.seq, "type": "reload"}))
        return
    await response.write(b": hello\n\n" + b"".join(map(_encoded, missed)))


def _encoded(event: Event) -> bytes:
    return f"id: {event['seq']}\ndata: {json.dumps(event)}\n\n".encode()
