"""Joins what the rules say with the learned score into one outcome."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from content.schema.red_flags import Score
from tgbot.domain.red_flags.compiling import Rules
from tgbot.domain.red_flags.score import Evidence, danger_of, likeliest, urgency_of
from tgbot.domain.red_flags.verdict import Level, ScreenAction, Screening

CRITICAL: Final = frozenset({
    "stroke", "tia", "cauda_equina", "limb_ischaemia", "guillain_barre", "lung_clot", "self_harm",
    "overdose",
})  # fmt: skip
"""Conditions of which the rules' warning stays a question when the score nearly asks as well."""

NEARLY: Final = 0.3
"""How far below the threshold for asking still counts as nearly."""
SHORT: Final = 5
"""Words up to which the score has too little to go by to silence a question of the rules."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules decide about a message of so many words, and the evidence for the score."""

    by_rules: Screening
    evidence: Evidence
    words: int


def weigh(findings: Findings, rules: Rules) -> Screening:
    """The outcome of a message: the score moves what the rules decide up or down."""
    score = rules.score
    if score is None:
        return findings.by_rules
    by_rules = findings.by_rules
    action = _action(findings, danger_of(findings.evidence, score), score)
    if action is ScreenAction.NONE:
        return replace(by_rules, action=action, level=Level.NONE)
    conditions = by_rules.conditions or (likeliest(findings.evidence, score),)
    return Screening(_level(findings, conditions, score, rules), action, conditions)


def _action(findings: Findings, danger: float, score: Score) -> ScreenAction:
    if danger >= score.warn:
        return ScreenAction.WARN
    if danger >= score.ask or _insists(findings, danger >= score.ask - NEARLY):
        return ScreenAction.ASK
    return ScreenAction.NONE


def _insists(findings: Findings, nearly: bool) -> bool:
    """Whether what the rules say is asked about though the score finds too little in it."""
    by_rules = findings.by_rules
    match by_rules.action:
        case ScreenAction.WARN:
            return nearly and not CRITICAL.isdisjoint(by_rules.conditions)
        case ScreenAction.ASK:
            return findings.words <= SHORT or "self_harm" in by_rules.conditions
        case ScreenAction.NONE:
            return False
        case _:
            assert_never(by_rules.action)


def _level(findings: Findings, conditions: tuple[str, ...], score: Score, rules: Rules) -> Level:
    named = rules.conditions[conditions[0]].level
    if findings.by_rules.level is Level.EMERGENCY or named == "emergency":
        return Level.EMERGENCY
    urgent = urgency_of(findings.evidence, score) > 0
    return Level.EMERGENCY if urgent else Level.SAME_DAY
