"""Turns a screening into what the person reads: the level first, whom to call, what to say."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

from content.schema.countries import Country
from content.schema.messages import Messages
from content.schema.red_flags import Condition
from tgbot.domain.red_flags import Level, ScreenAction, Screening
from tgbot.domain.replies import Button, Keyboard, Say, column

QUIET: Final = timedelta(minutes=10)
"""How long a full warning is not said again unless something new is named (pathways 8.6)."""

SELF_HARM: Final = "self_harm"
UNCLEAR: Final = "unclear"

AskAnswer = Literal["now", "no"]


def warning(screening: Screening, messages: Messages, country: Country | None) -> Say:
    """The warning for a screening that warns or asks; ``country`` None when it is not known."""
    text = _advice(screening, messages, country)
    if screening.action is not ScreenAction.ASK:
        return Say(text, _country_button(messages, country), urgent=True)
    condition = screening.conditions[0]
    question = _specific(messages, "ask_question", condition)
    buttons = column(
        Button(messages.text("warnings.ask_yes"), ("danger", "now", condition)),
        Button(messages.text("warnings.ask_no"), ("danger", "no", condition)),
    )
    parts = (
        messages.text("warnings.ask_above"),
        text,
        messages.text("warnings.ask_intro"),
        f"<b>{messages.text(question)}</b>",
    )
    return Say("\n\n".join(parts), (*buttons, *_country_button(messages, country)), urgent=True)


def should_repeat(
    screening: Screening,
    last_conditions: tuple[str, ...],
    last_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether the full warning is due: the last is ten minutes old, or a new danger is named."""
    if last_at is None or now - last_at >= QUIET:
        return True
    return not set(screening.conditions) <= set(last_conditions)


def reminder(screening: Screening, messages: Messages, country: Country | None) -> Say:
    """The short line for a danger that was warned of a moment ago."""
    match screening.level:
        case Level.EMERGENCY:
            text = _with_number(messages, "reminder_emergency", country)
        case Level.SAME_DAY | Level.NONE:
            text = messages.text("warnings.reminder_same_day")
        case _:
            assert_never(screening.level)
    return Say(text, _country_button(messages, country), urgent=True)


def after_ask(
    answer: AskAnswer,
    condition: str,
    messages: Messages,
    country: Country | None,
    conditions: Mapping[str, Condition],
) -> Say:
    """What follows the question: the full warning for "now", a kind way on for "no".

    ``conditions`` is ``Rules.conditions``; a condition it does not know counts as an emergency.
    """
    match answer:
        case "now":
            known = conditions.get(condition)
            level = Level(known.level) if known else Level.EMERGENCY
            return warning(Screening(level, ScreenAction.WARN, (condition,)), messages, country)
        case "no":
            key = "after_no_self_harm" if condition == SELF_HARM else "after_no"
            return Say(_with_number(messages, key, country))
        case _:
            assert_never(answer)


def info_line(messages: Messages, country: Country | None) -> str:
    """The line for an answer about a danger sign that the person only asks about."""
    return _with_number(messages, "info_line", country)


def _advice(screening: Screening, messages: Messages, country: Country | None) -> str:
    if SELF_HARM in screening.conditions:
        return _self_harm(messages, country)
    condition = screening.conditions[0] if screening.conditions else UNCLEAR
    if screening.level is Level.SAME_DAY:
        return "\n\n".join(
            (
                messages.text("warnings.see_today"),
                _first(messages, condition, "same_day"),
                _with_number(messages, "worse_call", country),
            )
        )
    return "\n\n".join(
        (
            call_line(messages, country),
            _first(messages, condition, "emergency"),
            _tell(messages, condition),
            messages.text("warnings.do_not_drive"),
        )
    )


def _self_harm(messages: Messages, country: Country | None) -> str:
    lines = country.crisis_lines if country else ()
    return "\n\n".join(
        (
            _with_number(messages, "self_harm_call", country),
            messages.text("warnings.first_self_harm"),
            messages.text("warnings.self_harm_lines", lines=", ".join(lines))
            if lines
            else messages.text("warnings.self_harm_no_lines"),
            messages.text("warnings.self_harm_company"),
        )
    )


def call_line(messages: Messages, country: Country | None) -> str:
    """The level line of an emergency: whom to call, and what else to try (112 is not universal)."""
    if country is None:
        return messages.text("warnings.call_now_unknown")
    key = "call_now"
    if not country.verified:
        key = "call_now_unverified"
    elif country.also_112 and country.ambulance != "112":
        key = "call_now_112"
    return messages.text(f"warnings.{key}", number=country.ambulance)


def _first(messages: Messages, condition: str, level: str) -> str:
    key = f"warnings.first_{condition}"
    return messages.text(key if key in messages.texts else f"warnings.first_any_{level}")


def _tell(messages: Messages, condition: str) -> str:
    key = f"warnings.sign_{condition}"
    if key not in messages.texts:
        return messages.text("warnings.tell_any")
    return messages.text("warnings.tell", sign=messages.text(key))


def _specific(messages: Messages, key: str, condition: str) -> str:
    specific = f"warnings.{key}_{condition}"
    return specific if specific in messages.texts else f"warnings.{key}"


def _with_number(messages: Messages, key: str, country: Country | None) -> str:
    if country is None:
        return messages.text(f"warnings.{key}_unknown")
    return messages.text(f"warnings.{key}", number=country.ambulance)


def _country_button(messages: Messages, country: Country | None) -> Keyboard:
    if country is None:
        text = messages.text("warnings.country_button")
    else:
        text = messages.text("warnings.country_button_set", country=country.name)
    return column(Button(text, ("country", "open")))
