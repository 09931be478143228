"""Reads the symptom check of one language from its folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from content.files import ContentError, read_yaml
from content.schema.checkup import Group, Outcome, Question, Rule, Screen, Script, Source


def load_checkup(folder: Path) -> Script:
    """The symptom check in ``folder`` (such as ``content/data/en/checkup``).

    The last row of ``rules.yaml`` is what is said when no other rule fires.

    Raises:
        ContentError: a file is missing or has not the shape of content/schema/checkup.py.
    """
    rules = read_yaml(tuple[Rule, ...], folder / "rules.yaml")
    outcomes = read_yaml(tuple[Outcome, ...], folder / "outcomes.yaml")
    questions = read_yaml(tuple[Question, ...], folder / "questions.yaml")
    _refuse_doubles("questions.yaml", [question.id for question in questions])
    _refuse_doubles("outcomes.yaml", [outcome.level for outcome in outcomes])
    if not rules:
        raise ContentError("rules.yaml: there must be at least the last row, which always holds")
    return Script(
        sources=read_yaml(Mapping[str, Source], folder / "sources.yaml"),  # type: ignore[type-abstract]
        questions={question.id: question for question in questions},
        screens=read_yaml(tuple[Screen, ...], folder / "screens.yaml"),
        rules=rules[:-1],
        groups=read_yaml(tuple[Group, ...], folder / "groups.yaml"),
        outcomes={outcome.level: outcome for outcome in outcomes},
        otherwise=rules[-1],
    )


def _refuse_doubles(file: str, ids: Sequence[str]) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise ContentError(f"{file}: {name} is there twice")
