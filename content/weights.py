"""Packs learned weights into a small file: a line of JSON, then tables of one-byte numbers."""

import json
import zlib
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from content.files import ContentError


def write_weights(
    values: Mapping[str, object], tables: Mapping[str, Sequence[int]], form: int, path: Path
) -> None:
    """Puts ``values`` and ``tables`` into ``path``; the same ones always give the same bytes."""
    packed = [array("b", table) for table in tables.values()]
    head = {"format": form, "sizes": [len(table) for table in packed], **values}
    numbers = zlib.compress(b"".join(table.tobytes() for table in packed), 9)
    path.write_bytes(json.dumps(head, sort_keys=True).encode() + b"\n" + numbers)


def read_weights(names: Sequence[str], form: int, path: Path) -> dict[str, Any]:
    """The values in ``path``, and its tables under ``names``, in the order they were written.

    Raises:
        ContentError: the file is missing, cut off, or of another format.
    """
    try:
        line, packed = path.read_bytes().split(b"\n", 1)
        values: dict[str, Any] = json.loads(line)
        numbers = zlib.decompress(packed)
        sizes = values.pop("sizes")
        if values.pop("format") != form or sum(sizes) != len(numbers):
            raise ContentError(f"{path.name}: weights of another format")
        for name, size in zip(names, sizes, strict=True):
            values[name] = array("b", numbers[:size])
            numbers = numbers[size:]
    except (OSError, ValueError, TypeError, KeyError, zlib.error) as error:
        raise ContentError(f"{path.name}: cannot read the weights: {error}") from error
    return values
