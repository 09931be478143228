"""Turns what people type into plain words: case, look-alikes, emoji, short forms, slips."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tgbot.domain.red_flags.typos import Repair

MARKS: Final = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|[.!?;\n]+|,| - |[:()]|\S")
WORD: Final = 2
"""What one word counts in ``Token.at``; a filler stands on the odd place after it."""

SENTENCE_GAP: Final = 4
"""How many words apart the end of a sentence sets two words, for patterns with gaps."""
SPLIT_NOT: Final = {
    "can": "cant", "could": "couldnt", "do": "dont", "does": "doesnt", "did": "didnt",
    "will": "wont", "would": "wouldnt", "has": "hasnt", "have": "havent", "had": "hadnt",
    "is": "isnt", "are": "arent", "was": "wasnt", "were": "werent",
}  # fmt: skip
LEET: Final = str.maketrans("013457@$", "oleastas")


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``at`` is its place: fillers take no place, the end of a sentence several."""

    word: str
    sentence: int
    clause: int
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as words, and how each of its sentences ends."""

    tokens: tuple[Token, ...]
    asked: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Speller:
    """The tables that reading needs, compiled once."""

    short_forms: Mapping[str, tuple[str, ...]]
    emoji: re.Pattern[str]
    emoji_words: Mapping[str, str]
    look_alikes: Mapping[int, str]
    fillers: frozenset[str]
    repair: Repair


def read(text: str, speller: Speller) -> Reading:
    """``text`` as plain words with sentence and clause numbers; never raises."""
    words = _words(_plain(text, speller), speller)
    tokens: list[Token] = []
    asked = [False]
    clause = at = 0
    for word in words:
        if word[0] in ".!?;\n":
            asked[-1] = asked[-1] or "?" in word
            asked.append(False)
            clause, at = clause + 1, at + SENTENCE_GAP * WORD
        elif not word[0].isalnum():
            clause += word in {",", " - ", ":", "(", ")"}
        else:
            filler = word in speller.fillers
            at += 0 if filler else WORD
            tokens.append(Token(word, len(asked) - 1, clause, at + filler))
    return Reading(tuple(tokens), tuple(asked))


def _plain(text: str, speller: Speller) -> str:
    text = speller.emoji.sub(lambda found: f" {speller.emoji_words[found[0]]} ", text)
    text = unicodedata.normalize("NFKD", text).casefold().translate(speller.look_alikes)
    kept = (c for c in text if unicodedata.category(c) not in {"Cf", "Mn", "Me"})
    text = "".join(kept)
    text = re.sub(r"(?<=[a-z])['`\u00b4\u2018\u2019\u02bc](?=[a-z])", "'", text)
    text = re.sub(r"'s\b", " is", text.replace("i'll", "i will")).replace("'", "")
    return re.sub(r"[—–]|\s--?\s|\.\.+|…", " , ", text)


def _words(plain: str, speller: Speller) -> list[str]:
    words: list[str] = []
    for mark in MARKS.findall(plain):
        if not mark[0].isalnum():
            words.append(mark)
            continue
        for word in _spelled(mark, speller):
            if word == "not" and words and words[-1] in SPLIT_NOT:
                words[-1] = SPLIT_NOT[words[-1]]
            else:
                words.append(word)
    return words


def _spelled(word: str, speller: Speller) -> tuple[str, ...]:
    if word in speller.short_forms:
        return speller.short_forms[word]
    if not word.isalpha():
        word = _unmasked(word, speller)
    word = speller.repair.word(re.sub(r"(.)\1{2,}", r"\1\1", word))
    return speller.short_forms.get(word, (word,))


def _unmasked(word: str, speller: Speller) -> str:
    plain = word.translate(LEET)
    return plain if plain.isalpha() and speller.repair.knows(plain) else word
