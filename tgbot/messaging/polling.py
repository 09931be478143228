"""Fetches updates by long polling; the offset moves only after the commit."""

import asyncio
import logging
import random
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from tgbot.domain.updates import KINDS
from tgbot.errors import ApiRefused, ApiUnreachable
from tgbot.messaging.api import BotApi
from tgbot.messaging.intake import Intake
from tgbot.messaging.vitals import Vitals

log = logging.getLogger(__name__)

WAIT: Final = 25
"""Seconds that Telegram holds the line open when there is nothing."""

GRACE: Final = 10
"""Further seconds before a silent line is given up."""

LONGEST_PAUSE: Final = 3.0
"""Seconds between tries at most, so that the bot is back within five after an outage."""


class Poller:
    """Long polling for ever: no failure ends it, and each outage is two log lines."""

    def __init__(self, api: BotApi, intake: Intake, vitals: Vitals) -> None:
        self._api = api
        self._intake = intake
        self._vitals = vitals
        self._offset = 0
        self._failures = 0
        self._on_line = False

    async def serve(self) -> None:
        """Polls until cancelled."""
        while not await self._unhook():
            await self._pause()
        while True:
            if not await self._round():
                await self._pause()

    async def _unhook(self) -> bool:
        """Telegram refuses to be polled while a webhook is set."""
        try:
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
        except (ApiRefused, ApiUnreachable) as failure:
            return self._note(failure)
        return True

    async def _round(self) -> bool:
        # The first poll, and the first after a failure, come back at once: they tell whether we are on.
        wait = WAIT if self._on_line else 0
        params = {"timeout": wait, "allowed_updates": KINDS, "limit": 100, "offset": self._offset}
        try:
            updates = await self._api.call("getUpdates", params, seconds=WAIT + GRACE)
            await self._take(updates)
        except (ApiRefused, ApiUnreachable, DBAPIError) as failure:
            return self._note(failure)
        if self._failures:
            log.warning("updates come in again after %d failed tries", self._failures)
            self._failures = 0
        self._on_line = True
        self._vitals.polled()
        return True

    async def _take(self, updates: Any) -> None:  # noqa: ANN401 - the network's word
        if not isinstance(updates, list):
            raise ApiUnreachable("NotAList", maybe_done=True)
        await self._intake.accept(updates)
        ids = [update.get("update_id") for update in updates if isinstance(update, dict)]
        # Also past what was too odd to keep: it would come again for ever.
        passed = [one + 1 for one in ids if type(one) is int]
        if updates and not passed:
            raise ApiUnreachable("NoUpdateId", maybe_done=True)
        self._offset = max([self._offset, *passed])

    def _note(self, failure: Exception) -> bool:
        self._failures += 1
        self._on_line = False
        self._vitals.poll_failed(failure)
        if self._failures == 1:
            log.warning("updates cannot be fetched: %s", _name(failure))
        return False

    async def _pause(self) -> None:
        pause = min(0.25 * 2.0 ** min(self._failures, 8), LONGEST_PAUSE)
        await asyncio.sleep(pause * random.uniform(0.75, 1))  # noqa: S311 - only spreads load


def _name(failure: Exception) -> str:
    return (
        str(failure)
        if isinstance(failure, (ApiRefused, ApiUnreachable))
        else type(failure).__name__
    )
