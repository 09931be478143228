"""What the bot wants to say, as values; nothing here knows how it is sent."""

from dataclasses import dataclass
from typing import Final

from tgbot.domain.charts import Chart, WeekChart

Action = tuple[str, ...]
"""What a button does: a route such as ``("rem", "pause", "12")``; see ``callback_data``."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: what it says, and what it does or where it leads."""

    text: str
    action: Action = ()
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""

NO_BUTTONS: Final[Keyboard] = ()


def column(*buttons: Button) -> Keyboard:
    """A keyboard with one wide button per row, which is easiest to hit and to read."""
    return tuple((button,) for button in buttons)


@dataclass(frozen=True, slots=True)
class Say:
    """A new message in Telegram HTML. ``urgent`` overtakes everything that waits."""

    text: str
    buttons: Keyboard = NO_BUTTONS
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class AskPlace:
    """A new message with two buttons in the place of the phone's own keyboard.

    ``share`` sends where the person is, which Telegram allows from there alone; ``instead`` is what
    the other one writes in their name.
    """

    text: str
    share: str
    instead: str


@dataclass(frozen=True, slots=True)
class ThankForPlace:
    """A new message that gives the phone's own keyboard back."""

    text: str


@dataclass(frozen=True, slots=True)
class Show:
    """The card in hand, in Telegram HTML: edits the tapped message, or sends a new one."""

    text: str
    buttons: Keyboard = NO_BUTTONS
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A new message with a picture; ``caption``, in Telegram HTML, says the same in words."""

    chart: Chart | WeekChart
    caption: str
    buttons: Keyboard = NO_BUTTONS


@dataclass(frozen=True, slots=True)
class Notice:
    """A short plain note on the tap itself, at most 200 characters; ``alert`` must be closed."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to an inline query: how it is listed, and the Telegram HTML it would post."""

    title: str
    preview: str
    text: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered for an inline query."""

    query_id: str
    offers: tuple[Offer, ...]


Reply = Say | Show | AskPlace | ThankForPlace | Picture | Notice | Offers
