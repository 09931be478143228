"""What a person can tap in the symptom check, and how a tap travels in a button."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Choose:
    """The one answer of a screen, or "not sure" where several may apply."""

    option: str


@dataclass(frozen=True, slots=True)
class Toggle:
    """Ticks (``on``) or unticks one choice.

    It names the wanted outcome, not a flip, so that the same tap arriving twice counts once and
    two quick taps on different choices of one card both count.
    """

    option: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """The ticked choices are all that apply."""


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the choices applies, said on purpose."""


@dataclass(frozen=True, slots=True)
class Back:
    """One step back; the answer given there is open again."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Answer one screen again, keeping the others."""

    question: str


@dataclass(frozen=True, slots=True)
class Why:
    """Opens or closes the note in place: why a question is asked, or the sources of a result."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The review is right; show the result."""


@dataclass(frozen=True, slots=True)
class Enter:
    """Goes through a side door of a result, such as that to the small tests."""

    door: str


@dataclass(frozen=True, slots=True)
class More:
    """Turns to the other choices of a long screen, and back."""


Answer = Choose | Toggle | Done | NoneOfThese | Back | Edit | Why | Finish | Enter | More


@dataclass(frozen=True, slots=True)
class Tap:
    """An answer together with the revision of the card it was tapped on."""

    revision: int
    answer: Answer


def encode_tap(tap: Tap) -> tuple[str, ...]:
    """A tap as the short strings of a button: revision, verb and, where there is one, an id."""
    return (str(tap.revision), *_encode_answer(tap.answer))


def _encode_answer(answer: Answer) -> tuple[str, ...]:
    match answer:
        case Choose(option):
            return ("pick", option)
        case Toggle(option, on):
            return ("on" if on else "off", option)
        case Edit(question):
            return ("edit", question)
        case Enter(door):
            return ("door", door)
        case Done() | NoneOfThese() | Back() | Why() | Finish() | More():
            return (next(verb for verb, plain in _PLAIN.items() if plain == answer),)
        case _:
            assert_never(answer)


def read_tap(parts: Sequence[str]) -> Tap | None:
    """The tap that a button's strings stand for; None when they were not made by encode_tap."""
    match parts:
        case [revision, *rest] if revision.isascii() and revision.isdigit() and len(revision) < 10:  # noqa: PLR2004 - no check has a billion steps
            answer = _read_answer(rest)
            return Tap(int(revision), answer) if answer else None
        case _:
            return None


def _read_answer(parts: Sequence[str]) -> Answer | None:
    match parts:
        case ["pick", option]:
            return Choose(option)
        case ["on" | "off" as wanted, option]:
            return Toggle(option, on=wanted == "on")
        case ["edit", question]:
            return Edit(question)
        case ["door", door]:
            return Enter(door)
        case [verb]:
            return _PLAIN.get(verb)
        case _:
            return None


_PLAIN: dict[str, Answer] = {
    "done": Done(),
    "none": NoneOfThese(),
    "back": Back(),
    "why": Why(),
    "end": Finish(),
    "more": More(),
}
