"""The Bot API over HTTP: one call in, its result or a named failure out, never the token in either."""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp

from tgbot.errors import ApiRefused, ApiUnreachable

CONNECTIONS: Final = 64
"""Open connections at most; this client stays fast with many, unlike the stock one."""

SECONDS: Final = 15.0
"""How long an ordinary call may take."""


class BotApi:
    """A client for one bot. Calls may run side by side."""

    def __init__(self, base: str, token: str) -> None:
        self._root = f"{base}/bot{token}/"
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, params: Mapping[str, Any] | str | None = None, seconds: float = SECONDS
    ) -> Any:  # noqa: ANN401 - each method has its own result
        """Calls a method; ``params`` are a mapping or already JSON. Returns the ``result`` field.

        Raises:
            ApiRefused: the Bot API said no.
            ApiUnreachable: no usable answer within ``seconds``.
        """
        body = params if isinstance(params, str) else json.dumps(params or {})
        status, raw = await self.post(
            self._root + method,
            data=body.encode(),
            headers={"Content-Type": "application/json"},
            seconds=seconds,
        )
        return _read(status, raw)

    async def upload(
        self, method: str, params: Mapping[str, Any], name: str, picture: bytes
    ) -> Any:  # noqa: ANN401 - each method has its own result
        """Calls a method with a PNG as the parameter ``name``; otherwise as ``call``.

        Raises:
            ApiRefused: the Bot API said no.
            ApiUnreachable: no usable answer in time.
        """
        form = aiohttp.FormData()
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        form.add_field(name, picture, filename="picture.png", content_type="image/png")
        status, raw = await self.post(self._root + method, data=form, seconds=SECONDS)
        return _read(status, raw)

    async def post(self, url: str, *, seconds: float, **body: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """Posts to an address; returns HTTP status and body.

        Raises:
            ApiUnreachable: no answer, or not a whole one.
        """
        try:
            timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=10)
            async with self._open().post(url, timeout=timeout, **body) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failure:
            # The class name only: the text holds the address, and the address holds the token.
            raise ApiUnreachable(type(failure).__name__, maybe_done=False) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            raise ApiUnreachable(type(failure).__name__, maybe_done=True) from None

    async def server_time(self) -> datetime | None:
        """The time by the Bot API's own clock, to the second; None when it does not say.

        Raises:
            ApiUnreachable: no answer.
        """
        try:
            async with self._open().get(self._root + "getMe") as response:
                date = response.headers.get("Date")
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            raise ApiUnreachable(type(failure).__name__, maybe_done=False) from None
        return parsedate_to_datetime(date) if date else None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=60)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session

    async def close(self) -> None:
        """Closes all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _read(status: int, raw: bytes) -> Any:  # noqa: ANN401
    try:
        answer = json.loads(raw)
        if answer["ok"]:
            return answer["result"]
        hints = answer.get("parameters") or {}
        raise ApiRefused(
            int(answer.get("error_code", status)),
            str(answer.get("description", "")),
            hints.get("retry_after"),
            hints.get("migrate_to_chat_id"),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ApiUnreachable("NotJson", maybe_done=status < 500) from None  # noqa: PLR2004 - HTTP
