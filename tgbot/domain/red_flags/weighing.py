"""Joins what the rules say with the learned score into one outcome."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from content.schema.red_flags import Score
from tgbot.domain.red_flags.compiling import Rules
from tgbot.domain.red_flags.score import Evidence, danger_of, likeliest, urgency_of
from tgbot.domain.red_flags.verdict import Level, ScreenAction, Screening

VAGUE: Final = ("unclear",)
"""What the rules ask about when nothing says which danger it is: if short, it stays a question."""
SELF_HARM: Final = "self_harm"
"""What the rules say of it is never silenced."""
VAGUE_CALM: Final = -0.95
"""Below it, what the rules ask about without naming a danger is ordinary talk: "water 3 litres"."""
SHORT: Final = 5
"""Words up to which the score has too little to go by to outvote the rules."""


OUT_OF_CONTEXT: Final = 0.4
"""By how much a sentence alone must look worse: what stands around it may explain it."""
NO_DANGER: Final = -1e9


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules decide about a message of so many words, and the evidence for the score.

    ``sentences`` is the evidence of each sentence alone, where there are several.
    """

    by_rules: Screening
    evidence: Evidence
    words: int
    sentences: tuple[Evidence, ...] = ()


def danger_in(findings: Findings, score: Score) -> float:
    """How much the message, or one sentence of it, looks like a danger that is happening."""
    alone = (danger_of(one, score) - OUT_OF_CONTEXT for one in findings.sentences)
    return max(danger_of(findings.evidence, score), *alone, NO_DANGER)


def weigh(findings: Findings, rules: Rules) -> Screening:
    """The outcome of a message: the score moves what the rules decide up or down."""
    score = rules.score
    if score is None:
        return findings.by_rules
    by_rules = findings.by_rules
    action = _action(findings, danger_in(findings, score), score)
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
    if danger >= score.ask or _insists(findings, danger, score):
        return ScreenAction.ASK
    return ScreenAction.NONE


def _insists(findings: Findings, danger: float, score: Score) -> bool:
    """Whether what the rules say is asked about though the score finds too little in it."""
    by_rules = findings.by_rules
    vague = by_rules.conditions == VAGUE and danger < VAGUE_CALM
    kept = (findings.words <= SHORT and not vague) or SELF_HARM in by_rules.conditions
    match by_rules.action:
        case ScreenAction.WARN:
            return kept or danger >= score.calm
        case ScreenAction.ASK:
            return kept
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
