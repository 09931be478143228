"""``tgbot ask``: questions from a terminal or from JSON lines."""

import json
from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console

from tgbot.services.asking import Asked, ask
from tgbot.services.knowledge import Knowledge


def answer_lines(knowledge: Knowledge, lines: TextIO, out: TextIO, country: str) -> None:
    """Answers JSON lines; a line that cannot be read is answered by one with ``error``."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            out.write(json.dumps(_answer_line(knowledge, line, number, country)) + "\n")
            out.flush()


def _answer_line(knowledge: Knowledge, line: str, number: int, country: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"id": None, "error": f"line {number} is not an object with a string `text`"}
    after = asked.get("after") or []
    history = [after] if isinstance(after, str) else [one for one in after if isinstance(one, str)]
    return {"id": asked.get("id"), **_fields(ask(knowledge, asked["text"], history, country))}


def _fields(asked: Asked) -> dict[str, Any]:
    return {
        "screen": {
            "level": asked.screening.level.value,
            "action": asked.screening.action.value,
            "conditions": list(asked.screening.conditions),
        },
        "intent": asked.intent,
        "nutrients": list(asked.nutrients),
        "reply": asked.reply,
        "buttons": list(asked.buttons),
        "sources": list(asked.sources),
    }


def converse(knowledge: Knowledge, console: Console, country: str) -> None:
    """Asks and answers in the terminal until an empty line or Ctrl-D."""
    console.print("Ask about a nutrient. An empty line ends.")
    history: Sequence[str] = ()
    while True:
        try:
            text = console.input("[bold]> [/bold]").strip()
        except EOFError:
            return
        if not text:
            return
        asked = ask(knowledge, text, history, country)
        console.print(asked.reply, markup=False, highlight=False)
        if asked.buttons:
            console.print("  [" + "] [".join(asked.buttons) + "]", markup=False, style="dim")
        history = (*history, text)[-3:]
