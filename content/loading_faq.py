"""Reads the common questions of one language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from content.files import ContentError, read_yaml
from content.schema.checkup import Source
from content.schema.faq import Faq, Shelf, Words

ORDER: Final = ("questions", "more")
"""The shelves that /faq shows by themselves; all others are causes by name."""


def load_faq(folder: Path) -> Faq:
    """Reads ``_words.yaml``, ``_sources.yaml`` and one shelf from each other file of ``folder``.

    The sources of the symptom check (``../checkup/sources.yaml``) may be named too.

    Raises:
        ContentError: a file is missing or malformed.
    """
    names = sorted(path.stem for path in folder.glob("[!_]*.yaml"))
    missing = [name for name in ORDER if name not in names]
    if missing:
        raise ContentError(f"faq/{missing[0]}.yaml: the file is missing")
    ordered = [*ORDER, *(name for name in names if name not in ORDER)]
    shared = _sources(folder.parent / "checkup" / "sources.yaml")
    return Faq(
        shelves={name: read_yaml(Shelf, folder / f"{name}.yaml") for name in ordered},
        words=read_yaml(Words, folder / "_words.yaml"),
        sources={**shared, **_sources(folder / "_sources.yaml")},
    )


def _sources(path: Path) -> Mapping[str, Source]:
    return read_yaml(Mapping[str, Source], path)  # type: ignore[type-abstract]
