"""Nutrient questions: asked by command, by button, or in plain text."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from content.schema.nutrients import FACETS
from tgbot.domain.questions import (
    Answer,
    Context,
    Intent,
    PersonHint,
    Question,
    answer,
    facet_answer,
    understand,
)
from tgbot.domain.questions.paragraphs import SCREENFUL
from tgbot.domain.replies import Action, Button, Notice, Reply, Say, Show, column
from tgbot.services.request import Request
from tgbot.storage import notes
from tgbot.storage.notes import NoteKind

FOLLOW_UP: Final = timedelta(minutes=10)
"""How long "and foods?" is understood as being about the nutrient of the last question."""


async def ask(request: Request, words: str) -> Sequence[Reply]:
    """``/ask vitamin d``; without words it says what can be asked."""
    if words:
        return await reply(request, words)
    nutrients = request.knowledge.catalogue.nutrients
    buttons = [
        Button(_capital(nutrients.vocabulary.names[one].name), ("nut", one, "role"))
        for one in nutrients.details
    ]
    return [Show(request.say("start.ask_card"), column(*buttons))]


async def reply(request: Request, words: str) -> Sequence[Reply]:
    """Answers a typed question."""
    question = await read(request, words)
    return await reply_to(request, question)


async def read(request: Request, words: str, *, leaning: bool = True) -> Question:
    """What a message asks, ``leaning`` on the last question or standing alone."""
    context = await _topic(request) if leaning else None
    return understand(words, request.knowledge.catalogue.nutrients, context)


async def reply_to(request: Request, question: Question, room: int = SCREENFUL) -> Sequence[Reply]:
    """Answers a question that has been understood, and keeps it in mind for a follow-up.

    ``room``: characters left of the screen, where a line about danger will stand above.
    """
    catalogue = request.knowledge.catalogue
    if question.nutrients and question.sure:
        await keep_in_mind(request, Context.of(question))
    country = request.person.country or ""
    return [_say(answer(question, catalogue.nutrients, catalogue.messages, country, room))]


async def show_facet(request: Request, action: Action) -> Sequence[Reply]:
    """A tap on Foods, How much, Too much and so on."""
    catalogue = request.knowledge.catalogue
    match action:
        case (nutrient, facet):
            pass
        case (nutrient,):
            facet = ""
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]
    person = await asked_for(request, nutrient)
    found = facet_answer(
        nutrient,
        facet,
        catalogue.nutrients,
        catalogue.messages,
        request.person.country or "",
        person,
    )
    known = nutrient in catalogue.nutrients.vocabulary.names
    if known and facet in FACETS:
        await keep_in_mind(request, Context((nutrient,), person, Intent(facet)))
    return [Show(found.text, found.buttons)]


async def asked_for(request: Request, nutrient: str) -> PersonHint | None:
    """Whom the last question about a nutrient was for: a button under its answer is for them too."""
    topic = await _topic(request)
    return topic.person if topic and nutrient in topic.nutrients else None


async def _topic(request: Request) -> Context | None:
    note = await notes.read(request.connection, request.person.id, NoteKind.TOPIC, request.now)
    return Context.from_json(note["question"]) if note else None


async def keep_in_mind(request: Request, topic: Context) -> None:
    """Keeps what was asked for ten minutes, for a question that leans on it."""
    await notes.write(
        request.connection,
        request.person.id,
        NoteKind.TOPIC,
        {"question": topic.to_json()},
        request.now + FOLLOW_UP,
    )


def _say(found: Answer) -> Say:
    return Say(found.text, found.buttons)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
