"""Telegram's HTML parse mode: markup in, plain text and entities with UTF-16 offsets out.

The grammar, the order of the checks and the words of the errors follow `parse_html` of
Telegram's own library (tdlib/td, td/telegram/MessageEntity.cpp); byte offsets count UTF-8.
"""

import re
from dataclasses import dataclass, field

from tgbot.sandbox.entities import Entity, sort_key, utf16_length
from tgbot.sandbox.html_values import checked_link, mentioned_user, read_reference

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "pre": "pre",
    "code": "code",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
PLAIN = re.compile(r"[^<&]+")
SPACE = " \t\r\n\0\v"
INVALID_UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


class EntityError(ValueError):
    """Markup that Telegram cannot parse; the text is Telegram's, without its prefix."""


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Return the plain text of `markup` and its entities.

    Raises:
        EntityError: with Telegram's words, after "can't parse entities: ".
    """
    if "<" not in markup and "&" not in markup:
        return markup, []
    return _Parser(markup).run()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    expandable: bool
    offset: int
    begins: int


@dataclass(slots=True)
class _Parser:
    """One pass over the markup; `at` is an index of characters, offsets are computed."""

    markup: str
    at: int = 0
    offset: int = 0
    out: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    surrogates: bool = False

    def run(self) -> tuple[str, list[Entity]]:
        """Parse everything."""
        while self.at < len(self.markup):
            if plain := PLAIN.match(self.markup, self.at):
                self._put(plain.group())
                self.at = plain.end()
            elif self.markup[self.at] == "<":
                self._tag()
            elif not self._reference():
                self._put("&")
                self.at += 1
        if self.stack:
            tag = self.stack[-1].tag
            raise EntityError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return self._text(), sorted(map(_without_hints, self.entities), key=sort_key)

    def _text(self) -> str:
        text = "".join(self.out)
        if not self.surrogates:
            return text
        try:  # two numeric references may have made one pair
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise EntityError(INVALID_UNICODE) from error

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)

    def _reference(self) -> bool:
        letter, end = read_reference(self.markup, self.at)
        if not letter:
            return False
        self.surrogates = self.surrogates or "\ud800" <= letter <= "\udfff"
        self._put(letter)
        self.at = end
        return True

    def _peek(self) -> str:
        return self.markup[self.at] if self.at < len(self.markup) else "\0"

    def _byte(self, index: int) -> int:
        return len(self.markup[:index].encode("utf-8", "surrogatepass"))

    def _skip_space(self) -> None:
        while self.at < len(self.markup) and self.markup[self.at] in SPACE:
            self.at += 1

    def _word(self, stops: str) -> str:
        begin = self.at
        while self._peek() not in SPACE and self._peek() not in stops:
            self.at += 1
        return self.markup[begin : self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._word(">").lower()
        if self._peek() == "\0":
            raise EntityError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in STYLES:
            raise EntityError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(tag, begin)
        argument = _argument(tag, attributes)
        if tag == "span" and argument != "spoiler":
            raise EntityError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        expandable = tag == "blockquote" and "expandable" in attributes
        self.stack.append(_Open(tag, argument, expandable, self.offset, len(self.out)))
        self.at += 1

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            name = self._word("=>" if tag == "blockquote" else "=")
            if not name:
                raise EntityError(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            attributes[name] = self._value(tag, name, begin)
        return attributes

    def _value(self, tag: str, name: str, begin: int) -> str:
        self._skip_space()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return ""
            raise EntityError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {self._byte(begin)}"
            )
        self.at += 1
        self._skip_space()
        if self.at >= len(self.markup):
            raise EntityError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._quoted() if self._peek() in "\"'" else self._name_token()
        if self.at >= len(self.markup):
            raise EntityError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _name_token(self) -> str:
        begin = self.at
        while (self._peek().isascii() and self._peek().isalnum()) or self._peek() in ".-":
            self.at += 1
        if self._peek() not in SPACE and self._peek() != ">":
            raise EntityError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.markup[begin : self.at].lower()

    def _quoted(self) -> str:
        quote = self.markup[self.at]
        self.at += 1
        value: list[str] = []
        while self.at < len(self.markup) and self.markup[self.at] != quote:
            letter, end = "", self.at + 1
            if self.markup[self.at] == "&":
                letter, end = read_reference(self.markup, self.at)
            value.append(letter or self.markup[self.at])
            self.at = end if letter else self.at + 1
        self.at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self.stack:
            raise EntityError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 1
        found = self._word(">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise EntityError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        expected = self.stack[-1].tag
        if found and found != expected:
            raise EntityError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{expected}>", found "</{found}>"'
            )
        self.at += 1
        self._close(self.stack.pop())

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if not length:
            return
        entity: Entity = {"type": STYLES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            self._link(entity, opened.argument or "".join(self.out[opened.begins :]))
        elif opened.tag in ("pre", "code"):
            self._code(entity, opened.argument)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or not int(opened.argument):
                raise EntityError("Invalid custom emoji identifier specified")
            self.entities.append(entity | {"custom_emoji_id": opened.argument})
        elif opened.expandable:
            self.entities.append(entity | {"type": "expandable_blockquote"})
        else:
            self.entities.append(entity)

    def _link(self, entity: Entity, url: str) -> None:
        user_id = mentioned_user(url)
        if user_id:
            self.entities.append(entity | {"type": "text_mention", "user": {"id": user_id}})
        elif checked := checked_link(url):
            self.entities.append(entity | {"url": checked})

    def _code(self, entity: Entity, language: str) -> None:
        """Join <pre> and <code class="language-…"> over the same text into one entity."""
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if same and entity["type"] == "pre" and last.get("hint"):
            last.update(type="pre", language=last.pop("hint"))
        elif same and entity["type"] == "code" and last["type"] == "pre" and language:
            last["language"] = language
        else:
            self.entities.append(entity | ({"hint": language} if language else {}))


def _without_hints(entity: Entity) -> Entity:
    entity.pop("hint", None)
    return entity


def _argument(tag: str, attributes: dict[str, str]) -> str:
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code":
            value = attributes.get("class", "")
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span":
            return attributes.get("class", "").removeprefix("tg-")
        case "tg-emoji":
            return attributes.get("emoji-id", "")
        case _:
            return ""
