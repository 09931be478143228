"""The cards that count drinks: up to what is aimed for, or down from a limit."""

from collections.abc import Sequence
from typing import Final

from tgbot.domain.fluid_limit import Countdown, Standing
from tgbot.domain.replies import Button, Show, column
from tgbot.services.drink_words import aim, back, button, cups_words, hot_button, litres_words
from tgbot.services.request import Request
from tgbot.services.times_in_words import moment_words
from tgbot.storage.hydration import Day, Hydration
from tgbot.storage.reminders import Reminder

LOTS: Final = 3000
"""Millilitres in a day from which the bot says that this is a lot (our own rule)."""


def counting(
    request: Request, state: Hydration, day: Day, times: Sequence[Reminder], hot: str, lead: str
) -> Show:
    """Today's cups, and what comes next."""
    lines = [lead, hot, _standing(request, state, day)]
    if not is_met(request, state, day) or request.person.warned_at is not None:
        lines.append(_next(request, times))
    held = request.person.warned_at is not None
    buttons = [
        *_count_buttons(request, day),
        *([button(request, "hydration.seen_button", "seen")] if held else []),
        hot_button(request, hot),
        button(request, "hydration.more_button", "more"),
        Button(request.say("hydration.times_button"), ("rem", "list"))
        if times
        else button(request, "hydration.suggest_button", "suggest"),
        button(request, "hydration.answers_button", "answers"),
        button(request, "hydration.off_button", "off"),
    ]
    return Show("\n\n".join(filter(None, lines)), column(*buttons))


def _standing(request: Request, state: Hydration, day: Day) -> str:
    had = cups_words(request, day.ml).split()[0]
    lines = [request.say("hydration.card", had=had, cups=aim(request, state))]
    if is_met(request, state, day):
        lines.append(request.say("hydration.card_met"))
    if day.ml >= LOTS:
        lines.append(request.say("hydration.card_lots"))
    return "\n".join(lines)


def is_met(request: Request, state: Hydration, day: Day) -> bool:
    """Whether what was aimed for is reached."""
    cup = request.knowledge.catalogue.hydration.amounts.cup_ml
    return state.target_cups is not None and day.ml >= state.target_cups * cup


def _next(request: Request, times: Sequence[Reminder]) -> str:
    due = min((one.next_due for one in times if one.next_due is not None), default=None)
    if request.person.warned_at is not None:
        return request.say("hydration.card_held")
    if due is None:
        return request.say("hydration.card_no_times")
    if request.person.stopped_at is not None:
        return request.say("hydration.card_stopped")
    zone = request.zone
    return request.say("hydration.card_next", when=moment_words(request, due, zone))


def _count_buttons(request: Request, day: Day, *keys: str) -> list[Button]:
    """Each carries date and count of its card, so that a tap that comes twice counts once."""
    revision = (f"{day.local_date:%Y%m%d}", str(day.count))
    buttons = [button(request, f"hydration.{key}_button", key, *revision) for key in ("had", *keys)]
    if day.last_id is not None:
        buttons.append(button(request, "hydration.undo_button", "undo", str(day.last_id)))
    return buttons


def countdown(request: Request, state: Hydration, day: Day, hot: str) -> Show:
    """What is left of the limit that the care team gave."""
    buttons = [
        *_count_buttons(request, day, "half"),
        hot_button(request, hot),
        button(request, "hydration.limit_change", "limit"),
        button(request, "hydration.answers_button", "answers"),
        button(request, "hydration.off_button", "off"),
    ]
    text = count_down(request, Countdown(day.ml, state.limit_ml or 0))
    return Show("\n\n".join(filter(None, (hot, text))), column(*buttons))


def count_down(request: Request, stand: Countdown) -> str:
    """How the day stands against the limit: said once, plainly, and never asked about."""
    text = request.say(
        "hydration.limit",
        left=cups_words(request, stand.left_ml),
        had=cups_words(request, stand.had_ml),
        limit=cups_words(request, stand.limit_ml),
        litres=litres_words(request, stand.limit_ml),
    )
    if stand.standing is Standing.UNDER:
        return text
    return text + "\n" + request.say(f"hydration.limit_{stand.standing}")


def more(request: Request, state: Hydration) -> Show:
    """How much that is in litres, and which signs to heed."""
    content = request.knowledge.catalogue.hydration
    cup = content.amounts.cup_ml
    text = request.say(
        "hydration.more",
        cup=cup,
        cups=aim(request, state),
        litres=litres_words(request, (state.target_cups or 0) * cup),
        dry="\n".join(f"• {line}" for line in content.dry.lines),
        get_help="\n".join(f"• {line}" for line in content.get_help.lines),
        number=request.country.ambulance,
    )
    return Show(text, back(request))
