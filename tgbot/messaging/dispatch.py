"""Hands a stored update to python-telegram-bot's Application and reports how its handler fared."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, NoReturn

from sqlalchemy.exc import DBAPIError
from telegram import Update
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from tgbot.domain.rendering import Place
from tgbot.errors import HandlerFailed, UnreadableUpdate
from tgbot.messaging.turns import CURRENT_TURN, Turn

FAILURES: ContextVar[list[BaseException]] = ContextVar("FAILURES")
"""What the running update's handlers raised: the library swallows it otherwise."""


class TurnContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context that handlers get: python-telegram-bot's, with the turn on it."""

    @property
    def turn(self) -> Turn:
        """The turn of the update being handled."""
        return CURRENT_TURN.get()


App = Application[ExtBot[None], TurnContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def build_application(bot: ExtBot[None]) -> App:
    """An Application without updater and job queue: ours do that work durably."""
    return (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=TurnContext))
        .build()
    )


class Dispatcher:
    """Turns stored JSON into an ``Update`` and runs the one handler that matches."""

    def __init__(self, application: App) -> None:
        self._application = application
        application.add_error_handler(_note_failure)

    async def __call__(self, turn: Turn, raw: Mapping[str, Any]) -> None:
        """Handles one update.

        Raises:
            UnreadableUpdate: it does not parse.
            HandlerFailed: a handler raised.
        """
        update = self._parse(raw)
        _situate(turn, update)
        failures: list[BaseException] = []
        reset_turn = CURRENT_TURN.set(turn)
        reset_failures = FAILURES.set(failures)
        try:
            await self._application.process_update(update)
        finally:
            CURRENT_TURN.reset(reset_turn)
            FAILURES.reset(reset_failures)
        if failures:
            _raise(failures[0])

    def _parse(self, raw: Mapping[str, Any]) -> Update:
        try:
            # A copy: the library consumes what it is given.
            return Update.de_json(dict(raw), self._application.bot)
        except Exception as failure:  # noqa: BLE001 - whatever it is, it does not parse
            raise UnreadableUpdate(type(failure).__name__) from None


async def _note_failure(_update: object, context: TurnContext) -> None:
    if context.error is not None:
        FAILURES.get().append(context.error)


def _raise(failure: BaseException) -> NoReturn:
    if isinstance(failure, DBAPIError):
        # Not the handler's fault: the update waits for the database, and no try is counted.
        raise failure
    raise HandlerFailed(type(failure).__name__) from failure


def _situate(turn: Turn, update: Update) -> None:
    """Tells the turn where its replies go and whose it is."""
    tap = update.callback_query
    message = update.effective_message
    chat_id = update.effective_chat.id if update.effective_chat else turn.place.chat_id
    user = update.effective_user
    turn.place = Place(
        chat_id,
        message.message_id if tap and message else None,
        tap.id if tap else None,
    )
    turn.user_id = user.id if user else 0
