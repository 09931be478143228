"""What the sandbox says when it refuses: to a bot in Telegram's words, to the page in plain ones."""

from collections.abc import Mapping


class ApiError(Exception):
    """A Bot API call refused, with Telegram's code, description and parameters."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class PageError(Exception):
    """A request of the chat page (or of a test acting as a person) that makes no sense."""


def bad_request(text: str) -> ApiError:
    """Return a 400 whose first letter is small unless the text is a CODE_LIKE_WORD.

    The rule is that of Telegram's own server (tdlib/telegram-bot-api, Client.cpp).
    """
    second = text[1:2]
    is_code = second == "_" or second.isupper()
    worded = text if is_code else text[:1].lower() + text[1:]
    return ApiError(400, f"Bad Request: {worded}")


def forbidden(text: str) -> ApiError:
    """Return a 403 with `text` after "Forbidden: "."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Return a 409 with `text` after "Conflict: "."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    """Return a 429 that asks to wait `seconds`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
