"""Compiles the danger screen's content once, at start, into the form that screening reads."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from content.schema.red_flags import Condition, RedFlags, Rule, Score
from tgbot.domain.red_flags.matching import Concept, Lexicon
from tgbot.domain.red_flags.normalise import Speller
from tgbot.domain.red_flags.patterns import Chain, parse
from tgbot.domain.red_flags.typos import build_repair


@dataclass(frozen=True, slots=True)
class Watch:
    """One rule compiled: its alternatives, each a number of concepts needed and the concepts."""

    rule: Rule
    when: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole screen, compiled."""

    speller: Speller
    lexicon: Lexicon
    watches: tuple[Watch, ...]
    conditions: Mapping[str, Condition]
    watched: frozenset[str]
    background: frozenset[str]
    insistent: frozenset[str]
    score: Score | None = None


def compile_rules(red_flags: RedFlags) -> Rules:
    """The rules ready for ``screen``; takes a good part of a second, once.

    Raises:
        ValueError: a pattern cannot be read, names an unknown concept, or goes in a circle.
    """
    fillers = frozenset(red_flags.spelling.fillers)
    chains = {
        name: tuple(chain for pattern in patterns for chain in parse(str(pattern), fillers))
        for name, patterns in red_flags.concepts.items()
    }
    lexicon, words, stems = _lexicon(chains)
    watches = tuple(
        Watch(rule, tuple(_alternative(line) for line in rule.when)) for rule in red_flags.rules
    )
    _refuse_unknown(red_flags, watches)
    return Rules(
        speller=_speller(red_flags, words, stems),
        lexicon=lexicon,
        watches=watches,
        conditions=red_flags.conditions,
        watched=frozenset(name for watch in watches for name in _named(watch)),
        background=frozenset(red_flags.background),
        insistent=frozenset(red_flags.insistent),
        score=red_flags.score,
    )


def _alternative(line: str) -> tuple[int, tuple[str, ...]]:
    count, several, names = line.partition(" of ")
    if several:
        return int(count), tuple(names.split(", "))
    names_needed = tuple(line.split(" + "))
    return len(names_needed), names_needed


def _speller(red_flags: RedFlags, words: Iterable[str], stems: Iterable[str]) -> Speller:
    spelling = red_flags.spelling
    short = {k: tuple(v.split()) for k, v in spelling.short_forms.items()}
    known = {*words, *spelling.fillers, *short, *(w for form in short.values() for w in form)}
    longest_first = sorted(spelling.emoji, key=len, reverse=True)
    return Speller(
        short_forms=short,
        emoji=re.compile("|".join(map(re.escape, longest_first))),
        emoji_words=spelling.emoji,
        look_alikes={ord(odd): plain for odd, plain in spelling.look_alikes.items()},
        fillers=frozenset(spelling.fillers),
        repair=build_repair(words, stems, {*known, *spelling.leave_alone}),
    )


def _lexicon(chains: Mapping[str, tuple[Chain, ...]]) -> tuple[Lexicon, set[str], set[str]]:
    slots: dict[tuple[str, ...], int] = {}
    words: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    filled_by: dict[str, list[int]] = {}
    for chain in (chain for options in chains.values() for chain in options):
        for step in chain:
            if step.choices in slots:
                continue
            slot = slots[step.choices] = len(slots)
            for choice in step.choices:
                table, key = _table(choice, words, stems, filled_by)
                table.setdefault(key, []).append(slot)
    concepts = tuple(
        Concept(
            name, tuple(tuple((slots[s.choices], s.gap) for s in chain) for chain in chains[name])
        )
        for name in _inner_first(chains)
    )
    lexicon = Lexicon(concepts, _frozen(words), _frozen(stems), _frozen(filled_by))
    return lexicon, set(words), set(stems)


def _table(
    choice: str,
    words: dict[str, list[int]],
    stems: dict[str, list[int]],
    filled_by: dict[str, list[int]],
) -> tuple[dict[str, list[int]], str]:
    if choice.startswith("<") and choice.endswith(">"):
        return filled_by, choice[1:-1]
    if choice.endswith("*"):
        return stems, choice[:-1]
    return words, choice


def _frozen(table: Mapping[str, list[int]]) -> Mapping[str, tuple[int, ...]]:
    return {key: tuple(found) for key, found in table.items()}


def _inner_first(chains: Mapping[str, tuple[Chain, ...]]) -> tuple[str, ...]:
    inside = {
        name: {
            choice[1:-1]
            for chain in options
            for step in chain
            for choice in step.choices
            if choice.startswith("<")
        }
        for name, options in chains.items()
    }
    unknown = sorted({part for parts in inside.values() for part in parts} - chains.keys())
    if unknown:
        raise ValueError(f"unknown concepts: {', '.join(unknown)}")
    try:
        return tuple(TopologicalSorter(inside).static_order())
    except CycleError as circle:
        raise ValueError(f"concepts go in a circle: {circle.args[1]}") from circle


def _named(watch: Watch) -> set[str]:
    alternatives = {name for _, names in watch.when for name in names}
    return alternatives | {*watch.rule.unless, *watch.rule.asks_if}


def _refuse_unknown(red_flags: RedFlags, watches: Iterable[Watch]) -> None:
    for watch in watches:
        named = _named(watch)
        unknown = sorted(named - red_flags.concepts.keys())
        if unknown:
            raise ValueError(f"{watch.rule.id}: unknown concepts: {', '.join(unknown)}")
        if watch.rule.condition not in red_flags.conditions:
            raise ValueError(f"{watch.rule.id}: unknown condition: {watch.rule.condition}")
