"""Reads what the bot knows about drinking in one language."""

from pathlib import Path

from content.files import ContentError, read_yaml
from content.schema.hydration import Hydration


def load_hydration(folder: Path) -> Hydration:
    """Reads ``hydration.yaml`` from ``folder``.

    Raises:
        ContentError: the file is missing or wrong, or a question stands in it twice.
    """
    hydration = read_yaml(Hydration, folder / "hydration.yaml")
    ids = [question.id for question in hydration.questions]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ContentError(f"hydration.yaml: asked twice: {', '.join(twice)}")
    return hydration
