"""A finished symptom check as plain text to show to a doctor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from content.schema.checkup import NONE, UNSURE, Screen, Script
from content.schema.messages import Messages
from tgbot.domain import checkup
from tgbot.domain.checkup import State
from tgbot.domain.checkup.facts import facts_of
from tgbot.domain.checkup.path import applies, choices_on
from tgbot.domain.checkup_cards import given_words

LIMIT: Final = 4096
"""UTF-16 units in one message (sendMessage); entities count less than what is counted here."""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished check and when it was; ``zone`` is the person's, or None where it is not known."""

    state: State
    started: datetime
    finished: datetime
    zone: tzinfo | None
    written: datetime


def write_page(page: Page, script: Script, messages: Messages) -> tuple[str, ...]:
    """The page in Telegram HTML without any markup, as few messages as it takes."""
    return tuple(split_lines(_lines(page, script, messages), LIMIT))


def _lines(page: Page, script: Script, messages: Messages) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return messages.text(f"doctor_page.{key}", **values)

    found = checkup.result(page.state, script)
    yield say("title")
    yield say("not_seen")
    yield ""
    yield say("who", who=given_words(script.screens[0], page.state, script))
    for key in ("started", "finished", "written"):
        yield say(key, when=_moment(getattr(page, key), page.zone))
    yield ""
    yield say("level", level=say(f"level_{found.level}"))
    yield from (say("because", reason=reason) for reason in found.reasons)
    yield from (
        say("unsure_said" if said.unsure else "said", said=said.text) for said in found.because
    )
    yield ""
    yield say("danger_title")
    for screen in script.screens:
        if screen.unsure and _was_due(screen, page.state, script):
            yield from _danger_lines(screen, page.state, script, messages)
    yield ""
    yield from _answer_lines(page.state, script, messages)
    yield ""
    yield say("not_a_diagnosis")


def _answer_lines(state: State, script: Script, messages: Messages) -> Iterator[str]:
    asked = (screen for screen in script.screens[1:] if not screen.unsure and not screen.door)
    answered = [screen for screen in asked if screen.id in state.answers]
    yield messages.text("doctor_page.answers_title" if answered else "doctor_page.no_answers")
    for screen in answered:
        given = given_words(screen, state, script)
        yield messages.text("doctor_page.answer", about=screen.about, given=given)


def _was_due(screen: Screen, state: State, script: Script) -> bool:
    return screen.id in state.answers or applies(screen, facts_of(state.answers, script))


def _danger_lines(
    screen: Screen, state: State, script: Script, messages: Messages
) -> Iterator[str]:
    """Each danger sign of a screen as given, denied or open: silence is never a no."""
    answered = state.answers.get(screen.id, ())
    for choice in choices_on(screen, state.answers, script):
        if script.choice_id(choice) in answered:
            key = "yes"
        elif not answered:
            key = "not_asked"
        else:
            key = "open" if UNSURE in answered else "no"
        yield messages.text(f"doctor_page.{key}", sign=script.choice_text(choice))
    if NONE in answered:
        yield messages.text("doctor_page.none_tapped", none=screen.none)


def _moment(when: datetime, zone: tzinfo | None) -> str:
    local = when.astimezone(zone or UTC)
    return f"{local:%Y-%m-%d %H:%M} ({getattr(zone, 'key', 'UTC')})"


def split_lines(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Joins lines to texts of at most ``limit`` UTF-16 units, which never break within a line."""
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if text and _units(longer) > limit:
            yield text.rstrip("\n")
            longer = line
        text = longer
    if text.strip():
        yield text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
