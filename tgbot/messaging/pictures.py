"""Sends a call that waits with a description of its picture: drawn just before it leaves."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from tgbot.domain.charts import read_chart
from tgbot.domain.delivery import Outcome
from tgbot.domain.rendering import DRAW, in_words
from tgbot.errors import ApiRefused
from tgbot.messaging.api import BotApi
from tgbot.messaging.drawing import draw
from tgbot.messaging.outcomes import classify

log = logging.getLogger(__name__)


async def send(api: BotApi, method: str, params: Mapping[str, Any]) -> None:
    """Makes the call; where its picture cannot be drawn or is refused, its words go alone.

    Raises:
        ApiRefused: the Bot API said no.
        ApiUnreachable: no usable answer.
    """
    if DRAW not in params:
        await api.call(method, params)
        return
    picture = await _drawn(params[DRAW])
    rest = {key: value for key, value in params.items() if key != DRAW}
    if picture is not None:
        try:
            await api.upload(method, rest, "photo", picture)
        except ApiRefused as refusal:
            if classify(refusal) is not Outcome.REFUSED:
                raise
            log.warning("a picture was refused; its words go alone")
        else:
            return
    await api.call("sendMessage", in_words(params))


async def _drawn(raw: Mapping[str, Any]) -> bytes | None:
    """The picture, drawn beside the event loop; None when that fails, which is logged."""
    try:
        return await asyncio.to_thread(draw, read_chart(raw))
    except Exception as failure:  # noqa: BLE001 - whatever it is, the words must still go
        log.error("a picture could not be drawn: %s", type(failure).__name__)  # noqa: TRY400 - values may be in it
        return None
