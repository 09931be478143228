"""Joins all content of one language; a language with a part missing does not load at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.files import DATA, ContentError, read_yaml
from content.loading_checkup import load_checkup
from content.loading_countries import load_countries
from content.loading_exercises import load_exercises
from content.loading_faq import load_faq
from content.loading_nutrients import load_nutrients
from content.loading_places import load_places
from content.loading_red_flags import load_red_flags
from content.schema.checkup import Script
from content.schema.countries import Country
from content.schema.exercises import Exercises
from content.schema.faq import Faq
from content.schema.languages import Foreign
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
    countries: tuple[Country, ...]
    places: Places
    faq: Faq
    languages: tuple[Foreign, ...]
    """Those that are not spoken, but known when they are seen."""

    def known_country(self, code: str | None) -> Country | None:
        """The country of a code; None when it is not known."""
        return next((country for country in self.countries if country.code == code), None)

    def country(self, code: str | None) -> Country:
        """The country of a code; for one not known yet, the words and numbers that stand for it."""
        known = self.known_country(code)
        if known is not None:
            return known
        name = self.messages.text("countries.unknown")
        return Country("", name, self.messages.text("countries.unknown_number"), True, False)


def languages() -> list[str]:
    """The languages there is content for."""
    return sorted(folder.name for folder in DATA.iterdir() if (folder / "messages").is_dir())


def load(language: str = "en") -> Catalogue:
    """Reads a language.

    Raises:
        ContentError: naming the file and what is wrong in it.
    """
    folder = DATA / language
    if not folder.is_dir():
        raise ContentError(f"there is no content for the language {language!r}")
    return Catalogue(
        language,
        load_messages(folder / "messages"),
        load_red_flags(folder / "red_flags"),
        load_checkup(folder / "checkup"),
        load_nutrients(folder / "nutrients"),
        load_exercises(folder / "exercises"),
        load_countries(DATA),
        load_places(DATA / "places"),
        load_faq(folder / "faq"),
        read_yaml(tuple[Foreign, ...], DATA / "languages.yaml"),
    )


def load_messages(folder: Path) -> Messages:
    """Reads all sentences: the key of each is the file's name, a dot, and its name in the file."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, text in read_yaml(Mapping[str, str], path).items():  # type: ignore[type-abstract]
            texts[f"{path.stem}.{name}"] = text.strip("\n")
    return Messages(texts)
