"""Message entities: how long text is, in what order they stand, which ones Telegram finds itself."""

import re
from typing import Any

Entity = dict[str, Any]

# Which of two entities at the same place comes first: the outer one, in Telegram's order.
PRIORITY = {
    "expandable_blockquote": 0,
    "blockquote": 0,
    "text_link": 1,
    "text_mention": 1,
    "pre": 2,
    "code": 3,
    "bold": 4,
    "italic": 5,
    "underline": 6,
    "strikethrough": 7,
    "spoiler": 8,
    "custom_emoji": 9,
}
LAST_PRIORITY = 99

# What Telegram marks in any text by itself. Rough where Telegram's own rules are long.
FOUND = re.compile(
    r"(?P<url>\b(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\]'])"
    r"|(?P<email>\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z0-9_]{3,32}\b)"
    r"|(?P<hashtag>(?<![\w#])#(?=\w{0,255}[^\W\d])\w{1,256})",
)
FOUND_SIGNS = re.compile(r"[/@#]|www\.")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units `text` takes, the unit of every limit and offset."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def sort_key(entity: Entity) -> tuple[int, int, int]:
    """Return the order of entities: by place, the longer first, then Telegram's own order."""
    rank = PRIORITY.get(entity["type"], LAST_PRIORITY)
    return entity["offset"], -entity["length"], rank


def find_entities(text: str) -> list[Entity]:
    """Return the entities that Telegram finds in plain text: commands, links, mentions, tags."""
    if not FOUND_SIGNS.search(text):
        return []
    found: list[Entity] = []
    seen, offset = 0, 0
    for match in FOUND.finditer(text):
        offset += utf16_length(text[seen : match.start()])
        length = utf16_length(match.group())
        found.append({"type": match.lastgroup, "offset": offset, "length": length})
        seen, offset = match.end(), offset + length
    return found
