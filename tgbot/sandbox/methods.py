"""Every Bot API method that the sandbox serves, by its name in small letters."""

from collections.abc import Callable
from dataclasses import dataclass

from tgbot.sandbox import (
    methods_answers,
    methods_edits,
    methods_media,
    methods_messages,
    methods_profile,
    methods_updates,
)
from tgbot.sandbox.calls import Call
from tgbot.sandbox.signatures import SIGNATURES
from tgbot.sandbox.state import World

Handler = Callable[[World, Call], object]  # the result, or an awaitable of it


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name as documented, what serves it, the parameters it has."""

    name: str
    serve: Handler
    parameters: frozenset[str]

    def ignored(self, call: Call) -> tuple[str, ...]:
        """Return the parameters of `call` that this method does not have."""
        return tuple(name for name in call.args if name not in self.parameters)


SERVED: dict[str, Handler] = {
    **methods_updates.METHODS,
    **methods_messages.METHODS,
    **methods_media.METHODS,
    **methods_edits.METHODS,
    **methods_answers.METHODS,
    **methods_profile.METHODS,
}
METHODS: dict[str, Method] = {
    name.lower(): Method(name, serve, SIGNATURES[name].names) for name, serve in SERVED.items()
}
