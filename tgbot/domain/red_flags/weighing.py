"""Joins what the rules say with the learned score into one outcome."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from content.schema.red_flags import Score
from tgbot.domain.red_flags.compiling import Rules
from tgbot.domain.red_flags.score import Evidence, danger_of, likeliest, urgency_of
from tgbot.domain.red_flags.verdict import Level, ScreenAction, Screening

VAGUE: Final = ("unclear",)
"""What the rules ask about when nothing says which danger it is: if short, it stays a question."""
SHORT: Final = 5
"""Words up to which the score has too little to go by to outvote the rules."""


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
    short = findings.words <= SHORT
    sure = short and findings.by_rules.action is ScreenAction.WARN
    asks = short and findings.by_rules.action is ScreenAction.ASK
    vague = asks and findings.by_rules.conditions == VAGUE
    if danger >= (score.ask if sure else score.warn) and not vague:
        return ScreenAction.WARN
    if danger >= score.ask or _insists(findings):
        return ScreenAction.ASK
    return ScreenAction.NONE


def _insists(findings: Findings) -> bool:
    """Whether what the rules say is asked about though the score finds too little in it."""
    by_rules = findings.by_rules
    match by_rules.action:
        case ScreenAction.WARN:
            # A rule that is sure is never silenced: the score may only make its warning a question.
            return True
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
