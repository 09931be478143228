"""Reads the exercises of one language."""

from pathlib import Path

from content.files import ContentError, read_yaml
from content.schema.exercises import Exercises, Move
from content.schema.programme import Programme


def load_exercises(folder: Path) -> Exercises:
    """Reads ``_programme.yaml`` and one file for each move from ``folder``.

    Raises:
        ContentError: a file is missing or malformed, or a move's id is not its file's name.
    """
    moves = {}
    for path in sorted(folder.glob("[!_]*.yaml")):
        move = read_yaml(Move, path)
        if move.id != path.stem:
            raise ContentError(f"{path.name}: the id {move.id} is not the file's name")
        moves[move.id] = move
    return Exercises(read_yaml(Programme, folder / "_programme.yaml"), moves)
