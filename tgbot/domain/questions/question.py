"""The words of a nutrient question and its answer, as values."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Literal, Self

from tgbot.domain.replies import NO_BUTTONS, Keyboard


class Intent(StrEnum):
    """What a message asks for."""

    role = "role"
    deficiency_signs = "deficiency_signs"
    foods = "foods"
    amount = "amount"
    upper_limit = "upper_limit"
    interaction = "interaction"
    test = "test"
    who_at_risk = "who_at_risk"
    supplement_safety = "supplement_safety"
    hydration = "hydration"
    which_nutrient = "which_nutrient"
    exercise = "exercise"
    faq = "faq"
    reminder = "reminder"
    off_topic = "off_topic"
    smalltalk = "smalltalk"
    emergency = "emergency"


@dataclass(frozen=True, slots=True)
class PersonHint:
    """What a question says about the person it is for; ``age`` in years, None when unsaid."""

    age: float | None = None
    sex: Literal["male", "female"] | None = None
    pregnant: bool = False
    lactating: bool = False
    child: bool = False
    """A child is meant; where no age is told, no figure of an adult may be given for it."""

    def filled_from(self, earlier: "PersonHint | None") -> "PersonHint":
        """This hint, its gaps filled from an earlier one about the same person."""
        if earlier is None or (self.sex and earlier.sex and self.sex != earlier.sex):
            return self
        carrying = self.pregnant or self.lactating
        return replace(
            self,
            age=earlier.age if self.age is None else self.age,
            sex=self.sex or earlier.sex,
            pregnant=self.pregnant or (earlier.pregnant and not carrying),
            lactating=self.lactating or (earlier.lactating and not carrying),
        )


@dataclass(frozen=True, slots=True)
class Value:
    """A number as it was written; ``unit`` may be empty."""

    number: float
    unit: str
    what: Literal["dose", "level", "weight", "count"]
    """A count is of tablets or spoons, where no more is told of the dose."""
    nutrient: str | None = None
    """The nutrient named beside it, where one is."""
    times: int = 1
    """How often a dose is taken a day, or how many tablets of it."""
    daily: bool = True
    """False for a dose by the week or the month, which no daily limit judges."""
    test: str = ""
    """The blood test it is of, where that is not the one the nutrient is mostly judged by."""
    salt: str = ""
    """The salt that a mineral's dose is of, as it was written: "ferrous sulfate"."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message as understood; ``sure`` False means: ask with buttons, do not answer."""

    intent: Intent
    nutrients: tuple[str, ...] = ()
    person: PersonHint | None = None
    values: tuple[Value, ...] = ()
    sure: bool = True
    diet: str | None = None
    foods: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    low: bool = False
    """Foods that hold little of it are wanted."""
    perhaps: tuple[str, ...] = ()
    """Nutrients named in a message that is off topic as it seems, though not surely."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a follow-up leans on: the previous question. The caller drops it after ten minutes."""

    nutrients: tuple[str, ...]
    person: PersonHint | None
    intent: Intent | None = None
    doses: tuple[Value, ...] = ()
    """The doses it told, which "is that safe" is still about."""

    @classmethod
    def of(cls, question: Question) -> Self:
        """The context that a question leaves behind."""
        doses = tuple(value for value in question.values if value.what == "dose")
        return cls(question.nutrients, question.person, question.intent, doses)

    def to_json(self) -> str:
        """As text that ``from_json`` reads."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The context that ``to_json`` wrote.

        Raises:
            ValueError: it was not written by ``to_json``.
        """
        try:
            raw = json.loads(text)
            person = PersonHint(**raw["person"]) if raw["person"] else None
            intent = Intent(raw["intent"]) if raw["intent"] else None
            doses = tuple(Value(**value) for value in raw.get("doses", ()))
            return cls(tuple(raw["nutrients"]), person, intent, doses)
        except (KeyError, TypeError) as wrong:
            raise ValueError("not a stored question") from wrong


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said: Telegram HTML, buttons to the other facets, and the sources with year."""

    text: str
    buttons: Keyboard = NO_BUTTONS
    sources: tuple[str, ...] = ()
