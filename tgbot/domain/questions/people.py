"""Says in words whom a number is for."""

from content.schema.messages import Messages
from content.schema.nutrients import Intake
from tgbot.domain.questions.question import PersonHint

ADULT_WORD = 18
BABY = 1
OLDEST = 150
"""Where the tables' open-ended last row ends, in years."""


def described(person: PersonHint, messages: Messages) -> str:
    """Whom an amount is for, such as ``For a woman of 72``."""
    age = person.age
    if age == 0:
        return messages.text("nutrients.who_newborn")
    if age is not None and age < BABY:
        return messages.text("nutrients.who_baby", months=round(age * 12))
    state = "pregnant" if person.pregnant else "lactating" if person.lactating else None
    grown = age is None or age >= ADULT_WORD
    kind = state or (person.sex or "any" if grown else _young(person.sex))
    if age is None:
        return messages.text(f"nutrients.who_{kind}")
    return messages.text(f"nutrients.who_{kind}_age", age=f"{age:g}")


def band(row: Intake, messages: Messages) -> str:
    """Whom a table row is for, such as ``women, 19 to 50 years``."""
    if row.pregnant or row.lactating:
        kind = "pregnant" if row.pregnant else "lactating"
    elif row.sex == "both":
        return _ages(row, messages)
    else:
        young = row.age_from < ADULT_WORD
        kind = _young(row.sex) if young else row.sex
    return messages.text(f"nutrients.band_{kind}", band=_ages(row, messages))


def _ages(row: Intake, messages: Messages) -> str:
    if row.age_below <= BABY:
        first, last = round(row.age_from * 12), round(row.age_below * 12)
        return messages.text("nutrients.band_months", first=first, last=last)
    if row.age_below >= OLDEST:
        return messages.text("nutrients.band_over", first=f"{row.age_from:g}")
    last_year = f"{row.age_below - 1:g}"
    return messages.text("nutrients.band_years", first=f"{row.age_from:g}", last=last_year)


def _young(sex: str | None) -> str:
    return {"female": "girl", "male": "boy"}.get(sex or "", "child")
