"""The first card, the help, and the kind words for whatever does not fit."""

from collections.abc import Sequence
from typing import Final

from tgbot.domain.delivery import Outcome
from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Say, Show, column
from tgbot.services import checkups, nutrients, reminders, sessions, settings
from tgbot.services.request import Request
from tgbot.storage import notes, outbox, people
from tgbot.storage.notes import NoteKind

HELP: Final = (
    "check",
    "ask",
    "foods",
    "faq",
    "exercise",
    "reminders",
    "drink",
    "progress",
    "settings",
    "country",
    "timezone",
    "stop",
    "resume",
    "privacy",
    "delete_me",
    "cancel",
)
"""The commands in the order /help explains them."""


async def start(request: Request) -> Sequence[Reply]:
    """The first card: what the bot does, what it is not, and where to begin."""
    return [Say(_card(request), _buttons(request))]


def _card(request: Request) -> str:
    return request.say("start.card", number=request.country.ambulance, country=request.country.name)


def _buttons(request: Request) -> Keyboard:
    return column(
        Button(request.say("start.check"), ("menu", "check")),
        Button(request.say("start.ask"), ("menu", "ask")),
        Button(request.say("start.reminders"), ("menu", "reminders")),
        Button(request.say("start.country"), ("country", "open")),
        Button(request.say("start.help"), ("menu", "help")),
    )


async def show_help(request: Request) -> Sequence[Reply]:
    """All commands, a line each."""
    lines = [f"/{name} – {request.say(f'commands.{name}')}" for name in HELP]
    text = request.say("start.help_card", number=request.country.ambulance)
    return [Say(f"{text}\n\n" + "\n".join(lines), _buttons(request))]


async def choose(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on the first card."""
    match action:
        case ("check",):
            return await checkups.open_checkup(request)
        case ("ask",):
            return await nutrients.ask(request, "")
        case ("reminders",):
            return await reminders.show_all(request)
        case ("settings",):
            return await settings.show(request)
        case ("help",):
            return await show_help(request)
        case ("start",):
            return [Show(_card(request), _buttons(request))]
        case _:
            return await explain_old_button(request)


async def cancel(request: Request) -> Sequence[Reply]:
    """Ends whatever is under way: a question the bot asked, a symptom check."""
    waited = await notes.drop(request.connection, request.person.id, NoteKind.EXPECTING)
    checked = await checkups.cancel(request)
    moved = await sessions.cancel(request)
    stopped = waited or moved
    key = "start.cancelled_check" if checked else "start.cancelled" if stopped else "start.nothing"
    return [Say(request.say(key), _buttons(request))]


async def explain_old_button(request: Request) -> Sequence[Reply]:
    """For a button that this version does not know, or that somebody made up."""
    return [Notice(request.say("errors.old_button"), alert=True)]


async def explain_text_only(request: Request) -> Sequence[Reply]:
    """For a picture, a voice message, a sticker."""
    return [Say(request.say("errors.text_only", number=request.country.ambulance))]


async def explain_unknown_command(request: Request) -> Sequence[Reply]:
    """For a command that does not exist."""
    return [Say(request.say("errors.unknown_command"))]


async def point_to_private(request: Request, username: str) -> Sequence[Reply]:
    """In a group: one neutral line with a link to the private chat."""
    link = Button(request.say("start.group_button"), url=f"https://t.me/{username}?start=group")
    return [Say(request.say("start.group"), column(link))]


async def note_blocked(request: Request) -> Sequence[Reply]:
    """The person blocked the bot: nothing more is sent until they write again."""
    await people.block(request.connection, request.person.id, request.now)
    await outbox.drop_chat(request.connection, request.person.id, Outcome.BLOCKED, request.now)
    return ()
