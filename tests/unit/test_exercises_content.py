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
        ({"dose": replace(EXERCISES.moves["seated_march"].dose, build_to_reps=1)}, "build up"),
        ({"dose": replace(EXERCISES.moves["seated_march"].dose, days_per_week=8)}, "8 days"),
    ],
)
def test_a_mistake_is_named(changes, named):
    assert any(named in problem for problem in problems(with_move(**changes)))


def test_a_session_with_an_unknown_move_is_named():
    programme = replace(EXERCISES.programme, sessions=(replace(SESSION, moves=("hover",)),))
    assert list(problems(replace(EXERCISES, programme=programme))) == [
        "session seated_1: the move hover does not exist"
    ]


def test_a_file_named_unlike_its_move_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "moves")
    (tmp_path / "moves" / "ankle_pump.yaml").rename(tmp_path / "moves" / "other.yaml")
    with pytest.raises(ContentError, match="ankle_pump"):
        load_exercises(tmp_path / "moves")
