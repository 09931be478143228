"""The vocabulary of a catalogue, compiled once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from content.schema.nutrients import Nutrients, Rule, Vocabulary
from tgbot.domain.questions.words import any_of

WORTH_GUESSING = 5
"""Letters a word needs before a near miss is taken for it."""

VITAMIN_WORDS = ("vitamins", "vits", "vit", "vitamine", "vitamines", "vitamina", "vitaminas")
"""How the word before a letter is written, beside ``vitamin`` itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """A pattern for many names, and what each name stands for."""

    pattern: re.Pattern[str]
    meanings: Mapping[str, tuple[str, ...]]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A content rule with its patterns as one."""

    rule: Rule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CompiledSign:
    """The pieces that all must stand in a message, and the lack they point to."""

    pieces: tuple[re.Pattern[str], ...]
    nutrients: tuple[str, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns of one language, ready to search."""

    names: Named
    lone: Named
    hints: Named
    situations: Named
    signs: tuple[CompiledSign, ...]
    medicines: Named
    medicine_nutrients: Mapping[str, tuple[str, ...]]
    foods: Named
    diets: Named
    female: re.Pattern[str]
    male: re.Pattern[str]
    pregnant: re.Pattern[str]
    lactating: re.Pattern[str]
    points_back: re.Pattern[str]
    guessable: Mapping[str, str]
    everyday: frozenset[str]
    shorthand: Mapping[str, str]
    short: re.Pattern[str]
    """Any of the keys of ``shorthand``."""
    rules: tuple[CompiledRule, ...]


@lru_cache(maxsize=4)
def lexicon_of(catalogue: Nutrients) -> Lexicon:
    """The compiled vocabulary of a catalogue."""
    words = catalogue.vocabulary
    names: dict[str, tuple[str, ...]] = {
        a: (i,) for i, name in words.names.items() for a in (name.name.lower(), *name.aliases)
    }
    names |= {other: means for name, means in names.items() for other in _other_ways(name)} | names
    names |= {name: product.nutrients for product in words.products for name in product.names}
    foods = {name: n for name, n in _table_foods(catalogue).items() if name not in names}
    foods |= {name: food.nutrients for food in words.foods for name in food.names}
    medicines = {name: (group.id,) for group in words.medicines for name in group.names}
    guessable = {
        name: name for name in (*names, *medicines, *words.often_misspelt) if _is_guessable(name)
    }
    return Lexicon(
        names=_named(names),
        lone=_named(_lone(words)),
        hints=_named({name: hint.nutrients for hint in words.hints for name in hint.names}),
        situations=_named({name: s.nutrients for s in words.situations for name in s.names}),
        signs=tuple(
            CompiledSign(tuple(map(re.compile, sign.all)), sign.nutrients, sign.over)
            for sign in words.signs
        ),
        medicines=_named(medicines),
        medicine_nutrients={group.id: group.nutrients for group in words.medicines},
        foods=_named(foods),
        diets=_named({word: (diet,) for diet, listed in words.diets.items() for word in listed}),
        female=any_of(_and_owned(words.female)),
        male=any_of(_and_owned(words.male)),
        pregnant=any_of(words.pregnant),
        lactating=any_of(words.lactating),
        points_back=re.compile(rf"^(?:{'|'.join(words.points_back)})\b"),
        guessable=guessable,
        everyday=frozenset(words.everyday) | {word for name in foods for word in name.split()},
        shorthand=words.shorthand,
        short=any_of(words.shorthand),
        rules=tuple(CompiledRule(rule, _alternatives(rule.patterns)) for rule in words.rules),
    )


def _other_ways(name: str) -> Iterator[str]:
    """How else ``vitamin d`` is said: vitamins d, vits d, vitamina d, d vitamin."""
    first, _, rest = name.partition(" ")
    if first == "vitamin" and rest:
        yield from (f"{word} {rest}" for word in VITAMIN_WORDS)
        yield from (f"{rest} {word}" for word in ("vitamin", "vitamins", "vit"))


def _table_foods(catalogue: Nutrients) -> dict[str, tuple[str, ...]]:
    """The foods of the food table by what stands before the first comma, and their nutrients."""
    found: dict[str, tuple[str, ...]] = {}
    for row in catalogue.foods:
        name = row.food.lower().partition(",")[0].partition("(")[0].strip()
        found[name] = (*found.get(name, ()), row.nutrient)
    for name in [*found]:
        last = name.split()[-1]
        if len(last) >= WORTH_GUESSING:
            found.setdefault(last, ())
    return found


def _lone(words: Vocabulary) -> dict[str, tuple[str, ...]]:
    """What each lone name stands for: more than one where nutrients share it."""
    found: dict[str, tuple[str, ...]] = {}
    for nutrient, name in words.names.items():
        for alias in name.lone:
            found[alias] = (*found.get(alias, ()), nutrient)
    return found


def _and_owned(words: tuple[str, ...]) -> list[str]:
    """The words for a person, and the same with an s: my mum's legs."""
    return [*words, *(f"{word}s" for word in words if len(word) > 1)]


def _is_guessable(name: str) -> bool:
    return len(name) >= WORTH_GUESSING and name.isalpha()


def _named(meanings: Mapping[str, tuple[str, ...]]) -> Named:
    return Named(
        any_of(meanings), meanings, frozenset(each for m in meanings.values() for each in m)
    )


def _alternatives(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
