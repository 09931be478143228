"""Reads the danger screen of one language from its folder."""

from pathlib import Path

from content.files import ContentError, read_yaml
from content.schema.red_flags import Condition, RedFlags, Rule, Spelling
from content.weights_red_flags import WEIGHTS, read_score


def load_red_flags(folder: Path, *, scored: bool = True) -> RedFlags:
    """The danger screen in ``folder`` (``data/<lang>/red_flags``).

    With ``scored`` False the learned weights are left aside: they are about to be learned anew.

    Raises:
        ContentError: a file is missing or wrong, or two files define the same concept.
    """
    concepts: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / "concepts").glob("*.yaml")):
        found = read_yaml(dict[str, tuple[str, ...]], path)
        twice = sorted(concepts.keys() & found.keys())
        if twice:
            raise ContentError(f"{path.name}: defined twice: {', '.join(twice)}")
        concepts |= found
    weights = folder / WEIGHTS
    rules = [
        rule
        for path in sorted((folder / "rules").glob("*.yaml"))
        for rule in read_yaml(tuple[Rule, ...], path)
    ]
    return RedFlags(
        spelling=read_yaml(Spelling, folder / "spelling.yaml"),
        background=read_yaml(tuple[str, ...], folder / "background.yaml"),
        insistent=read_yaml(tuple[str, ...], folder / "insistent.yaml"),
        concepts=concepts,
        conditions=read_yaml(dict[str, Condition], folder / "conditions.yaml"),
        rules=tuple(rules),
        score=read_score(weights) if scored and weights.exists() else None,
    )
