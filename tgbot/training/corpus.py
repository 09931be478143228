"""Gathers the phrases that the danger screen learns from, with what each of them is."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from content.schema.red_flags import RedFlags
from tgbot.domain.red_flags.score import FEATURES

MESSAGES: Final = "messages.jsonl"
"""The first collection, with the row of the danger table that each message is about."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message with its label. ``family`` joins near twins; ``part`` says where it comes from.

    ``level`` is "emergency", "same_day", "ask" or "none"; ``kind`` a condition id, or the sort of
    harmless message.
    """

    text: str
    level: str
    kind: str
    family: str
    part: str


def read_phrases(folder: Path, red_flags: RedFlags) -> list[Phrase]:
    """Every labelled phrase of one language: its corpus, its own phrases, those of the rules."""
    return [
        *_messages(folder / "corpus" / MESSAGES, red_flags),
        *_written(folder / "corpus"),
        *_own(folder / "corpus", red_flags),
        *_of_rules(red_flags),
    ]


def stamp(folder: Path) -> str:
    """The hash of all content that the weights depend on, and of the version of the features."""
    digest = hashlib.sha256(f"features {FEATURES}".encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".jsonl"}:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _messages(path: Path, red_flags: RedFlags) -> Iterator[Phrase]:
    by_row: dict[str, str] = {}
    for rule in red_flags.rules:
        by_row.setdefault(rule.id[:4], rule.condition)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["urgency"] == "ask":
            yield Phrase(row["text"], "ask", "unclear", f"ask {row['id']}", row["part"])
        elif row["urgency"] == "none":
            trap = (row.get("trap") or [""])[0]
            kind = row.get("type") or "lookalike"
            yield Phrase(row["text"], "none", kind, f"{kind} {trap}{row.get('style')}", row["part"])
        else:
            kind = by_row.get(row.get("row") or "", "unclear")
            family = f"{row.get('row')} {row.get('condition')} {row.get('style')}"
            yield Phrase(row["text"], row["urgency"], kind, family, row["part"])


def _written(folder: Path) -> Iterator[Phrase]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.name != MESSAGES:
            for number, line in enumerate(path.read_text("utf-8").splitlines()):
                row = json.loads(line)
                family = f"{path.stem} {row.get('pair', f'alone {number}')}"
                yield Phrase(row["text"], row["level"], row["kind"], family, "written")


def _own(folder: Path, red_flags: RedFlags) -> Iterator[Phrase]:
    for path in sorted(folder.glob("*.yaml")):
        for kind, texts in yaml.safe_load(path.read_text("utf-8")).items():
            condition = red_flags.conditions.get(kind)
            level = condition.level if condition else "none"
            for number, text in enumerate(texts):
                yield Phrase(text, level, kind, f"own {kind} {number}", "own")


def _of_rules(red_flags: RedFlags) -> Iterator[Phrase]:
    for rule in red_flags.rules:
        for text in rule.matches if rule.level != "ask" else ():
            yield Phrase(text, rule.level, rule.condition, f"rule {rule.id}", "rules")
        for text in rule.does_not_match:
            yield Phrase(text, "none", "rules", f"rule {rule.id}", "rules")
