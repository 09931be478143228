"""The sandbox as a process of its own, as the benchmarks run it."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]


async def test_it_says_where_it_is_serves_and_ends_on_sigterm():
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tgbot.sandbox", "--token", "77:abc", "--latency-ms", "1"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(30):
            where = json.loads(await process.stdout.readline())
            assert where["token"] == "77:abc"
            async with aiohttp.ClientSession() as http:
                async with http.get(f"{where['url']}/bot77:abc/getMe") as answer:
                    assert (await answer.json())["result"]["is_bot"] is True
                poll = asyncio.create_task(
                    http.get(f"{where['url']}/bot77:abc/getUpdates?timeout=50")
                )
                await asyncio.sleep(0.05)
                process.send_signal(signal.SIGTERM)
                _, errors = await process.communicate()
                await asyncio.gather(poll, return_exceptions=True)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert (process.returncode, errors) == (0, b"")


async def test_it_imports_no_bot_library_and_no_database():
    script = (
        "import sys, tgbot.sandbox.__main__;"
        "print([name for name in sys.modules if name in ('telegram', 'sqlalchemy', 'aiogram')])"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.strip() == b"[]"
