"""``tgbot check`` in a real process: lines in, lines out, and help that helps."""

import json
import os
import subprocess
import sys

CASE = {"id": "c", "answers": {"T0": "me_60", "T1": ["none"], "T2": ["h"]}}


def tgbot(*arguments, given=b""):
    return subprocess.run(
        [sys.executable, "-m", "tgbot", *arguments],
        env={"PATH": os.environ["PATH"]}, input=given, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_lines_are_judged_and_bad_bytes_are_an_error_line(tmp_path):
    lines = [json.dumps(CASE).encode(), b"\xff\xfe{", b'{"id": 2, "answers": {"T1": "zz"}}']
    done = tgbot("check", "--jsonl", "--country", "US", given=b"\n".join(lines))
    assert (done.returncode, done.stderr) == (0, b"")
    judged, broken, unknown = map(json.loads, done.stdout.splitlines())
    assert judged["level"] == "emergency"
    assert judged["text"].startswith("Call 911 now.")
    assert "line 2" in broken["error"]
    assert unknown == {"id": 2, "error": "unknown option T1: zz"}


def test_the_script_is_printed_as_json():
    shown = json.loads(tgbot("check", "--script").stdout)
    options = {q["id"]: [o["id"] for o in q["options"]] for q in shown["questions"]}
    assert options["T0"] == ["me_16_39", "me_40_59", "me_60", "adult", "child"]
    assert {"g", "h", "none", "not_sure"} <= set(options["T2"])


def test_the_help_shows_what_goes_in_and_out():
    for arguments in (("check", "--help"), ("check",)):
        shown = " ".join(tgbot(*arguments).stdout.decode().split())
        for word in ("--jsonl", "--script", "`answers`", "`level`", "error", "Try:"):
            assert word in shown
