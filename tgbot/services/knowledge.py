"""What the bot knows in one language: the content, and what is worked out from it once at the start."""

from dataclasses import dataclass
from typing import Self

from content.loader import Catalogue, load
from tgbot.domain.places import Gazetteer, index_places
from tgbot.domain.questions import understand
from tgbot.domain.red_flags import Rules, compile_rules


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The content of a language with its danger rules compiled and its places indexed.

    ``education``: the operator wants general words only, and no personal urgency or causes.
    """

    catalogue: Catalogue
    rules: Rules
    gazetteer: Gazetteer
    education: bool = False

    @classmethod
    def read(cls, language: str = "en") -> Self:
        """Loads a language.

        Raises:
            content.files.ContentError: a file is missing or wrong.
        """
        catalogue = load(language)
        rules = compile_rules(catalogue.red_flags)
        # The first question compiles patterns; nobody should wait for that.
        understand("vitamin d", catalogue.nutrients, None)
        return cls(catalogue, rules, index_places(catalogue.places))
