"""Plays every conversation in tests/transcripts with the real bot; docs are in the first of them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
FILES = sorted(TRANSCRIPTS.glob("*.yaml"))

TOP_KEYS = {"about", "steps", "refusals"}
ACTS = {"person", "place", "tap", "edit", "clock", "restart", "block", "stranger_taps"}
CHECKS = {"bot", "first", "not", "buttons", "no_buttons", "edits", "notice", "messages", "silence"}
STEP_KEYS = ACTS | CHECKS | {"twice", "why"}
LISTS = {"bot", "not", "buttons", "no_buttons", "notice"}

LENGTH = re.compile(r"\+(\d+) (second|minute|hour|day|week)s?")


def read(path):
    """The transcript in a file; an unknown key, or a step that does nothing, is an error."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    check(raw)
    return raw


def check(raw):
    """Refuses what the player would pass over in silence."""
    _refuse_unknown(raw, TOP_KEYS)
    assert raw["about"], "say what the conversation is about"
    for number, step in enumerate(raw["steps"], 1):
        _refuse_unknown(step, STEP_KEYS)
        acts = ACTS & set(step)
        assert len(acts) == 1, f"step {number} must do one thing, not {sorted(acts)}"
        for key in LISTS & set(step):
            assert isinstance(step[key], list), f"step {number}: {key} is a list"


def _refuse_unknown(mapping, known):
    unknown = set(mapping) - known
    assert not unknown, f"unknown keys: {sorted(unknown)}"


def length(words):
    """``+30 minutes`` as a timedelta."""
    match = LENGTH.fullmatch(words)
    assert match, f"not a length of time: {words}"
    return timedelta(**{f"{match[2]}s": int(match[1])})


class Player:
    """Plays a transcript and writes down what was said."""

    def __init__(self, bot):
        self.bot = bot
        self.chat = bot.chat("Ann")
        self.told = []

    async def play(self, steps):
        """Plays all steps, and says where the conversation went another way."""
        for number, step in enumerate(steps, 1):
            self._write_act(step)
            try:
                heard = await self._act(step)
            except AssertionError as error:
                self._fail(number, [str(error)])
            self._write(heard)
            wrong = list(problems(step, heard))
            if wrong:
                self._fail(number, wrong)

    async def _act(self, step):
        match step:
            case {"person": text}:
                return await self.chat.say(text)
            case {"place": [latitude, longitude]}:
                return await self.chat.share_place(latitude, longitude)
            case {"tap": label}:
                return await self.chat.tap(label, 2 if step.get("twice") else 1)
            case {"edit": text}:
                return await self.chat.edit(text)
            case {"clock": words}:
                return await self.chat.during(lambda: self._turn_clock(words))
            case {"restart": words}:
                return await self.chat.during(lambda: self._restart(words))
            case {"block": blocked}:
                return await self.chat.during(lambda: self._block(blocked))
            case {"stranger_taps": label}:
                _, button = self.chat.find(label)
                return await self._stranger_taps(button["callback_data"])

    async def _turn_clock(self, words):
        if words == "next reminder":
            await self.bot.to_next_reminder()
        else:
            await self.bot.advance(length(words))

    async def _restart(self, words):
        """Stops the bot, for some time if the step says so, and starts it again."""
        await self.bot.stop()
        if words is not True:
            self.bot.sandbox.clock.advance(length(words).total_seconds())
        await self.bot.start()
        await self.bot.app.tick()

    async def _block(self, blocked):
        self.bot.sandbox.block(self.chat.id, blocked=blocked)

    async def _stranger_taps(self, data):
        """Somebody else sends the same button's data from their own chat."""
        stranger = self.bot.chat("Mallory")
        await stranger.say("/start")
        before = self.chat.cards
        heard = await stranger.forge(data)
        assert self.chat.cards == before, "a stranger changed this person's chat"
        return heard

    def _write_act(self, step):
        act = next(iter(ACTS & set(step)))
        self.told.append(f"\n>>> {act}: {step[act]}")

    def _write(self, heard):
        for kind, messages in (("edited", heard.edited), ("new", heard.new)):
            for message in messages:
                words = message.get("text") or f"(picture) {message['caption']}"
                self.told.append(f"<<< ({kind}) " + words.replace("\n", "\n    "))
                rows = message.get("reply_markup", {}).get("inline_keyboard", ())
                self.told += [f"    [{button['text']}]" for row in rows for button in row]
        self.told += [f"    [{label}]" for label in heard.below]
        self.told += [f"<<< (note) {notice}" for notice in heard.notices]

    def _fail(self, number, wrong):
        told = "\n".join(self.told)
        pytest.fail(f"step {number}: " + "; ".join(wrong) + f"\n{told}", pytrace=False)


