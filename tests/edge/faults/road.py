"""What the fault tests share: settings, waiting, and what the bot said."""

import asyncio
from time import monotonic

from tgbot.domain.delivery import SendClass
from tgbot.domain.rendering import Call
from tgbot.settings import read_settings
from tgbot.storage import outbox


def settings_for(sandbox, folder, **more):
    given = {
        "token": sandbox.token,
        "api_base": sandbox.api_base,
        "state_dir": folder,
        "sends_per_second": 1000,
    }
    return read_settings(**{**given, **more})


async def until(condition, seconds=10.0):
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


def said(sandbox, person):
    """What the bot has said to a person, in order."""
    return [m["text"] for m in sandbox.messages(person.id) if m["from"]["is_bot"]]


async def owe(bot, chat_id, words, send_class=SendClass.ANSWER, key=None, method="sendMessage"):
    call = Call(method, chat_id, send_class, {"text": words})
    name = key or f"t{chat_id}:{words}"
    await bot.writer.run(lambda c: outbox.queue(c, [call], name, bot.clock.now()))
    bot.sender.wake()


async def outbox_states(bot):
    async with bot.engine.connect() as connection:
        return await outbox.counts(connection)
