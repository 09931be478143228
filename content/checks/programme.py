"""Checks of what holds for all moves: questions, sessions, doses, warm-up, and their sources."""

from collections.abc import Iterable, Iterator
from typing import Final

from content.checks.messages import HARDEST, JUDGED, PLAIN
from content.checks.reading import grade
from content.schema.exercises import Exercises, Move
from content.schema.programme import Place, Programme, Session

MOVES_OF_A_SESSION: Final = (5, 6)
PAIN: Final = 10
WHERE: Final[dict[Place, frozenset[Place]]] = {
    "seated": frozenset({"seated"}),
    "bed": frozenset({"seated", "bed"}),
    "standing": frozenset({"seated", "bed", "standing"}),
    "floor": frozenset(),
}
"""Where the moves of a session may be done; none of them needs the floor."""


def problems(exercises: Exercises) -> Iterator[str]:
    """What is wrong beside the moves themselves, each as a plain sentence naming the row."""
    programme = exercises.programme
    yield from _stop_problems(programme)
    yield from _question_problems(programme)
    yield from _session_problems(exercises)
    yield from _around_problems(exercises)
    yield from _number_problems(programme)
    yield from _reach_problems(exercises)
    yield from _reading_problems(programme)


def source_problems(name: str, sources: tuple[str, ...], programme: Programme) -> Iterator[str]:
    """That a row has no source, or one that is not listed."""
    if not sources:
        yield f"{name}: it has no source"
    for source in sources:
        if source not in programme.sources:
            yield f"{name}: the source {source} is not listed"


def reading_problems(name: str, texts: Iterable[str]) -> Iterator[str]:
    """That a text is harder to read than anything we say may be."""
    for text in texts:
        found = grade(text, PLAIN)
        if len(text.split()) >= JUDGED and found > HARDEST:
            yield f"{name}: {text[:30]!r} reads at grade {found:.1f}, above {HARDEST:.0f}"


def _stop_problems(programme: Programme) -> Iterator[str]:
    stop = programme.stop
    if not stop.call_emergency or not stop.stop_and_call_doctor:
        yield "stop rules: a list is empty"
    for name, sources in (
        ("stop rules", stop.sources),
        ("pain rule", programme.pain.sources),
        ("dose rule", programme.dose.sources),
        ("progression", programme.progression.sources),
        ("fall card", programme.fall.sources),
    ):
        yield from source_problems(name, sources, programme)


def _question_problems(programme: Programme) -> Iterator[str]:
    every = (*programme.questions, *programme.on_the_day)
    if len({question.id for question in every}) < len(every):
        yield "questions: an id stands twice"
    for question in every:
        name = f"question {question.id}"
        yield from source_problems(name, question.sources, programme)
        if question.warns and (question.then != "no_exercise" or not question.condition):
            yield f"{name}: whoever is warned must not exercise, and the warning needs a condition"


def _session_problems(exercises: Exercises) -> Iterator[str]:
    for session in (*exercises.programme.sessions, *exercises.programme.light_sessions):
        if len(session.moves) not in MOVES_OF_A_SESSION:
            yield f"session {session.id}: it has {len(session.moves)} moves, not 5 or 6"
        for move_id in session.moves:
            yield from _place_problems(session, move_id, exercises.moves.get(move_id))
    for one, other in exercises.programme.swaps.items():
        if not {one, other} <= set(exercises.moves):
            yield f"swaps: {one} or {other} does not exist"


def _place_problems(session: Session, move_id: str, move: Move | None) -> Iterator[str]:
    if move is None:
        yield f"session {session.id}: the move {move_id} does not exist"
    elif not WHERE[session.position] & set(move.places):
        yield f"session {session.id}: {move_id} is a {move.position} move"
    elif move.level > session.level:
        yield f"session {session.id}: {move_id} is of level {move.level}"


def _around_problems(exercises: Exercises) -> Iterator[str]:
    for around in (*exercises.programme.warm_up, *exercises.programme.cool_down):
        for move in (around.move, around.or_else or around.move):
            if move not in exercises.moves:
                yield f"warm-up or cool-down: the move {move} does not exist"
        if (around.seconds > 0) == (around.times > 0):
            yield f"warm-up or cool-down: {around.move} needs seconds or times"


def _number_problems(programme: Programme) -> Iterator[str]:
    pain = programme.pain
    bands = (pain.green, pain.amber, pain.red)
    covered = [n for band in bands for n in range(band.low, band.high + 1)]
    if covered != list(range(PAIN + 1)):
        yield "pain rule: the bands do not cover 0 to 10 once each"
    steps = programme.dose.steps
    rules = programme.progression
    if not steps or (steps[0].sets, steps[0].counts) != (0, 0):
        yield "dose rule: the first step is not the first dose"
    elif (steps[-1].sets, steps[-1].counts) != (100, 100):
        yield "dose rule: the last step is not the full dose"
    if not rules.half_the_sets_to < rules.half_the_sets_at < len(steps):
        yield "progression: half the sets is not less"
    if not 0 <= rules.easier_starts_at < len(steps):
        yield "progression: the easier level begins at a step that is not there"


def _reach_problems(exercises: Exercises) -> Iterator[str]:
    programme = exercises.programme
    reached = {move for one in programme.sessions for move in one.moves}
    reached |= {move for one in programme.light_sessions for move in one.moves}
    reached |= set(programme.swaps.values())
    reached |= {around.move for around in (*programme.warm_up, *programme.cool_down)}
    for move in exercises.moves:
        if move not in reached:
            yield f"move {move}: nobody ever gets to it"


def _reading_problems(programme: Programme) -> Iterator[str]:
    for question in (*programme.questions, *programme.on_the_day):
        yield from reading_problems(f"question {question.id}", (question.ask, question.advice))
    stop = programme.stop
    yield from reading_problems(
        "stop rules", (*stop.call_emergency, *stop.stop_and_call_doctor, *stop.normal)
    )
    yield from reading_problems("fall card", programme.fall.steps)
    yield from reading_problems("effort", (programme.dose.effort,))
    around = (*programme.warm_up, *programme.cool_down)
    yield from reading_problems("warm-up", tuple(one.how for one in around))
