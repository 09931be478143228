"""Log lines for operators: one JSON object each, never a token and never what a person wrote."""

import json
import logging
import re
import sys
from typing import Final

TOKEN: Final = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
"""What a bot token looks like, wherever it turns up (in addresses above all)."""

OWN: Final = ("tgbot", "handlers", "content")

QUIET: Final = (
    "httpx",
    "httpcore",
    "telegram",
    "aiohttp",
    "apscheduler",
    "sqlalchemy",
    "aiosqlite",
    "alembic",
    "asyncio",
)
"""Libraries whose lower levels log addresses, message texts or both."""


def scrub(text: str) -> str:
    """``text`` with everything that looks like a bot token taken out."""
    return TOKEN.sub("<token>", text)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON; of an exception only the class and the places."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object: time, level, logger, event, and where an exception came from."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "event": scrub(_event(record)),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """What happened. Of libraries only their own words, without the values they put in."""
    if record.name.partition(".")[0] in OWN:
        return record.getMessage()
    return str(record.msg).partition("\n")[0]


def _places(error: BaseException) -> list[str]:
    """File and line of each step, without source text or values: both may hold a person's words."""
    places = []
    step = error.__traceback__
    while step:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-8:]


class OwnOrSerious(logging.Filter):
    """Lets our own records through, and of the noisy libraries only warnings and worse."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may be written."""
        return record.levelno >= logging.WARNING or record.name.partition(".")[0] not in QUIET


def start_logging(level: str) -> None:
    """Sends all log records of the process through one scrubbed handler on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(OwnOrSerious())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
