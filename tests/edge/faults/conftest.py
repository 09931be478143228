"""A sandbox in real time and the bot on it, without the comforts of the other edge tests."""

import pytest

from tests.edge.faults.road import settings_for, until
from tgbot.app import running
from tgbot.sandbox.server import Sandbox


@pytest.fixture
async def sandbox():
    """A local Bot API server."""
    async with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def bot(sandbox, tmp_path, knowledge):
    """The real bot at work."""
    async with running(settings_for(sandbox, tmp_path), sandbox.clock, knowledge) as bot:
        await until(lambda: sandbox.calls.of("setMyShortDescription"))
        yield bot
