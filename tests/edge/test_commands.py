"""The table of commands and the sentences: what is offered exists, and what is said is written."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from content.files import DATA
from handlers.commands import COMMANDS
from handlers.menu import menu_calls
from tgbot.services import welcome

ROOT = Path(__file__).parents[2]
CODE = sorted(
    path for room in ("handlers", "tgbot", "content") for path in (ROOT / room).rglob("*.py")
)
MESSAGES = sorted((DATA / "en" / "messages").glob("*.yaml"))
NAMES = [command.name for command in COMMANDS]

KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")
SAYERS = {"say", "text", "_say", "_text"}

BUILT = {
    "warnings": "chosen by condition and country in tgbot/domain/warnings.py, tested there",
    "nutrients": "put together by the composer of answers, tested in test_questions_answers.py",
    "checkup": "taken without the file's name by tgbot/domain/checkup_cards.py, tested there",
}
"""Files whose keys the code makes up from parts, with who answers for them."""


def keys_of(path):
    """All keys of a file of sentences, ``<file>.<key>``."""
    return [f"{path.stem}.{key}" for key in yaml.safe_load(path.read_text(encoding="utf-8"))]


def said_in(path):
    """The keys in a source file: whole ones, and patterns for those with a part filled in."""
    whole, patterns = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=str(text)) if KEY.fullmatch(text):
                whole.add(text)
            case ast.JoinedStr(values=parts):
                pattern = "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in parts
                )
                if re.match(r"[a-z_]+\\\.", pattern):
                    patterns.add(pattern)
            case _:
                pass
    return whole, patterns


def asked_of_messages(path):
    """The keys given straight to ``say("…")`` or ``.text("…")``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        choices = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
        for choice in choices:
            given = getattr(choice, "value", None)
            if name in SAYERS and isinstance(given, str) and KEY.fullmatch(given):
                yield given


def test_every_sentence_that_the_code_says_is_written(knowledge):
    texts = knowledge.catalogue.messages.texts
    said = {key: path.name for path in CODE for key in asked_of_messages(path)}
    assert len(said) > 60
    assert {key: name for key, name in said.items() if key not in texts} == {}


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_sentence_is_said_somewhere(path):
    if path.stem in BUILT:
        pytest.skip(BUILT[path.stem])
    whole, patterns = set(), set()
    for source in CODE:
        found = said_in(source)
        whole |= found[0]
        patterns |= found[1]
    unsaid = [
        key
        for key in keys_of(path)
        if key not in whole and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert unsaid == []


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_no_sentence_is_written_twice(path):
    """YAML takes the last of two equal keys in silence, and the first is a trap for editors."""
    document = yaml.compose(path.read_text(encoding="utf-8"))
    keys = [key.value for key, _ in document.value]
    assert sorted(set(keys)) == sorted(keys)


def test_every_command_is_in_the_menu_and_in_the_help(knowledge):
    (method, params), *_ = menu_calls(knowledge.catalogue)
    assert method == "setMyCommands"
    assert [entry["command"] for entry in params["commands"]] == NAMES
    assert all(1 <= len(entry["description"]) <= 256 for entry in params["commands"])
    assert len(set(NAMES)) == len(NAMES)
    # Whoever reads the help has begun already, and has found it.
    assert set(welcome.HELP) == set(NAMES) - {"start", "help"}


def test_every_line_of_the_menu_belongs_to_a_command():
    assert {key.partition(".")[2] for key in keys_of(DATA / "en/messages/commands.yaml")} == set(
        NAMES
    )


async def test_the_menu_reaches_telegram(bot, knowledge):
    (call,) = bot.sandbox.calls.of("setMyCommands")
    assert call.ok
    assert [entry["command"] for entry in call.args["commands"]] == NAMES
    assert call.args["scope"] == {"type": "all_private_chats"}
    assert all(call.ok for call in bot.sandbox.calls.records)


@pytest.mark.parametrize("name", NAMES)
async def test_every_command_is_answered(chat, knowledge, name):
    heard = await chat.say(f"/{name}")
    assert heard.new
    assert knowledge.catalogue.messages.text("errors.unknown_command") not in heard.text


def test_what_is_said_of_commands_exists():
    """No sentence sends people to a command that this version does not have."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in MESSAGES)
    named = set(re.findall(r"(?<![\w</])/([a-z_]{3,})\b", written))
    assert named - set(NAMES) == set()
