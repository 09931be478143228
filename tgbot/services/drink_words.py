"""Words and buttons that all cards about drinking share."""

from collections.abc import Iterable
from datetime import date, time

from tgbot.domain.replies import Button, Keyboard, column
from tgbot.services.request import Request
from tgbot.services.times_in_words import clock_words
from tgbot.storage.hydration import Hydration


def button(request: Request, key: str, *route: str) -> Button:
    """A button with a sentence of ours, which leads to a part of this feature."""
    return Button(request.say(key), ("drink", *route))


def cups_words(request: Request, ml: int) -> str:
    """``1 cup``, ``7½ cups``: rounded down to half a cup, because litres are shown when asked."""
    halves = ml * 2 // request.knowledge.catalogue.hydration.amounts.cup_ml
    whole, half = divmod(halves, 2)
    number = f"{whole or '' if half else whole}{'½' if half else ''}"
    return request.say(f"hydration.cups_{'one' if halves in {1, 2} else 'many'}", number=number)


def litres_words(request: Request, ml: int) -> str:
    """``1 litre``, ``1.5 litres``."""
    number = f"{ml / 1000:.2f}".rstrip("0").rstrip(".")
    return request.say(f"hydration.litres_{'one' if number == '1' else 'many'}", number=number)


def listed(request: Request, times: Iterable[time]) -> str:
    """Times in a row."""
    return ", ".join(clock_words(request, at) for at in times)


def aim(request: Request, state: Hydration) -> str:
    """What is aimed for, in cups."""
    cup = request.knowledge.catalogue.hydration.amounts.cup_ml
    return cups_words(request, (state.target_cups or 0) * cup)


def back(request: Request) -> Keyboard:
    """The way back to the card."""
    return column(button(request, "hydration.back_button", "open"))


def date_words(request: Request, day: date) -> str:
    """A date of the last days: its weekday, day and month."""
    month = request.say(f"times.month_{day.month}")
    return f"{request.say(f'times.day_{day.weekday()}')} {day.day} {month}"


def hot_button(request: Request, hot: str) -> Button:
    """Says that it is a hot day, or takes it back where ``hot`` is said already."""
    if hot:
        return button(request, "hydration.cool_button", "cool")
    return button(request, "hydration.hot_button", "hot")
