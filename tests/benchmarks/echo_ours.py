"""Surefoot with one handler that repeats what it hears: all of the durable road, none of the rest.

The only change to the bot is which handlers are registered. A text that begins with ``slow`` keeps
its handler busy for five seconds.
"""

import asyncio
import cProfile
import signal
import sys
from collections.abc import Sequence
from html import escape

from telegram import Update
from telegram.ext import MessageHandler, filters

from tgbot import app
from tgbot.domain.replies import Reply, Say
from tgbot.logs import start_logging
from tgbot.messaging.dispatch import App, TurnContext
from tgbot.services.request import Request
from tgbot.settings import read_settings

SLOW_SECONDS = 5.0


async def echo(_request: Request, text: str) -> Sequence[Reply]:
    return [Say(escape(text))]


async def hear(update: Update, context: TurnContext) -> None:
    text = update.effective_message.text
    if text.startswith("slow"):
        await asyncio.sleep(SLOW_SECONDS)
    await context.turn.run(echo, text)


def register(application: App) -> None:
    application.add_handler(MessageHandler(filters.TEXT, hear))


async def serve() -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with app.running(read_settings()):
        await stopped.wait()


def main() -> None:
    start_logging("WARNING")
    app.register = register
    profile = sys.argv[1:]
    if not profile:
        asyncio.run(serve())
        return
    # A file name as argument: where the profile goes. Slower, so its figures are no result.
    with cProfile.Profile() as running:
        asyncio.run(serve())
    running.dump_stats(profile[0])


if __name__ == "__main__":
    main()
