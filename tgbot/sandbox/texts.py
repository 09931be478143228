"""Text for people as Telegram takes it: parsed, cleaned, trimmed, with entities, within limits."""

from dataclasses import dataclass
from typing import Any

from tgbot.sandbox.calls import Call
from tgbot.sandbox.entities import Entity, find_entities, sort_key, utf16_length
from tgbot.sandbox.html_markup import EntityError, parse_html
from tgbot.sandbox.refusals import bad_request

LONGEST_TEXT = 4096  # UTF-16 code units, after parsing
LONGEST_CAPTION = 1024
LONGEST_RAW = 1 << 15  # bytes, before parsing
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
# Control characters become spaces; a carriage return goes.
CLEANING = {code: " " for code in range(32) if chr(code) != "\n"} | {13: None}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Text and its entities, as they stand in a message."""

    text: str
    entities: list[Entity]


def read_text(call: Call) -> FormattedText:
    """Return the checked `text` of a call that needs one.

    Raises:
        ApiError: empty, too long, or its entities cannot be parsed.
    """
    return message_text(call.text("text"), call.text("parse_mode"), call.args.get("entities"))


def message_text(raw: str, parse_mode: str, entities: object) -> FormattedText:
    """Return `raw` as the text of a message; refusals as in `read_text`."""
    if not raw:
        raise bad_request("message text is empty")
    formatted = format_text(raw, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(call: Call, fields: dict[str, Any] | None = None) -> FormattedText:
    """Return the checked caption of a call, or of `fields` (an InputMedia) instead.

    Raises:
        ApiError: too long, or its entities cannot be parsed.
    """
    source = call if fields is None else Call(call.method, fields)
    entities = source.args.get("caption_entities")
    formatted = format_text(source.text("caption"), source.text("parse_mode"), entities)
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def format_text(raw: str, parse_mode: str, entities: object) -> FormattedText:
    """Parse, clean and trim `raw`; the result may be empty.

    Raises:
        ApiError: an unknown parse mode, markup or entities that cannot be parsed, above 32 kB.
    """
    if len(raw.encode("utf-8", "replace")) > LONGEST_RAW:
        raise bad_request("text is too long")
    mode = parse_mode.strip().lower()
    if raw and mode and mode != "none":
        text, found = _parse(raw.translate(CLEANING), mode)
    else:
        text, found = raw.translate(CLEANING), _given_entities(entities)
    return _finish(text, found)


def _parse(raw: str, mode: str) -> tuple[str, list[Entity]]:
    if mode in ("markdown", "markdownv2"):
        raise bad_request("can't parse entities: the sandbox knows HTML, not Markdown")
    if mode != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return parse_html(raw)
    except EntityError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _given_entities(value: object) -> list[Entity]:
    """Read the `entities` parameter; what is not a list counts as none, as with Telegram."""
    if isinstance(value, str) and value:
        value = Call("", {"entities": value}).structure("entities", "can't parse entities")
    if not isinstance(value, list):
        return []
    return [_given_entity(entity) for entity in value]


def _given_entity(entity: object) -> Entity:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name, kind, word in (
        ("offset", int, "Number"),
        ("length", int, "Number"),
        ("type", str, "String"),
    ):
        if name not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(entity[name], kind):
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type {word}')
    return dict(entity)


def _finish(text: str, entities: list[Entity]) -> FormattedText:
    """Trim the text, move the entities along, and add those that Telegram finds itself."""
    trimmed = text.strip()
    skipped = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(trimmed)
    kept = [moved for entity in entities if (moved := _clip(entity, skipped, length))]
    hidden = [entity for entity in kept if entity["type"] in OPAQUE]
    kept.extend(
        entity
        for entity in find_entities(trimmed)
        if not any(_overlap(entity, other) for other in hidden)
    )
    kept.sort(key=sort_key)
    return FormattedText(trimmed, kept)


def _clip(entity: Entity, skipped: int, length: int) -> Entity | None:
    begin = max(0, entity["offset"] - skipped)
    end = min(length, entity["offset"] - skipped + entity["length"])
    return entity | {"offset": begin, "length": end - begin} if end > begin else None


def _overlap(one: Entity, other: Entity) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])
