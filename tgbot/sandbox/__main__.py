"""A sandbox as a process of its own: `python -m tgbot.sandbox --port 0 --token X`."""

import argparse
import asyncio
import json
import signal
import sys

from tgbot.sandbox.server import Sandbox


async def serve(options: argparse.Namespace) -> None:
    """Serve until SIGTERM or Ctrl-C, after one JSON line that says where."""
    sandbox = Sandbox(token=options.token, latency=options.latency_ms / 1000)
    await sandbox.start(options.host, options.port)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    sys.stdout.write(json.dumps({"url": sandbox.url, "token": sandbox.token}) + "\n")
    sys.stdout.flush()
    await stopped.wait()
    await sandbox.stop()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m tgbot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="where to listen")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", help="the bot's token; made up when not given")
    parser.add_argument(
        "--latency-ms", type=float, default=0.0, help="how long every call takes at least"
    )
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