def problems(step, heard):
    """What differs from what the step expects."""
    yield from _in_words(step, heard)
    yield from _in_buttons(step, heard)
    if "edits" in step and bool(heard.edited) != step["edits"]:
        yield "a message was edited" if heard.edited else "no message was edited"
    if "messages" in step and len(heard.new) != step["messages"]:
        yield f"{len(heard.new)} new messages instead of {step['messages']}"
    if step.get("silence") and heard.messages:
        yield "the bot was not silent"


def _in_words(step, heard):
    for words in step.get("bot", ()):
        if words not in heard.text:
            yield f"the bot did not say {words!r}"
    for words in step.get("not", ()):
        if words.lower() in "\n".join((heard.text, *heard.notices)).lower():
            yield f"the bot said {words!r}"
    if "first" in step and not any(
        m.get("text", "").startswith(step["first"]) for m in heard.messages
    ):
        yield f"no message begins with {step['first']!r}"
    for words in step.get("notice", ()):
        if not any(words in notice for notice in heard.notices):
            yield f"no note says {words!r}"


def _in_buttons(step, heard):
    for label in step.get("buttons", ()):
        if label not in heard.buttons:
            yield f"there is no button {label!r}"
    for label in step.get("no_buttons", ()):
        if label in heard.buttons:
            yield f"there is a button {label!r}"


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_conversation(path, bot):
    transcript = read(path)
    player = Player(bot)
    await player.play(transcript["steps"])
    refused = [(call.method, call.code) for call in bot.sandbox.calls.records if not call.ok]
    assert [code for _, code in refused] == transcript.get("refusals", []), refused
    assert await bot.parked() == 0


def test_there_are_transcripts():
    assert len(FILES) >= 25


@pytest.mark.parametrize(
    "raw",
    [
        {"about": "x", "steps": [], "extra": 1},
        {"about": "x", "steps": [{"person": "hello", "says": ["hello"]}]},
        {"about": "x", "steps": [{"bot": ["hello"]}]},
        {"about": "x", "steps": [{"person": "hello", "tap": "Foods"}]},
        {"about": "x", "steps": [{"person": "hello", "bot": "hello"}]},
    ],
)
def test_a_wrong_transcript_is_refused(raw):
    with pytest.raises(AssertionError):
        check(raw)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"bot": ["thyme"]}, "did not say"),
        ({"not": ["Parsley"]}, "said"),
        ({"first": "and sage"}, "begins"),
        ({"buttons": ["No"]}, "no button"),
        ({"no_buttons": ["Yes"]}, "is a button"),
        ({"notice": ["late"]}, "no note"),
        ({"edits": True}, "no message was edited"),
        ({"messages": 2}, "1 new messages"),
        ({"silence": True}, "silent"),
    ],
)
async def test_a_difference_is_found(bot, expected, found):
    chat = bot.chat("Ann")
    await chat.say("/start")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1:y"}]]}
    params = {"chat_id": chat.id, "text": "parsley, and sage", "reply_markup": keyboard}
    heard = await chat.during(lambda: bot.app.api.call("sendMessage", params))
    assert not list(problems({"bot": ["sage"], "buttons": ["Yes"], "messages": 1}, heard))
    assert found in next(problems(expected, heard))
