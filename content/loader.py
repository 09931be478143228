"""Joins all content of one language; a language with a part missing does not load at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.files import DATA, ContentError, read_yaml
from content.schema.checkup import Script
from content.schema.countries import Countries, Country
from content.schema.exercises import Exercises
from content.schema.messages import Messages
from content.schema.nutrients import Nutrients
from content.schema.places import Places
from content.schema.red_flags import RedFlags


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the bot can say and knows, in one language."""

    language: str
    messages: Messages
    red_flags: RedFlags
    checkup: Script
    nutrients: Nutrients
    exercises: Exercises
    countries: Countries
    places: Places

    def country(self, code: str | None) -> Country:
        """The country of a code, or what stands for "not known yet"."""
        raise NotImplementedError


def languages() -> list[str]:
    """The languages there is content for."""
    return sorted(folder.name for folder in DATA.iterdir() if (folder / "messages").is_dir())


def load(language: str = "en") -> Catalogue:
    """Reads a language.

    Raises:
        ContentError: naming the file and what is wrong in it.
    """
    raise ContentError(f"{language}")


def load_messages(folder: Path) -> Messages:
    """Reads all sentences: the key of each is the file's name, a dot, and its name in the file."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, text in read_yaml(Mapping[str, str], path).items():  # type: ignore[type-abstract]
            texts[f"{path.stem}.{name}"] = text.strip("\n")
    return Messages(texts)
