"""The shape of the languages that the bot does not speak but knows when it sees them."""

from dataclasses import dataclass

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Foreign:
    """One language: how it is known, and the one line that is said in it."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    says: str
    """That the bot reads English only, and whom to call: ``{number}``."""
    mark: str
    """K until a native speaker has read the line."""
    script: str = ""
    """How Unicode begins the names of its letters ("ARABIC"); empty where they are Latin."""
    words: tuple[str, ...] = ()
    """Everyday words that English does not have."""
