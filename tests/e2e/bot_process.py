"""A real ``tgbot run`` in a child process, to be started, stopped and killed."""

import asyncio
import contextlib
import os
import random
import socket
import sys
from pathlib import Path
from time import monotonic


class Child:
    """``tgbot run`` with its settings in the environment."""

    def __init__(self, sandbox, folder, **settings):
        self.log = folder / "bot.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            # This checkout, whichever one the environment was made for.
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TGBOT_TOKEN": sandbox.token,
            "TGBOT_API_BASE": sandbox.api_base,
            "TGBOT_STATE_DIR": str(folder / "state"),
            **settings,
        }
        self.process = None

    async def start(self):
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tgbot", "run",
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip

    async def stop(self, number):
        assert self.process.returncode is None, self.log.read_text()[-2000:]
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), 20)


def free_port():
    """A port below those the system hands out: on one of those a retry could connect to itself."""
    while True:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(OSError), socket.socket() as free:
            free.bind(("127.0.0.1", port))
            return port


def webhook_settings():
    port = free_port()
    return {
        "TGBOT_MODE": "webhook",
        "TGBOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "TGBOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "TGBOT_WEBHOOK_SECRET": "a-secret_of_the_test",
    }


@contextlib.contextmanager
def ended(children):
    """None of the children outlives a test that fails."""
    try:
        yield
    finally:
        for child in children:
            if child.process is not None and child.process.returncode is None:
                child.process.kill()


async def until(condition, seconds):
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)
