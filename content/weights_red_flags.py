"""Reads and writes the learned weights of the danger screen."""

from dataclasses import fields
from pathlib import Path
from typing import Final

from content.files import ContentError
from content.schema.red_flags import Score
from content.weights import read_weights, write_weights

WEIGHTS: Final = "score.bin"
"""The file's name in the folder of the danger screen."""
FORMAT: Final = 2
TABLES: Final = ("danger", "urgent", "kinds")


def write_score(score: Score, path: Path) -> None:
    """Puts ``score`` into ``path``; the same score always gives the same bytes."""
    values = {f.name: getattr(score, f.name) for f in fields(score) if f.name not in TABLES}
    write_weights(values, {name: getattr(score, name) for name in TABLES}, FORMAT, path)


def read_score(path: Path) -> Score:
    """The weights in ``path``.

    Raises:
        ContentError: the file is missing, cut off, or of another format.
    """
    values = read_weights(TABLES, FORMAT, path)
    try:
        return Score(**{**values, "conditions": tuple(values["conditions"])})
    except (TypeError, KeyError) as error:
        raise ContentError(f"{path.name}: cannot read the weights: {error}") from error
