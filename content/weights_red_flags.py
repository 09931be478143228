"""Reads and writes the learned weights of the danger screen: a line of JSON, then small numbers."""

import json
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

from content.files import ContentError
from content.schema.red_flags import Score

WEIGHTS: Final = "score.bin"
"""The file's name in the folder of the danger screen."""
FORMAT: Final = 2
TABLES: Final = ("danger", "urgent", "kinds")


def write_score(score: Score, path: Path) -> None:
    """Puts ``score`` into ``path``; the same score always gives the same bytes."""
    values = {f.name: getattr(score, f.name) for f in fields(score) if f.name not in TABLES}
    tables = [array("b", getattr(score, name)) for name in TABLES]
    head = {"format": FORMAT, "sizes": [len(table) for table in tables], **values}
    packed = zlib.compress(b"".join(table.tobytes() for table in tables), 9)
    path.write_bytes(json.dumps(head, sort_keys=True).encode() + b"\n" + packed)


def read_score(path: Path) -> Score:
    """The weights in ``path``.

    Raises:
        ContentError: the file is missing, cut off, or of another format.
    """
    try:
        line, packed = path.read_bytes().split(b"\n", 1)
        head = json.loads(line)
        numbers = zlib.decompress(packed)
        sizes = head.pop("sizes")
        if head.pop("format") != FORMAT or sum(sizes) != len(numbers):
            raise ContentError(f"{path.name}: weights of another format")
        tables: dict[str, Sequence[int]] = {}
        for name, size in zip(TABLES, sizes, strict=True):
            tables[name] = array("b", numbers[:size])
            numbers = numbers[size:]
        values = {**head, **tables, "conditions": tuple(head["conditions"])}
        return Score(**values)
    except (OSError, ValueError, TypeError, KeyError, zlib.error) as error:
        raise ContentError(f"{path.name}: cannot read the weights: {error}") from error
