"""Reads one content file into the dataclass that describes it, or says plainly what is wrong."""

import csv
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

DATA = Path(__file__).parent / "data"

T = TypeVar("T")


class _Loader(yaml.CSafeLoader):
    """The safe loader, which also refuses a key that stands twice: one of the two would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        counted = Counter(str(key.value) for key, _ in node.value)
        twice = sorted(key for key, count in counted.items() if count > 1)
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"written twice: {', '.join(twice)}", node.start_mark
            )
        return super().construct_mapping(node, deep)


class ContentError(Exception):
    """A content file is missing or does not have the shape it must have."""


def read_yaml(shape: type[T], path: Path) -> T:
    """Reads a YAML file as ``shape`` (a dataclass, or a container of dataclasses).

    Raises:
        ContentError: naming the file, the place in it, and what is wrong there.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, in C
    except FileNotFoundError as missing:
        raise ContentError(f"{_shown(path)}: the file is missing") from missing
    except yaml.YAMLError as broken:
        raise ContentError(f"{_shown(path)}: not YAML: {broken}") from broken
    return _validate(shape, raw, path)


def read_csv(shape: type[T], path: Path) -> tuple[T, ...]:
    """Reads a CSV file with a header row, each row as ``shape``; an empty cell is None.

    Raises:
        ContentError: naming the file, the row, and what is wrong there.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
    except FileNotFoundError as missing:
        raise ContentError(f"{_shown(path)}: the file is missing") from missing
    return _validate(tuple[shape, ...], rows, path)  # type: ignore[valid-type]


def _validate(shape: type[T], raw: object, path: Path) -> T:
    try:
        return TypeAdapter(shape).validate_python(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ContentError(f"{_shown(path)}: {place}: {first['msg']}") from wrong


def _shown(path: Path) -> str:
    return str(path.relative_to(DATA)) if path.is_relative_to(DATA) else path.name
