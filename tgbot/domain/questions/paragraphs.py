"""The paragraphs of an answer, each with its sources, and how they are made to fit a screen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from content.schema.messages import Messages
from content.schema.nutrients import Claim, Nutrients, Source

SCREENFUL: Final = 900
"""Characters of visible text, which fill a phone once."""
CROWDED: Final = 600
"""Room below which an answer says only its point: something more urgent fills the screen."""
TAG: Final = re.compile(r"</?[bi]>")
FOOTNOTES: Final = 3
"""Sources that are spelled out under an answer; the rest are in ``Answer.sources``."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Telegram HTML and the ids of its sources; ``must`` is never dropped to save room.

    ``urgent`` comes before all else, and what soothes or explains is left out.
    """

    html: str
    sources: tuple[str, ...] = ()
    must: bool = False
    urgent: bool = False


def from_claim(claim: Claim, *, must: bool = False) -> Paragraph:
    """A content sentence as a paragraph."""
    return Paragraph(escape(claim.says, quote=False), (claim.source,), must)


def joined(
    paragraphs: Sequence[Paragraph],
    catalogue: Nutrients,
    messages: Messages,
    room: int = SCREENFUL,
) -> tuple[str, tuple[str, ...]]:
    """One screen of text with its source line, and the sources as ``title, year``.

    ``room`` is what is left of the screen, where something else stands above.

    What is said twice is said once, where it comes last. What may be dropped is dropped, the last
    first, until the rest fits a screen.
    """
    kept = list({paragraph.html: paragraph for paragraph in reversed(paragraphs)}.values())[::-1]
    while not fits(text := _text(kept, catalogue, messages), room):
        spare = [place for place, paragraph in enumerate(kept) if not paragraph.must]
        if not spare:
            break
        del kept[spare[-1]]
    return text, tuple(f"{source.title}, {source.year}" for source in _sources(kept, catalogue))


def fits(text: str, room: int = SCREENFUL) -> bool:
    """Whether a text fills no more than one screen, or what is left of one."""
    return len(unescape(TAG.sub("", text))) <= room


def source_shown(source: Source) -> str:
    """Who said it and when, without the long title."""
    return f"{source.title.partition(',')[0]}, {source.year}"


def _text(paragraphs: Sequence[Paragraph], catalogue: Nutrients, messages: Messages) -> str:
    parts = [paragraph.html for paragraph in paragraphs]
    shown = dict.fromkeys(source_shown(source) for source in _sources(paragraphs, catalogue))
    if shown:
        line = "; ".join([*shown][:FOOTNOTES])
        parts.append(messages.text("nutrients.source", sources=line))
    return "\n\n".join(parts)


def _sources(paragraphs: Iterable[Paragraph], catalogue: Nutrients) -> tuple[Source, ...]:
    return tuple(catalogue.sources[each] for each in _distinct(paragraphs))


def _distinct(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for each in paragraphs for source in each.sources))
