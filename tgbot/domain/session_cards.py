"""The cards of an exercise session: what stands on each, and which buttons are under it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from content.schema.exercises import Move
from content.schema.programme import Around
from tgbot.domain.programme import Item, Session
from tgbot.domain.replies import Button, Keyboard, Show, column
from tgbot.domain.session_words import Speaker, bullets, stop_words

MINUTE: Final = 60
WHOLE_MINUTES: Final = 120
"""Seconds from which a dose is said in minutes."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Makes the cards of one stored session."""

    speak: Speaker
    session_id: int

    def card(self, session: Session) -> Show:
        """The card for where the session is; one that ended has a card of its own."""
        match session.phase:
            case "warm_up":
                return self._around(session, "warm_up")
            case "stopped":
                return self._stopped(session)
            case "cool_down":
                return self._around(session, "cool_down")
            case "how":
                return self._how(session)
            case "pain":
                return self._pain(session)
            case _:
                return self._move(session)

    def opening(self, session: Session, note: str, extra: Sequence[Button]) -> Show:
        """What today brings, what to have at hand, and when to stop."""
        say, stop = self.speak.say, self.speak.programme.stop
        moves = [self.speak.move(item.move) for item in session.items]
        needs = list(dict.fromkeys(need for move in moves for need in move.needs))
        text = say(
            "sessions.opening",
            note=note,
            moves=", ".join(move.name.lower() for move in moves),
            needs=", ".join(needs) or say("sessions.need_nothing"),
            place=say("sessions.place_standing" if session.stands else "sessions.place_seated"),
            emergency=bullets(stop.call_emergency),
            doctor=bullets(stop.stop_and_call_doctor),
            number=self.speak.number,
        )
        ready = self._button(session, "ready", say("sessions.ready_button"))
        ill = self._button(session, "ill", say("sessions.ill_button"))
        return Show(text, column(ready, ill, *extra))

    def _button(self, session: Session, verb: str, text: str) -> Button:
        return Button(text, ("ex", "go", str(self.session_id), str(session.revision), verb))

    def _buttons(self, session: Session, *named: tuple[str, str]) -> Keyboard:
        return column(*(self._button(session, verb, self.speak.say(key)) for verb, key in named))

    def _move(self, session: Session) -> Show:
        item = session.items[session.index]
        total = len(session.items)
        last = session.index + 1 == total
        text = self.speak.say(
            "sessions.move",
            place=session.index + 1,
            total=total,
            **self._move_words(self.speak.move(item.move), item, session),
        )
        buttons = self._buttons(
            session,
            ("done", "sessions.finish_button" if last else "sessions.next_button"),
            ("hard", "sessions.hard_button"),
            ("skip", "sessions.skip_button"),
            ("stop", "sessions.stop_button"),
        )
        return Show(text, buttons)

    def _move_words(self, move: Move, item: Item, session: Session) -> dict[str, str]:
        say = self.speak.say
        signs = say("sessions.stop_if", signs=" ".join(move.stop_if)) if move.stop_if else ""
        return {
            "name": move.name,
            "good_for": move.good_for,
            "where": self._where(move, session),
            "steps": bullets(move.steps),
            "dose": self._dose(move, item),
            "effort": f"\n{self.speak.programme.dose.effort}" if move.dose.unit == "times" else "",
            "care": "\n".join(part for part in (" ".join(move.care), signs) if part),
        }

    def _where(self, move: Move, session: Session) -> str:
        if move.position != "bed":
            return ""
        floor = "floor" in session.places and "floor" in move.places
        key = "sessions.where_bed_floor" if floor else "sessions.where_bed"
        return self.speak.say(key) + "\n\n"

    def _dose(self, move: Move, item: Item) -> str:
        say = self.speak.say
        side = say("sessions.per_side") if move.dose.per_side else ""
        if move.dose.unit == "times":
            much = say("sessions.dose_times", count=item.count, per_side=side)
        elif item.count < WHOLE_MINUTES:
            much = say("sessions.dose_seconds", count=item.count, per_side=side)
        else:
            minutes = round(item.count / MINUTE)
            much = say("sessions.dose_minutes", count=minutes, per_side=side)
        if item.sets == 1:
            return much
        rounds = say("sessions.rounds", rest=move.dose.rest_seconds, sets=item.sets)
        return f"{much} {rounds}"

    def _around(self, session: Session, phase: str) -> Show:
        say, programme = self.speak.say, self.speak.programme
        before = phase == "warm_up"
        moves = programme.warm_up if before else programme.cool_down
        title = say("sessions.warm_up" if before else "sessions.cool_down")
        text = "\n\n".join((title, *self._around_lines(moves, session)))
        done = ("done", "sessions.warm_button" if before else "sessions.cool_button")
        return Show(text, self._buttons(session, done, ("stop", "sessions.stop_button")))

    def _around_lines(self, moves: Iterable[Around], session: Session) -> Iterator[str]:
        for one in moves:
            move = self._doable(one, session)
            if move is not None:
                much = self._much(one)
                yield self.speak.say("sessions.around", name=move.name, much=much, how=one.how)

    def _doable(self, one: Around, session: Session) -> Move | None:
        """The move, or its stand-in, as far as this session goes."""
        for move_id in (one.move, one.or_else):
            if move_id and set(session.places) & set(self.speak.move(move_id).places):
                return self.speak.move(move_id)
        return None

    def _much(self, one: Around) -> str:
        say = self.speak.say
        if one.times:
            return say("sessions.around_times", count=one.times)
        if one.seconds == MINUTE:
            return say("sessions.around_minute")
        if one.seconds % MINUTE:
            return say("sessions.around_seconds", count=one.seconds)
        return say("sessions.around_minutes", count=one.seconds // MINUTE)

    def _stopped(self, session: Session) -> Show:
        buttons = self._buttons(
            session,
            ("emergency", "sessions.emergency_button"),
            ("doctor", "sessions.doctor_button"),
            ("fell", "sessions.fell_button"),
            ("leave", "sessions.leave_button"),
            ("end", "sessions.end_button"),
            ("back", "sessions.back_button"),
        )
        return Show(stop_words(self.speak).text, buttons)

    def _how(self, session: Session) -> Show:
        buttons = self._buttons(
            session,
            ("easy", "sessions.how_easy"),
            ("ok", "sessions.how_ok"),
            ("too_hard", "sessions.how_too_hard"),
        )
        return Show(self.speak.say("sessions.how"), buttons)

    def _pain(self, session: Session) -> Show:
        say, rule = self.speak.say, self.speak.programme.pain
        named = (
            ("green", say("sessions.pain_green", low=rule.green.low, high=rule.green.high)),
            ("amber", say("sessions.pain_amber", low=rule.amber.low, high=rule.amber.high)),
            ("red", say("sessions.pain_red", low=rule.red.low, high=rule.red.high)),
        )
        buttons = column(*(self._button(session, verb, text) for verb, text in named))
        return Show(say("sessions.pain"), buttons)
