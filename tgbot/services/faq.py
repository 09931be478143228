"""Common questions: found in what somebody writes, listed by /faq, answered from content."""

from collections.abc import Sequence
from typing import Final

from content.loader import Catalogue
from content.loading_faq import ORDER
from content.schema.checkup import Source
from content.schema.faq import NUTRIENT, Topic
from tgbot.domain import warnings
from tgbot.domain.faq import find_topic
from tgbot.domain.questions import Answer, Intent, Question, understand
from tgbot.domain.replies import Action, Button, Keyboard, Notice, Reply, Say, Show, column
from tgbot.services.request import Request

ELSEWHERE: Final = frozenset({Intent.reminder, Intent.smalltalk})
IMPLIED: Final = frozenset(
    {
        Intent.faq,
        Intent.exercise,
        Intent.off_topic,
        Intent.which_nutrient,
        Intent.hydration,
        Intent.interaction,
        Intent.who_at_risk,
    }
)
"""Intents whose nutrients may be ours and not the person's, so that they do not settle it."""


def topic_of(words: str, question: Question, catalogue: Catalogue) -> Topic | None:
    """The common question that a text asks; None where it is for another part of the bot.

    ``question`` is the same text, understood as a nutrient question: a sure one stays one, unless
    its nutrient was said only earlier and the text surely asks something else.
    """
    if question.intent in ELSEWHERE:
        return None
    if not _is_nutrient_question(question):
        return find_topic(words, catalogue.faq)
    alone = understand(words, catalogue.nutrients, None)
    if alone.nutrients or alone.intent in ELSEWHERE:
        return None
    return find_topic(words, catalogue.faq, surely=True)


def compose(topic: Topic, catalogue: Catalogue, country: str) -> Answer:
    """The answer to a topic for someone in ``country`` (two letters, empty when not known)."""
    messages = catalogue.messages
    number = catalogue.country(country).ambulance
    body = messages.text("faq.heading", title=topic.title) + "\n\n" + topic.answer.strip()
    if topic.level == "emergency":
        line = warnings.info_line(messages, catalogue.known_country(country))
        parts = [f"<b>{line}</b>", body]
    else:
        level = messages.text(f"faq.level_{topic.level}")
        parts = [body, f"{level} {messages.text('faq.danger', number=number)}"]
    sources = [catalogue.faq.sources[source] for source in topic.sources]
    parts.append("\n".join(_source_line(catalogue, source) for source in sources))
    parts.append(messages.text("faq.unsigned"))
    named = tuple(f"{source.name} ({source.year})" for source in sources)
    return Answer("\n\n".join(parts), _buttons(topic, catalogue), named)


def _is_nutrient_question(question: Question) -> bool:
    return question.sure and bool(question.nutrients) and question.intent not in IMPLIED


async def reply_to(request: Request, topic: Topic) -> Sequence[Reply]:
    """Answers a topic that was typed."""
    found = compose(topic, request.knowledge.catalogue, request.person.country or "")
    return [Say(found.text, found.buttons)]


async def show_list(request: Request) -> Sequence[Reply]:
    """``/faq``: the questions that people ask most."""
    more = (
        Button(request.say("faq.button_more"), ("faq", "shelf", ORDER[1])),
        Button(request.say("faq.button_shelves"), ("faq", "shelves")),
    )
    topics = _topic_buttons(request.knowledge.catalogue, ORDER[0])
    return [Show(request.say("faq.list"), (*topics, *column(*more)))]


async def answer(request: Request, action: Action) -> Sequence[Reply]:
    """A tap in the list, on a group of causes, or on a question."""
    catalogue = request.knowledge.catalogue
    match action:
        case ("list",):
            return await show_list(request)
        case ("shelves",):
            return [_shelves(request)]
        case ("shelf", name) if name in catalogue.faq.shelves:
            return [_shelf(request, name)]
        case ("t", topic_id) if topic := catalogue.faq.topic(topic_id):
            found = compose(topic, catalogue, request.person.country or "")
            return [Show(found.text, found.buttons)]
        case _:
            return [Notice(request.say("errors.old_button"), alert=True)]


def _shelves(request: Request) -> Show:
    shelves = request.knowledge.catalogue.faq.shelves
    buttons = (
        Button(shelf.title, ("faq", "shelf", name))
        for name, shelf in shelves.items()
        if name not in ORDER
    )
    return Show(
        request.say("faq.shelves"), (*column(*buttons), *_back(request.knowledge.catalogue))
    )


def _shelf(request: Request, name: str) -> Show:
    catalogue = request.knowledge.catalogue
    text = request.say("faq.shelf", title=catalogue.faq.shelves[name].title)
    return Show(text, (*_topic_buttons(catalogue, name), *_back(catalogue)))


def _topic_buttons(catalogue: Catalogue, shelf: str) -> Keyboard:
    topics = catalogue.faq.shelves[shelf].topics
    return column(*(Button(topic.title, ("faq", "t", topic.id)) for topic in topics))


def _buttons(topic: Topic, catalogue: Catalogue) -> Keyboard:
    return (*column(*(_button(each, catalogue) for each in topic.buttons)), *_back(catalogue))


def _button(name: str, catalogue: Catalogue) -> Button:
    if name.startswith(NUTRIENT):
        nutrient = name.removeprefix(NUTRIENT)
        known = catalogue.nutrients.vocabulary.names[nutrient].name
        label = catalogue.messages.texts["faq.button_nutrient"].format(name=known)
        return Button(label, ("nut", nutrient, "role"))
    if topic := catalogue.faq.topic(name):
        return Button(topic.title, ("faq", "t", name))
    action = ("faq", name) if name == "shelves" else ("menu", name)
    return Button(catalogue.messages.texts[f"faq.button_{name}"], action)


def _back(catalogue: Catalogue) -> Keyboard:
    return column(Button(catalogue.messages.texts["faq.button_list"], ("faq", "list")))


def _source_line(catalogue: Catalogue, source: Source) -> str:
    key = {"verified": "verified", "from-knowledge": "unverified"}.get(source.status, "partly")
    return catalogue.messages.text(f"faq.source_{key}", name=source.name, year=source.year)
