"""Screens one message for danger: reads it, finds concepts, weighs their scope, applies rules."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from tgbot.domain.red_flags.compiling import Rules, Watch
from tgbot.domain.red_flags.matching import Found, Hit, find
from tgbot.domain.red_flags.normalise import Reading, Token, read
from tgbot.domain.red_flags.scope import Meant, Scope, read_scope
from tgbot.domain.red_flags.score import NO_EVIDENCE, gather
from tgbot.domain.red_flags.verdict import HARMLESS, Level, ScreenAction, Screening
from tgbot.domain.red_flags.weighing import Findings, weigh

WINDOW: Final = 4096
"""Characters screened at once; Telegram's longest message."""
OVERLAP: Final = 256
"""Characters that two windows share, so that no sign is cut in two."""
SENTENCE_END: Final = re.compile(r"(?<=[.!?;\n])\s+|\s+but\s+", re.IGNORECASE)
"""Where a sentence ends; "Leeds but my face dropped" answers a question and says something new."""
FEW_WORDS: Final = 3
"""Words that a sentence needs to be scored by itself."""
MOST_PARTS: Final = 10
"""Parts of a text that are scored by themselves, so that no text takes too long."""
SCORED: Final = 4 * WINDOW
"""Characters that are scored as well; the rules alone read on, so that no text takes too long."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One rule that matched, and how far it is meant."""

    watch: Watch
    meant: Meant


def screen(text: str, rules: Rules) -> Screening:
    """What ``text`` says about danger. Total and pure; time is linear in the length."""
    best = HARMLESS
    for start in range(0, max(len(text), 1), WINDOW - OVERLAP):
        found = _screen_window(text[start : start + WINDOW], rules, scored=start < SCORED)
        best = max(best, found, key=_gravity)
        if best.action is ScreenAction.WARN and best.level is Level.EMERGENCY:
            break
    return best


def _gravity(screening: Screening) -> tuple[int, int, int]:
    return (
        (ScreenAction.NONE, ScreenAction.ASK, ScreenAction.WARN).index(screening.action),
        (Level.NONE, Level.SAME_DAY, Level.EMERGENCY).index(screening.level),
        len(screening.conditions),
    )


def _screen_window(text: str, rules: Rules, *, scored: bool) -> Screening:
    scored = scored and rules.score is not None
    findings = look(text, rules, scored=scored)
    return weigh(findings, rules) if scored else findings.by_rules


def look(text: str, rules: Rules, *, scored: bool = True) -> Findings:
    """What the rules find in at most ``WINDOW`` characters, and the evidence when it is scored.

    The evidence of each sentence alone is gathered too, so that a danger is not lost among chatter.
    """
    findings = _look(text, rules, scored=scored)
    sentences = _sentences(text) if scored else ()
    alone = tuple(_look(one, rules, scored=True).evidence for one in sentences)
    return replace(findings, sentences=alone)


def _sentences(text: str) -> Sequence[str]:
    """The sentences of a text that has several; those of a long text in groups."""
    found = [one for one in SENTENCE_END.split(text) if len(one.split()) >= FEW_WORDS]
    size = ceil(len(found) / MOST_PARTS) or 1
    groups = [" ".join(found[at : at + size]) for at in range(0, len(found), size)]
    return groups if len(groups) > 1 or (found and len(found[0]) < len(text.strip())) else ()


def _look(text: str, rules: Rules, *, scored: bool) -> Findings:
    raw, reading, found = read_concepts(text, rules)
    scope = read_scope(reading, found)
    meant = {
        name: _best(name, hits, scope, rules)
        for name, hits in found.items()
        if name in rules.watched
    }
    alarms = tuple(
        alarm for watch in rules.watches for alarm in _alarms(watch, meant, len(reading.tokens))
    )
    by_rules = _decide(alarms, rules)
    if not scored:
        return Findings(by_rules, NO_EVIDENCE, len(raw.tokens))
    told = {f"!{by_rules.action}", f"!{by_rules.action} {by_rules.level}"}
    for alarm in alarms:
        told.add(f"!{alarm.watch.rule.level == 'ask'} {int(alarm.meant)}")
        told.add(f"!{alarm.watch.rule.id} {int(alarm.meant)}")
    return Findings(by_rules, gather(raw, scope, found, meant, told), len(raw.tokens))


def _best(name: str, hits: Sequence[Hit], scope: Scope, rules: Rules) -> Meant:
    judge = scope.named if name in rules.background else scope.meant
    best = Meant.NO
    for hit in hits:
        best = min(best, judge(hit))
        if best is Meant.YES:
            break
    return Meant.YES if name in rules.insistent and best is not Meant.NO else best


def read_concepts(text: str, rules: Rules) -> tuple[Reading, Reading, Found]:
    """The words of ``text``, the same without its idioms, and the concepts that these name."""
    reading = read(text, rules.speller)
    found = find(reading.tokens, rules.lexicon)
    idle = {n for hit in found.get("idiom", ()) for n in hit.used}
    if not idle:
        return reading, reading, found
    kept: tuple[Token, ...] = tuple(t for n, t in enumerate(reading.tokens) if n not in idle)
    return reading, replace(reading, tokens=kept), find(kept, rules.lexicon)


def _alarms(watch: Watch, meant: Mapping[str, Meant], words: int) -> Iterator[Alarm]:
    if watch.rule.max_words and words > watch.rule.max_words:
        return
    if any(meant.get(name, Meant.NO) <= Meant.UNCLEAR for name in watch.rule.unless):
        return
    degrees = [
        sorted(meant[name] for name in names if name in meant)[needed - 1]
        for needed, names in watch.when
        if sum(name in meant for name in names) >= needed
    ]
    if degrees and min(degrees) < Meant.NO:
        doubtful = any(meant.get(name, Meant.NO) is Meant.YES for name in watch.rule.asks_if)
        yield Alarm(watch, max(min(degrees), Meant.UNCLEAR if doubtful else Meant.YES))


def _decide(alarms: Sequence[Alarm], rules: Rules) -> Screening:
    sure = [a for a in alarms if a.meant is Meant.YES and a.watch.rule.level != "ask"]
    if sure:
        return Screening(_highest(sure), ScreenAction.WARN, _conditions(sure, rules))
    unclear = [a for a in alarms if a.meant <= Meant.UNCLEAR]
    if unclear:
        return Screening(_highest(unclear), ScreenAction.ASK, _conditions(unclear, rules))
    asked = [a for a in alarms if a.watch.rule.level != "ask"]
    return Screening(Level.NONE, ScreenAction.NONE, _conditions(asked, rules))


def _highest(alarms: list[Alarm]) -> Level:
    levels = {alarm.watch.rule.level for alarm in alarms}
    return Level.SAME_DAY if levels == {"same_day"} else Level.EMERGENCY


def _conditions(alarms: list[Alarm], rules: Rules) -> tuple[str, ...]:
    named = {alarm.watch.rule.condition for alarm in alarms}
    return tuple(sorted(named, key=lambda name: (rules.conditions[name].rank, name)))
