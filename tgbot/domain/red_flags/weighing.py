"""Joins what the rules say with the learned score into one outcome."""

from dataclasses import dataclass, replace
from typing import Final

from content.schema.red_flags import Score
from tgbot.domain.red_flags.compiling import Rules
from tgbot.domain.red_flags.score import Evidence, danger_of, likeliest, urgency_of
from tgbot.domain.red_flags.verdict import Level, ScreenAction, Screening

CRITICAL: Final = frozenset(
    "stroke tia cauda_equina limb_ischaemia guillain_barre lung_clot self_harm overdose".split()
)
"""Conditions that the score alone can turn from a warning into a question, but never silence."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules decide about a message, and the evidence for the score."""

    by_rules: Screening
    evidence: Evidence


def weigh(findings: Findings, rules: Rules) -> Screening:
    """The outcome of a message: the score moves what the rules decide up or down."""
    score = rules.score
    if score is None:
        return findings.by_rules
    by_rules = findings.by_rules
    action = _action(by_rules, danger_of(findings.evidence, score), score)
    if action is ScreenAction.NONE:
        return replace(by_rules, action=action, level=Level.NONE)
    conditions = by_rules.conditions or (likeliest(findings.evidence, score),)
    return Screening(_level(findings, conditions, score, rules), action, conditions)


def _action(by_rules: Screening, danger: float, score: Score) -> ScreenAction:
    if danger >= score.warn:
        return ScreenAction.WARN
    sure = by_rules.action is ScreenAction.WARN
    if danger >= score.ask or (sure and not CRITICAL.isdisjoint(by_rules.conditions)):
        return ScreenAction.ASK
    return ScreenAction.NONE


def _level(findings: Findings, conditions: tuple[str, ...], score: Score, rules: Rules) -> Level:
    named = rules.conditions[conditions[0]].level
    if findings.by_rules.level is Level.EMERGENCY or named == "emergency":
        return Level.EMERGENCY
    urgent = urgency_of(findings.evidence, score) > 0
    return Level.EMERGENCY if urgent else Level.SAME_DAY
