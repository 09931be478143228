"""Reads and writes the learned weights that tell what a nutrient question asks."""

from dataclasses import fields
from pathlib import Path
from typing import Final

from content.files import ContentError
from content.schema.nutrients import Router
from content.weights import read_weights, write_weights

WEIGHTS: Final = "router.bin"
"""The file's name beside the words."""
FORMAT: Final = 2
TABLES: Final = ("weights", "known")


def write_router(router: Router, path: Path) -> None:
    """Puts ``router`` into ``path``; the same router always gives the same bytes."""
    values = {f.name: getattr(router, f.name) for f in fields(router) if f.name not in TABLES}
    write_weights(values, {name: getattr(router, name) for name in TABLES}, FORMAT, path)


def read_router(path: Path) -> Router:
    """The weights in ``path``.

    Raises:
        ContentError: the file is missing, cut off, or of another format.
    """
    values = read_weights(TABLES, FORMAT, path)
    try:
        tuples = {name: tuple(values[name]) for name in ("intents", "bases", "scales")}
        return Router(**{**values, **tuples})
    except (TypeError, KeyError) as error:
        raise ContentError(f"{path.name}: cannot read the weights: {error}") from error
