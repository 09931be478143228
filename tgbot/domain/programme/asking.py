"""Which safety question comes next, and what an answer to it changes."""

from dataclasses import replace
from datetime import date

from content.schema.exercises import Exercises
from content.schema.programme import Programme, Question
from tgbot.domain.programme.changing import come_back, ease, settle
from tgbot.domain.programme.planning import new_level, plan
from tgbot.domain.programme.safety import counts, judge, unanswered
from tgbot.domain.programme.values import Answer, Progress


def refresh(progress: Progress, today: date, programme: Programme) -> Progress:
    """Forgets answers that no longer say how it is today.

    It is asked when no danger holds exercise: an answer that named one was seen to.
    """
    because = judge(progress.answers, programme).because
    named = because is not None and because.warns is not None and because.id in progress.answers
    old = progress.asked_on is not None and (
        (today - progress.asked_on).days >= programme.ask_again_days
    )
    if old or named:
        return drop_answers(progress)
    if progress.rest_on is not None and progress.rest_on != today:
        kept = {key: said for key, said in progress.answers.items() if not _rests(key, programme)}
        return replace(progress, answers=kept, rest_on=None)
    return progress


def _rests(question_id: str, programme: Programme) -> bool:
    question = programme.question(question_id)
    return question is not None and question.then == "rest_today"


def drop_answers(progress: Progress) -> Progress:
    """All safety questions are to be asked again."""
    return replace(progress, answers={}, asked_on=None, checked_on=None, rest_on=None)


def next_question(progress: Progress, today: date, exercises: Exercises) -> Question | None:
    """The question to ask before a session today; None when all is known."""
    programme = exercises.programme
    waiting = unanswered(progress.answers, programme)
    if waiting is not None:
        return waiting
    if not judge(progress.answers, programme).places:
        return None
    if _had_pain(progress, today, programme):
        return programme.question("pain_stayed")
    coming, _ = come_back(settle(progress, today, programme), today, programme)
    if not new_level(coming, exercises) or plan(coming, today, exercises).kind != "full":
        return None
    return programme.question("stand_safe" if coming.checked_on != today else "someone_near")


def _had_pain(progress: Progress, today: date, programme: Programme) -> bool:
    """Whether it is to be asked if the pain of the last session stayed; a long break asks nothing."""
    if progress.pain != "amber" or progress.counted_from is None:
        return False
    return 0 < (today - progress.counted_from).days < programme.progression.missed_days


def answer(
    progress: Progress, question: Question, given: Answer, today: date, exercises: Exercises
) -> Progress:
    """What an answer changes."""
    programme = exercises.programme
    bad = counts(question, given)
    if question.id == "pain_stayed":
        calm = replace(progress, pain="green")
        return ease(calm, programme) if bad else calm
    if question.id == "someone_near":
        coming, _ = come_back(settle(progress, today, programme), today, programme)
        met = progress.met if bad else new_level(coming, exercises)
        return replace(progress, met=met, gentle_on=today if bad else None)
    return replace(
        progress,
        answers={**progress.answers, question.id: given},
        asked_on=progress.asked_on or today,
        checked_on=today if question.id == "stand_safe" else progress.checked_on,
        rest_on=today if bad and question.then == "rest_today" else progress.rest_on,
    )
