"""An exercise session: one gentle seated session for everyone, one move at a time on one card.

Which moves suit whom, and harder sessions, come with the exercise programme.
"""

from content.schema.exercises import Move
from tgbot.domain.replies import Button, Show, column
from tgbot.services.request import Request


def opening(request: Request, occurrence_id: int) -> Show:
    """What to have at hand, and when to stop, before the first move."""
    stop = request.knowledge.catalogue.exercises.programme.stop
    text = request.say(
        "sessions.opening",
        emergency=_list(stop.call_emergency),
        doctor=_list(stop.stop_and_call_doctor),
        number=request.country.ambulance,
    )
    ready = Button(request.say("sessions.ready_button"), ("occ", "move", str(occurrence_id), "0"))
    not_today = Button(request.say("occurrences.skip_button"), ("occ", "skip", str(occurrence_id)))
    return Show(text, column(ready, not_today))


def move_card(request: Request, occurrence_id: int, index: int) -> Show | None:
    """The move of that place in the session; None when there is none."""
    exercises = request.knowledge.catalogue.exercises
    moves = exercises.programme.sessions[0].moves
    if not 0 <= index < len(moves):
        return None
    move = exercises.moves[moves[index]]
    last = index + 1 == len(moves)
    number = str(occurrence_id)
    forward = (
        Button(request.say("sessions.finish_button"), ("occ", "done", number))
        if last
        else Button(request.say("sessions.next_button"), ("occ", "move", number, str(index + 1)))
    )
    hurts = Button(request.say("sessions.hurts_button"), ("occ", "hurts", number))
    return Show(_move_words(request, move, index + 1, len(moves)), column(forward, hurts))


def hurts(request: Request) -> Show:
    """Something hurt: stop, and whom to call."""
    stop = request.knowledge.catalogue.exercises.programme.stop
    return Show(
        request.say(
            "sessions.hurts",
            emergency=_list(stop.call_emergency),
            number=request.country.ambulance,
        )
    )


def _move_words(request: Request, move: Move, place: int, total: int) -> str:
    dose = move.dose
    per_side = request.say("sessions.per_side") if dose.per_side else ""
    return request.say(
        "sessions.move",
        place=place,
        total=total,
        name=move.name,
        steps=_list(move.steps),
        dose=request.say("sessions.dose", reps=dose.count, sets=dose.sets, per_side=per_side),
        care=" ".join(move.care),
    )


def _list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)
