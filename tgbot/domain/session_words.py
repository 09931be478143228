"""Who speaks in an exercise session: its content, its sentences, the emergency number."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.schema.exercises import Exercises, Move
from content.schema.messages import Messages
from content.schema.programme import Programme, Question
from tgbot.domain.programme import Pain, Progress, Reason, Session
from tgbot.domain.replies import Button, Show, column


@dataclass(frozen=True, slots=True)
class Speaker:
    """The exercises of a language with its sentences, for somebody with this emergency number."""

    exercises: Exercises
    messages: Messages
    number: str

    def say(self, key: str, **values: object) -> str:
        """A sentence with its values filled in."""
        return self.messages.text(key, **values)

    @property
    def programme(self) -> Programme:
        """What holds for all moves."""
        return self.exercises.programme

    def move(self, move_id: str) -> Move:
        """The move of that id."""
        return self.exercises.moves[move_id]


def question_card(speak: Speaker, question: Question, occurrence: str, note: str) -> Show:
    """One safety question; ``note`` says what the answer before it changed."""
    text = speak.say("sessions.question", ask=question.ask)
    buttons = column(
        *(
            Button(
                speak.say(f"sessions.answer_{given}"),
                ("ex", "said", occurrence, question.id, given),
            )
            for given in ("yes", "no", "unsure")
        )
    )
    return Show(f"{note}\n\n{text}" if note else text, buttons)


def refusal_card(speak: Speaker, question: Question, occurrence: str) -> Show:
    """Why there are no moves, and what to do instead."""
    text = speak.say("sessions.refused", advice=question.advice, number=speak.number)
    return Show(text, column(again_button(speak, occurrence, "changed")))


def again_button(speak: Speaker, occurrence: str, name: str) -> Button:
    """Asks all questions afresh."""
    return Button(speak.say(f"sessions.{name}_button"), ("ex", "anew", occurrence))


def fall_card(speak: Speaker) -> Show:
    """What to do on the floor, one step after the other."""
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(speak.programme.fall.steps, 1))
    text = speak.say("sessions.fell", steps=steps, number=speak.number)
    return Show(text, column(Button(speak.say("sessions.hurt_button"), ("ex", "hurt"))))


def stop_words(speak: Speaker) -> Show:
    """When to stop, for a card of the time before there was a programme."""
    stop = speak.programme.stop
    text = speak.say(
        "sessions.stopped",
        emergency=bullets(stop.call_emergency),
        doctor=bullets(stop.stop_and_call_doctor),
        normal=bullets(stop.normal),
        number=speak.number,
    )
    return Show(text)


def bullets(lines: Sequence[str]) -> str:
    """Lines under each other, each with a mark before it."""
    return "\n".join(f"• {line}" for line in lines)


def result_card(
    speak: Speaker, session: Session, progress: Progress, reason: Reason, pain: Pain
) -> Show:
    """What was done, and what changes next time and why."""
    text = speak.say(
        "sessions.result",
        done=session.done,
        total=len(session.items),
        next=reason_words(speak, progress, reason),
        pain=speak.say(f"sessions.result_{pain}"),
    )
    return Show(text)


def reason_words(speak: Speaker, progress: Progress, reason: Reason) -> str:
    """What a reason means for this person."""
    rules = speak.programme.progression
    highest = speak.programme.highest[progress.track] if progress.track else progress.level
    return speak.say(
        f"sessions.next_{reason}",
        level=progress.level,
        highest=highest,
        easy=progress.easy,
        row=rules.easy_in_a_row,
    )
