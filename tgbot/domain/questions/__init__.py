"""Nutrient questions: understood from text, answered from content, with nothing made up between."""

from tgbot.domain.questions.asked import understand
from tgbot.domain.questions.composing import answer, facet_answer
from tgbot.domain.questions.question import (
    Answer,
    Context,
    Intent,
    PersonHint,
    Question,
    Value,
)

__all__ = [
    "Answer",
    "Context",
    "Intent",
    "PersonHint",
    "Question",
    "Value",
    "answer",
    "facet_answer",
    "understand",
]
