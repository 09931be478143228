"""The sandbox as a benchmark's child process, told what to do by JSON lines on its standard input."""

import asyncio
import json
import sys
import time
from typing import Any

from tgbot.sandbox.calls import CallLog, CallRecord
from tgbot.sandbox.server import Sandbox


class TimedCalls(CallLog):
    """The log of calls, which also knows when the bot asked for updates first."""

    def __init__(self) -> None:
        super().__init__()
        self.first_poll: float | None = None

    def add(self, record: CallRecord) -> None:
        super().add(record)
        if record.method == "getUpdates" and self.first_poll is None:
            self.first_poll = record.at


class Control:
    """Carries out one command at a time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._calls = TimedCalls()
        sandbox.world.calls = self._calls

    async def obey(self, command: dict[str, Any]) -> Any:
        match command:
            case {"do": "people", "count": count}:
                return [self._sandbox.add_person("Ada", started=True).id for _ in range(count)]
            case {"do": "say", "texts": texts}:
                return [self._say(chat_id, text) for chat_id, text in texts]
            case {"do": "report", "since": since}:
                return self._report(since)
            case {"do": "wait", "count": count, "seconds": seconds}:
                return await self._wait(count, seconds)

    def _say(self, chat_id: int, text: str) -> float:
        at = time.monotonic()
        self._sandbox.send_text(chat_id, text)
        return at

    def _report(self, since: int) -> dict[str, Any]:
        sends = [[r.chat_id, r.at, r.args.get("text", "")] for r in self._calls.sends() if r.ok]
        return {"first_poll": self._calls.first_poll, "sends": sends[since:]}

    async def _wait(self, count: int, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self._calls.counts["sendMessage"] < count:
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.02)
        return True


async def serve() -> None:
    sandbox = Sandbox(latency=float(sys.argv[1]))
    await sandbox.start()
    control = Control(sandbox)
    reader = asyncio.StreamReader(limit=64 * 1024 * 1024)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    _print({"url": sandbox.url, "token": sandbox.token})
    while line := await reader.readline():
        _print(await control.obey(json.loads(line)))
    await sandbox.stop()


def _print(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve())
