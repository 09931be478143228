"""editMessageText, -Caption, -Media and -ReplyMarkup."""

from tgbot.sandbox.calls import Call
from tgbot.sandbox.markup import read_markup
from tgbot.sandbox.methods_media import MEDIA_FIELDS, read_input_media
from tgbot.sandbox.refusals import bad_request
from tgbot.sandbox.state import Json, Stored, World
from tgbot.sandbox.targets import find_own_message
from tgbot.sandbox.texts import FormattedText, read_caption, read_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
MARKUP = frozenset({"reply_markup"})
TEXT = frozenset({"text", "entities"}) | MARKUP
CAPTION = frozenset({"caption", "caption_entities"}) | MARKUP


def edit_message_text(world: World, call: Call) -> Json:
    """Replace text and keyboard; without `reply_markup` the keyboard goes."""
    formatted = read_text(call)
    markup = _read_inline(call)
    stored = find_own_message(world, call)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, stored, _fields("text", "entities", formatted) | markup, TEXT)


def edit_message_caption(world: World, call: Call) -> Json:
    """Replace caption and keyboard; both go when not given."""
    markup = _read_inline(call)
    formatted = read_caption(call)
    stored = find_own_message(world, call)
    if not MEDIA_FIELDS & stored.body.keys():
        raise bad_request("there is no caption in the message to edit")
    fields = _fields("caption", "caption_entities", formatted)
    return _replace(world, stored, fields | markup, CAPTION)


def edit_message_media(world: World, call: Call) -> Json:
    """Replace picture, animation or document, with its caption; text becomes media."""
    markup = _read_inline(call)
    content = read_input_media(world, call)
    stored = find_own_message(world, call)
    return _replace(world, stored, content | markup, TEXT | CAPTION | MEDIA_FIELDS)


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Replace the keyboard; without `reply_markup` it goes."""
    markup = _read_inline(call)
    return _replace(world, find_own_message(world, call), markup, MARKUP)


def _read_inline(call: Call) -> Json:
    markup = read_markup(call, inline_only=True)
    return {"reply_markup": markup.body} if markup else {}


def _fields(text_name: str, entities_name: str, formatted: FormattedText) -> Json:
    fields: Json = {text_name: formatted.text} if formatted.text else {}
    return fields | ({entities_name: formatted.entities} if formatted.entities else {})


def _replace(world: World, stored: Stored, content: Json, dropped: frozenset[str]) -> Json:
    current = {name: value for name, value in stored.body.items() if name in dropped}
    if current == content:
        raise bad_request(NOT_MODIFIED)
    world.edit(stored, content, dropped=dropped)
    return stored.body


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
