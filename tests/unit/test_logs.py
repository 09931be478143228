"""Log lines: one JSON object each, without tokens and without what people wrote."""

import io
import json
import logging

import pytest

from tgbot.logs import JsonLines, OwnOrSerious, start_logging

NUMBER = "123456789"
TOKEN = f"{NUMBER}:AAF-canary_canary_canary_canary"


@pytest.fixture
def lines():
    """What a handler like ours writes; calling it gives the lines as objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(OwnOrSerious())
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


def test_a_token_is_taken_out_wherever_it_stands(lines):
    library_line = f"posting to https://x/bot{TOKEN}/getMe"
    logging.getLogger("tgbot.x").warning("posting to https://x/bot%s/getMe", TOKEN)
    logging.getLogger("other").error(library_line)
    assert [line["event"] for line in lines()] == ["posting to https://x/bot<token>/getMe"] * 2


def test_of_an_exception_only_its_class_and_its_places_are_written(lines):
    def inner():
        raise ValueError("canary: my chest hurts")

    try:
        inner()
    except ValueError:
        logging.getLogger("tgbot.x").exception("it failed")
    (line,) = lines()
    assert line["error"] == "ValueError"
    assert line["where"][-1].endswith(" inner")
    assert "canary" not in json.dumps(line)


def test_of_libraries_neither_small_talk_nor_values_are_written(lines):
    logging.getLogger("telegram.ext").debug("canary")
    logging.getLogger("httpx").info("HTTP Request: POST https://x/botcanary")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: canary")
    logging.getLogger("aiohttp.server").error("Error handling %s", "canary")
    assert [line["event"] for line in lines()] == [
        "Task exception was never retrieved",
        "Error handling %s",
    ]


def test_logging_starts_with_one_handler(capsys):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        start_logging("INFO")
        logging.getLogger("tgbot.x").info("hello")
        assert len(root.handlers) == 1
        assert json.loads(capsys.readouterr().err)["event"] == "hello"
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(capture=False)
