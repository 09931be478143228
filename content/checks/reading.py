"""How hard a text is to read, as a US school grade (Flesch and Kincaid, 1975).

grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59

A colon, a semicolon and the end of a line end a sentence too: what follows is read on its own.
Syllables are counted from spelling: groups of vowels, two for those
spoken apart (as in calcium), less a silent ending, and never below one.
Names a person must see as they are (a nutrient, a medicine, a unit) can be given as ``plain``:
each counts as one syllable, because there is no simpler word for it. Numbers are left out.
"""

import re
from collections.abc import Collection
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<[^>]+>")
_PLACE: Final = re.compile(r"\{[^}]*\}")
_SENTENCE_END: Final = re.compile(r"[.!?]+(?=\s|$)|\n+|:(?=\s|$)|;")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_APART: Final = re.compile(r"i[aou]|eo(?!ple)|(?<!q)u[ao]")
_TOGETHER: Final = re.compile(r"[tcs]i(?:on|an|al|ous)")
_SILENT: Final = re.compile(
    r"(?:[^laeiouy]e|[aeiouy]le|[^aeiouytd]ed|[^laeiouyscxzg]es|[aeiouy]les)$"
)


def syllables(word: str) -> int:
    """The syllables of an English word, guessed from its spelling; at least one."""
    low = word.lower()
    count = len(_VOWELS.findall(low)) + len(_APART.findall(low)) - len(_TOGETHER.findall(low))
    if count > 1 and _SILENT.search(low):
        count -= 1
    return max(count, 1)


def grade(text: str, plain: Collection[str] = ()) -> float:
    """The Flesch-Kincaid grade of a text (HTML and ``{places}`` allowed); 0 for one without words."""
    bare = unescape(_TAG.sub("", _PLACE.sub("it", text)))
    sentences = [words for part in _SENTENCE_END.split(bare) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0
    known = {each.lower() for each in plain}
    spoken = sum(1 if word.lower() in known else syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
