"""python-telegram-bot's way to the network, over the same HTTP client as everything else."""

from typing import Any

from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from tgbot.errors import ApiUnreachable
from tgbot.messaging.api import SECONDS, BotApi


class SharedRequest(BaseRequest):
    """Lets a ``telegram.Bot`` use our client; the stock one slows down with many connections."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float:
        """Seconds a call may take."""
        return SECONDS

    async def initialize(self) -> None:
        """Nothing to do: the client opens itself."""

    async def shutdown(self) -> None:
        """Nothing to do: the client is closed by its owner."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the Bot API takes POST for everything
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """One call; uploads are not needed, because everything the bot says goes by the outbox."""
        fields: dict[str, Any] = request_data.json_parameters if request_data else {}
        try:
            return await self._api.post(url, seconds=SECONDS, data=fields)
        except ApiUnreachable as failure:
            raise NetworkError(str(failure)) from None
