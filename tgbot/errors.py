"""The error tree; no text for people in it, and no text of people either.

SurefootError
├── SettingsError        a setting is missing or wrong; the start stops with one line naming it
├── AlreadyRunning       another process holds this SQLite state folder
├── ApiUnreachable       the Bot API gave no usable answer (connection, time-out, not JSON)
├── ApiRefused           the Bot API answered ``ok: false``
├── HandlerFailed        a handler raised or overran its deadline
└── UnreadableUpdate     an update is not the JSON that the Bot API describes

``content.files.ContentError`` stands apart: content knows nothing of the application.
"""

from dataclasses import dataclass


class SurefootError(Exception):
    """The root of all errors that Surefoot raises on purpose."""


class SettingsError(SurefootError):
    """A setting is missing or wrong; the message is one plain line that names it."""


class AlreadyRunning(SurefootError):
    """Another process holds the lock of this state folder."""


class HandlerFailed(SurefootError):
    """A handler raised or overran its deadline; ``cause_name`` is the class of what it raised."""

    def __init__(self, cause_name: str) -> None:
        super().__init__(cause_name)
        self.cause_name = cause_name


class UnreadableUpdate(SurefootError):
    """An update does not have the shape that the Bot API describes; retrying cannot help."""


class ApiUnreachable(SurefootError):
    """No usable answer came. ``maybe_done``: the request may have been carried out all the same."""

    def __init__(self, reason: str, *, maybe_done: bool) -> None:
        super().__init__(reason)
        self.maybe_done = maybe_done


@dataclass
class ApiRefused(SurefootError):
    """The Bot API said no: HTTP-like ``code``, its words, and its two machine-readable hints."""

    code: int
    description: str
    retry_after: float | None = None
    migrate_to: int | None = None

    def __str__(self) -> str:
        """The code only: descriptions may quote what somebody wrote."""
        return f"the Bot API answered {self.code}"
