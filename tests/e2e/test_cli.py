"""The ``tgbot`` command as an operator meets it: real processes, plain words."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from time import monotonic

import aiohttp
import pytest

from tgbot.sandbox.server import Sandbox


def tgbot(folder, *arguments, given="", **settings):
    environment = {"PATH": os.environ["PATH"], "TGBOT_STATE_DIR": str(folder / "s"), **settings}
    return subprocess.run(
        [sys.executable, "-m", "tgbot", *arguments],
        cwd=folder, env=environment, input=given, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


async def tgbot_beside(folder, *arguments, **settings):
    return await asyncio.to_thread(lambda: tgbot(folder, *arguments, **settings))


@pytest.mark.parametrize("command", ["demo", "run", "migrate", "doctor", "ask", "next", "simulate"])
def test_every_command_has_help(tmp_path, command):
    shown = tgbot(tmp_path, command, "--help")
    assert shown.returncode == 0
    assert "Usage:" in shown.stdout


def test_without_a_command_the_help_is_shown(tmp_path):
    shown = tgbot(tmp_path)
    assert "Begin with: tgbot demo" in shown.stdout + shown.stderr


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "TGBOT_TOKEN: is not set; get a token from @BotFather, or try `tgbot demo`"),
        ({"TGBOT_TOKEN": "nonsense"}, "TGBOT_TOKEN: does not look like a token"),
        ({"TGBOT_MODE": "smoke"}, "TGBOT_MODE: "),
        (
            {"TGBOT_MODE": "webhook", "TGBOT_WEBHOOK_URL": "https://x.example"},
            "TGBOT_WEBHOOK_SECRET",
        ),
        ({"TGBOT_TOKEN": "1:abc", "TGBOT_DATABASE_URL": "mysql://x"}, "TGBOT_DATABASE_URL: "),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path, settings, line):
    stopped = tgbot(tmp_path, "run", **settings)
    assert stopped.returncode == 1
    assert line in stopped.stderr.replace("\n", " ")
    assert "Traceback" not in stopped.stderr
    assert len(stopped.stderr.strip().splitlines()) <= 2


def test_a_setting_can_stand_in_a_dot_env(tmp_path):
    (tmp_path / ".env").write_text("TGBOT_MODE=smoke\n")
    assert "TGBOT_MODE" in tgbot(tmp_path, "run").stderr


def test_migrate_says_that_it_is_done(tmp_path):
    for _ in range(2):
        done = tgbot(tmp_path, "migrate")
        assert done.returncode == 0, done.stderr
        assert "up to date" in done.stderr


def test_ask_answers_json_lines_and_names_a_bad_one(tmp_path):
    lines = [
        {"id": "a", "text": "how much vitamin d for a woman of 72?"},
        {"id": "b", "text": "and foods?", "after": "vitamin d", "language": "en"},
        {"id": "c", "text": "my face is drooping and I can't lift my arm"},
        {"id": "d", "text": ""},
    ]
    given = "\n".join(map(json.dumps, lines)) + '\nnot json\n{"id": 5}\n\n'
    found = tgbot(tmp_path, "ask", "--jsonl", given=given)
    assert found.returncode == 0, found.stderr
    out = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row["id"] for row in out] == ["a", "b", "c", "d", None, None]
    keys = {"id", "screen", "intent", "nutrients", "reply", "buttons", "sources"}
    assert all(set(row) == keys for row in out[:4])
    assert "20 mcg" in out[0]["reply"]
    assert out[0]["screen"] == {"level": "none", "action": "none", "conditions": []}
    assert (out[1]["intent"], out[1]["nutrients"]) == ("foods", ["vitamin_d"])
    assert out[2]["screen"]["level"] == "emergency"
    assert out[2]["screen"]["action"] == "warn"
    assert "stroke" in out[2]["screen"]["conditions"]
    assert "line 5" in out[4]["error"]


def test_ask_talks_in_the_terminal_until_an_empty_line(tmp_path):
    found = tgbot(tmp_path, "ask", given="vitamin d foods?\n\n")
    assert found.returncode == 0
    assert "salmon" in found.stdout + found.stderr


async def test_doctor_says_what_is_right_and_what_is_wrong(tmp_path):
    async with Sandbox() as sandbox:
        settings = {"TGBOT_TOKEN": sandbox.token, "TGBOT_API_BASE": sandbox.api_base}
        found = await tgbot_beside(tmp_path, "doctor", **settings)
        assert found.returncode == 1
        assert "@surefoot_bot" in found.stderr
        assert "wrong database: is not there yet" in found.stderr
        assert (await tgbot_beside(tmp_path, "migrate", **settings)).returncode == 0
        found = await tgbot_beside(tmp_path, "doctor", **settings)
        assert re.search(r"ok +database: at \d{4}, 0 people", found.stderr)
        wrong = settings | {"TGBOT_TOKEN": "1:wrong"}
        found = await tgbot_beside(tmp_path, "doctor", **wrong)
        assert "Telegram answered 401; check TGBOT_TOKEN" in found.stderr
        assert "1:wrong" not in found.stdout + found.stderr


async def test_demo_is_the_real_bot_and_ctrl_c_ends_it_cleanly(tmp_path):
    environment = {"PATH": os.environ["PATH"], "TGBOT_STATE_DIR": str(tmp_path / "s")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tgbot", "demo", "--port", "0",
        cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    words = b""
    while b"Ctrl-C" not in words:
        words += await asyncio.wait_for(process.stderr.readline(), 20)
    url = re.search(r"http://[\d.:]+", words.decode()).group()
    async with aiohttp.ClientSession() as http:

        async def post(path, **body):
            async with http.post(f"{url}/api/{path}", json=body) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

        ann = await post("people", first_name="Ann")
        await post("send", chat_id=ann["id"], person_id=ann["id"], text="/start")
        deadline, said = monotonic() + 10, []
        while not said and monotonic() < deadline:
            await asyncio.sleep(0.05)
            async with http.get(f"{url}/api/state") as answer:
                messages = (await answer.json())["messages"][str(ann["id"])]
            said = [m["text"] for m in messages if m["from"]["is_bot"]]
        assert "Surefoot" in said[0]
    process.send_signal(signal.SIGINT)
    rest = await asyncio.wait_for(process.stderr.read(), 10)
    assert await process.wait() == 0
    assert b"Traceback" not in rest


async def test_demo_on_a_taken_port_says_what_to_do(tmp_path):
    async with Sandbox() as sandbox:
        port = sandbox.url.rpartition(":")[2]
        found = await tgbot_beside(tmp_path, "demo", "--port", port)
    assert found.returncode == 1
    assert "is taken; try: tgbot demo --port" in found.stderr
    assert "Traceback" not in found.stderr
