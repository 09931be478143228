"""The sentences of one language, by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Messages:
    """All sentences of one language.

    ``texts`` maps ``<file>.<key>`` to Telegram HTML with ``{name}`` places for values.
    """

    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """The sentence for ``key`` with each value escaped for HTML and put in its place.

        Raises:
            KeyError: no such sentence, or a place in it got no value.
        """
        safe = {name: escape(str(value), quote=False) for name, value in values.items()}
        return self.texts[key].format_map(safe)
