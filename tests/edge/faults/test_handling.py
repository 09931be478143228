"""Faults of handlers: one that raises, is slow, or is stuck."""

import asyncio
from time import monotonic

from tests.edge.faults.road import said, settings_for, until
from tgbot.app import running

DANGER = "my face is drooping and I cannot lift my arm"


async def test_a_handler_that_raises_is_tried_five_times_then_parked_and_the_person_told(
    sandbox, bot, monkeypatch
):
    tries = []

    async def broken(_turn, _raw):
        tries.append(monotonic())
        raise HandlerBroke

    monkeypatch.setattr("tgbot.messaging.worker.backoff", lambda attempts: 0.02 * attempts)
    monkeypatch.setattr(bot.worker, "_dispatch", in_dispatcher(bot, broken))
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    assert len(tries) == 5
    assert said(sandbox, ann) == [bot.knowledge.catalogue.messages.text("errors.parked")]


async def test_a_danger_warning_goes_out_though_the_handlers_are_broken(sandbox, bot, monkeypatch):
    async def broken(_turn, _raw):
        raise HandlerBroke

    monkeypatch.setattr(bot.worker, "_dispatch", in_dispatcher(bot, broken))
    ann = sandbox.add_person("Ann")
    sandbox.send_text(ann.id, "/start")
    sandbox.send_text(ann.id, DANGER)
    await until(lambda: said(sandbox, ann))
    assert said(sandbox, ann)[0].startswith("Call your emergency number now.")


class HandlerBroke(Exception):
    """What a broken handler raises here."""


def in_dispatcher(bot, handler):
    """A dispatch that fails the way python-telegram-bot's Application reports it."""
    from tgbot.errors import HandlerFailed  # noqa: PLC0415 - only here

    async def dispatch(turn, raw):
        try:
            await handler(turn, raw)
        except HandlerBroke as failure:
            raise HandlerFailed(type(failure).__name__) from failure

    return dispatch


async def test_one_chat_waits_for_its_slow_handler_and_the_others_do_not(sandbox, bot, monkeypatch):
    ann, bob = sandbox.add_person("Ann"), sandbox.add_person("Bob")
    normal, gate = bot.worker._dispatch, asyncio.Event()

    async def slow_for_ann(turn, raw):
        if raw["message"]["from"]["id"] == ann.id:
            await gate.wait()
        await normal(turn, raw)

    monkeypatch.setattr(bot.worker, "_dispatch", slow_for_ann)
    sandbox.send_text(ann.id, "/start")
    sandbox.send_text(ann.id, "/help")
    sandbox.send_text(bob.id, "/start")
    await until(lambda: said(sandbox, bob))
    assert said(sandbox, ann) == []
    gate.set()
    await until(lambda: len(said(sandbox, ann)) == 2)
    assert "Hello, I am Surefoot" in said(sandbox, ann)[0]


async def test_a_stuck_handler_meets_its_deadline_and_is_tried_again(sandbox, bot, monkeypatch):
    ann = sandbox.add_person("Ann")
    normal, tries = bot.worker._dispatch, []

    async def stuck_once(turn, raw):
        tries.append(1)
        if len(tries) == 1:
            await asyncio.Event().wait()
        await normal(turn, raw)

    monkeypatch.setattr(bot.worker, "_dispatch", stuck_once)
    monkeypatch.setattr(bot.worker, "_deadline", 0.1)
    sandbox.send_text(ann.id, "/start")
    await until(lambda: said(sandbox, ann))
    assert len(tries) == 2


async def test_the_bot_ends_though_a_handler_is_stuck(sandbox, tmp_path, knowledge, monkeypatch):
    async def stuck(_turn, _raw):
        started.set()
        await asyncio.Event().wait()

    started = asyncio.Event()
    settings = settings_for(sandbox, tmp_path)
    ann = sandbox.add_person("Ann")
    async with running(settings, sandbox.clock, knowledge) as bot:
        monkeypatch.setattr(bot.worker, "_dispatch", stuck)
        sandbox.send_text(ann.id, "/start")
        await asyncio.wait_for(started.wait(), 10)
        began = monotonic()
    assert monotonic() - began < 8
    async with running(settings, sandbox.clock, knowledge):
        await until(lambda: said(sandbox, ann))
