"""All commands in one table: it feeds the handlers, the menu and /help."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from telegram import Update

from tgbot.messaging.dispatch import TurnContext
from tgbot.messaging.turns import Service
from tgbot.services import (
    checkups,
    conversation,
    faq,
    foods,
    hydration,
    pauses,
    progress,
    reminders,
    sessions,
    settings,
    welcome,
)

Answer = Callable[[Update, TurnContext], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; its line in the menu and in /help is the sentence ``commands.<name>``."""

    name: str
    answer: Answer


def _simple(service: Service[[]]) -> Answer:
    async def answer(_update: Update, context: TurnContext) -> None:
        await context.turn.run(service)

    return answer


def _with_words(service: Service[[str]]) -> Answer:
    async def answer(_update: Update, context: TurnContext) -> None:
        await context.turn.run(service, " ".join(context.args or ()))

    return answer


COMMANDS: Final = (
    Command("start", _simple(welcome.start)),
    Command("check", _simple(checkups.open_checkup)),
    Command("ask", _with_words(conversation.ask)),
    Command("foods", _with_words(foods.open_foods)),
    Command("faq", _simple(faq.show_list)),
    Command("exercise", _simple(sessions.start)),
    Command("reminders", _simple(reminders.show_all)),
    Command("drink", _simple(hydration.open_drink)),
    Command("progress", _simple(progress.show)),
    Command("settings", _simple(settings.show)),
    Command("timezone", _with_words(settings.set_zone)),
    Command("country", _with_words(settings.set_country)),
    Command("stop", _simple(pauses.stop_all)),
    Command("resume", _simple(pauses.resume_all)),
    Command("privacy", _simple(settings.show_privacy)),
    Command("delete_me", _simple(settings.ask_delete)),
    Command("cancel", _simple(welcome.cancel)),
    Command("help", _simple(welcome.show_help)),
)
