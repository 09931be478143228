"""``tgbot next`` and ``tgbot simulate`` in real processes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
ASKED = {"id": 1, "tz": "Europe/Berlin", "local_time": "02:30", "after": "2027-03-27T12:00:00Z"}


def command(*arguments):
    return [sys.executable, "-m", "tgbot", *arguments]


def tgbot(*arguments, given=b""):
    return subprocess.run(
        command(*arguments),
        env=ENVIRONMENT, input=given, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def test_next_answers_every_line_and_ends_with_code_1_after_a_bad_one():
    good = json.dumps(ASKED).encode()
    done = tgbot("next", "--jsonl", given=b"\n".join([good, b"\xff\xfe{", b"", good]))
    assert (done.returncode, done.stderr) == (1, b"")
    first, wrong, last = map(json.loads, done.stdout.splitlines())
    assert first == last == {"id": 1, "next": "2027-03-28T01:00:00Z"}
    assert "line 2" in wrong["error"]


def test_next_on_nothing_is_fine():
    done = tgbot("next", "--jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_next_answers_before_its_input_ends():
    with subprocess.Popen(
        command("next", "--jsonl"),
        env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        for number in range(2):
            process.stdin.write(json.dumps({**ASKED, "id": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number


def test_the_help_of_next_shows_what_goes_in_and_out():
    shown = " ".join(tgbot("next").stdout.decode().split())
    for word in ("--jsonl", "`tz`", "`local_time`", "`after`", "`days`", "`next`", "Try:"):
        assert word in shown


def test_simulate_names_what_it_does_not_know():
    for arguments, words in (
        (("--zones", "Mars/Olympus"), b"'Mars/Olympus' is an unknown time zone"),
        (("--times", "25:00"), b"'25:00' is no time of day"),
        (("--zones", "UTC", "--database", "mysql://x"), b"must start with postgresql://"),
    ):
        done = tgbot("simulate", *arguments)
        assert done.returncode == 1
        assert words in b" ".join(done.stderr.split())
        assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_a_simulation_cleanly_and_leaves_nothing_behind(tmp_path):
    with subprocess.Popen(
        command("simulate", "--zones", "all"),
        env={**ENVIRONMENT, "TMPDIR": str(tmp_path), "FORCE_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        words = b""
        while b"days of" not in words:
            words += (more := os.read(process.stderr.fileno(), 1000))
            assert more, words
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    assert process.returncode == 1
    assert b"Stopped." in rest
    assert b"Traceback" not in rest
    assert list(tmp_path.iterdir()) == []
