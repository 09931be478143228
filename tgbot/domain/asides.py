"""The line that stands above an answer when somebody only asks about a danger sign."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from content.schema.countries import Country
from content.schema.messages import Messages
from tgbot.domain import warnings
from tgbot.domain.questions.paragraphs import SCREENFUL
from tgbot.domain.red_flags import ScreenAction, Screening
from tgbot.domain.red_flags.weighing import VAGUE
from tgbot.domain.rendering import without_markup
from tgbot.domain.replies import Reply, Say, Show

BETWEEN: Final = "\n\n"


def aside_for(screening: Screening, messages: Messages, country: Country | None) -> str:
    """The line for what was asked about ("What are the signs of a stroke?"); empty without danger."""
    # Words that only might have meant something, such as "every day at 8", name no danger.
    if screening.action is not ScreenAction.NONE or screening.conditions in ((), VAGUE):
        return ""
    return warnings.info_line(messages, country)


def with_aside(text: str, aside: str) -> str:
    """``text`` with the line above it, once: danger stands first."""
    return text if not aside or aside in text else f"<b>{aside}</b>{BETWEEN}{text}"


def room_under(aside: str) -> int:
    """The characters that are left of a screen below what stands above an answer."""
    return SCREENFUL - (len(without_markup(aside)) + len(BETWEEN) if aside else 0)


def above(replies: Sequence[Reply], aside: str) -> Sequence[Reply]:
    """The replies, with the line above the first of them that is a message."""
    for place, reply in enumerate(replies):
        if isinstance(reply, Say | Show):
            told = replace(reply, text=with_aside(reply.text, aside))
            return [*replies[:place], told, *replies[place + 1 :]]
    return replies
