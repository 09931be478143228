import shutil
from dataclasses import replace

import pytest

from content.checks.exercises import problems
from content.files import DATA, ContentError
from content.loading_exercises import load_exercises

FOLDER = DATA / "en" / "exercises"
EXERCISES = load_exercises(FOLDER)
SESSION = EXERCISES.programme.sessions[0]


def with_move(**changes):
    move = replace(EXERCISES.moves["seated_march"], **changes)
    return replace(EXERCISES, moves={**EXERCISES.moves, "seated_march": move})


def test_the_exercises_have_no_problem():
    assert list(problems(EXERCISES)) == []


def test_the_first_session_is_six_seated_moves_of_the_gentlest_level():
    moves = [EXERCISES.moves[move] for move in SESSION.moves]
    assert len(moves) == 6
    assert {(m.position, m.level) for m in moves} == {("seated", 1)}


def test_chest_pain_calls_emergency():
    assert "chest" in EXERCISES.programme.stop.call_emergency[0]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"easier": "hover"}, "the easier move hover does not exist"),
        ({"easier": "seated_march"}, "circle"),
        ({"level": 5}, "level 5"),
        ({"level": 2, "harder": "ankle_pump"}, "wrong level"),
        ({"steps": ()}, "0 steps"),
        ({"steps": ("x" * 91,)}, "longer than 90"),
        ({"sources": ()}, "no source"),
        ({"sources": ("HEARSAY",)}, "HEARSAY"),
        ({"position": "standing"}, "seated_march is a standing move"),
        ({"level": 2}, "seated_march is of level 2"),
        ({"care": ("Immediate orthopaedic consultation mandatory " * 2,)}, "reads at grade"),
        ({"dose": replace(EXERCISES.moves["seated_march"].dose, build_to_count=1)}, "build up"),
        ({"dose": replace(EXERCISES.moves["seated_march"].dose, days_per_week=8)}, "8 days"),
    ],
)
def test_a_mistake_is_named(changes, named):
    assert any(named in problem for problem in problems(with_move(**changes)))


def programme(**changes):
    return replace(EXERCISES, programme=replace(EXERCISES.programme, **changes))


RULES = EXERCISES.programme
CLOT = RULES.question("clot")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"sessions": (replace(SESSION, moves=("hover",)),)}, "the move hover does not exist"),
        ({"sessions": (replace(SESSION, moves=SESSION.moves[:4]),)}, "it has 4 moves"),
        ({"sessions": RULES.sessions[:4]}, "nobody ever gets to it"),
        ({"swaps": {"clam": "hover"}}, "clam or hover does not exist"),
        ({"questions": (CLOT, CLOT)}, "an id stands twice"),
        ({"questions": (replace(CLOT, then="no_floor"),)}, "must not exercise"),
        ({"questions": (replace(CLOT, condition=""),)}, "needs a condition"),
        ({"questions": (replace(CLOT, sources=()),)}, "question clot: it has no source"),
        ({"pain": replace(RULES.pain, red=RULES.pain.amber)}, "do not cover 0 to 10"),
        ({"warm_up": (replace(RULES.warm_up[0], seconds=0),)}, "needs seconds or times"),
        ({"cool_down": (replace(RULES.cool_down[0], or_else="hover"),)}, "hover does not exist"),
        ({"dose": replace(RULES.dose, steps=RULES.dose.steps[1:])}, "not the first dose"),
        ({"dose": replace(RULES.dose, steps=RULES.dose.steps[:-1])}, "not the full dose"),
        ({"progression": replace(RULES.progression, half_the_sets_to=3)}, "half the sets"),
        ({"progression": replace(RULES.progression, easier_starts_at=9)}, "begins at a step"),
        ({"fall": replace(RULES.fall, sources=())}, "fall card: it has no source"),
        ({"questions": (replace(CLOT, ask="x " * 30 + "deteriorating"),)}, "reads at grade"),
        ({"stop": replace(RULES.stop, call_emergency=())}, "a list is empty"),
    ],
)
def test_a_mistake_beside_the_moves_is_named(changes, named):
    assert any(named in problem for problem in problems(programme(**changes)))


def test_all_thirty_moves_are_there_and_every_question():
    assert len(EXERCISES.moves) == 30
    assert [question.id for question in RULES.questions] == [
        *("urgent_now", "told_not_to", "heart_unstable", "bp_high", "op_or_break"),
        *("clot", "ill", "fell", "stand_safe", "floor_up"),
    ]


def test_a_file_named_unlike_its_move_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "moves")
    (tmp_path / "moves" / "ankle_pump.yaml").rename(tmp_path / "moves" / "other.yaml")
    with pytest.raises(ContentError, match="ankle_pump"):
        load_exercises(tmp_path / "moves")
