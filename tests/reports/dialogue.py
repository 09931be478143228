"""Measures the symptom check on patient cases given as taps."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.files import DATA
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS, Script
from tgbot.domain import checkup

CASES = Path(__file__).parents[1] / "data"
SETS = {"cases.jsonl": "Cases", "cases_unseen.jsonl": "Unseen cases"}
HEAD = """# How well the symptom check does

Made by `make report`. Every case was written for this project as a story and as taps; none is a real
person, and no clinician has checked the labels.

- **Cases**: tests/data/cases.jsonl. The rules were tuned on these, so they look better than they are.
- **Unseen cases**: tests/data/cases_unseen.jsonl, written by somebody who saw neither the rules nor
  those cases. What was mended after the first reading is told in the changelog.

Targets: every emergency recognised, at most 5 % judged too low and none by two levels, an expected
group among the three named in at least 85 %. "Too low" is below every accepted level.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the check makes of its taps."""

    case: dict
    level: str
    groups: tuple[str, ...]
    taps: int

    @property
    def accepted(self) -> list[int]:
        """The levels that are right, as places in the order of levels."""
        return [LEVELS.index(one) for one in {self.case["level"], *self.case["acceptable"]}]

    @property
    def place(self) -> int:
        """The level that was given."""
        return LEVELS.index(self.level)


def write_report(path: Path) -> None:
    """Prints the report and writes it to ``path``."""
    script = load_checkup(DATA / "en" / "checkup")
    lines = [HEAD]
    lines += ["| set | cases | exact | accepted | too low | by two | too high | groups | taps |"]
    lines += ["| --- | --: | --: | --: | --: | --: | --: | --: | --: |"]
    sets = {title: list(judged(CASES / name, script)) for name, title in SETS.items()}
    lines += [_row(title, cases) for title, cases in sets.items()]
    for title, cases in sets.items():
        lines += ["", f"## {title} by level", "", *_by_level(cases), "", *_misses(cases)]
    text = "\n".join(lines)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    print(text)


def judged(path: Path, script: Script) -> Iterator[Judged]:
    """Every case of a file, judged."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line:
            case = json.loads(line)
            facts = checkup.read_facts(case["answers"], script)
            found = checkup.judge(facts, script)
            taps = checkup.count_taps(checkup.State(checkup.walk(facts, script)), script)
            groups = tuple(fit.group.id for fit in found.groups)
            yield Judged(case, found.level, groups, taps)


def is_too_low(one: Judged) -> bool:
    """Whether the level is below every accepted one."""
    return one.place < min(one.accepted)


def is_named(one: Judged) -> bool:
    """Whether an expected group is among those named."""
    return bool(set(one.groups) & set(one.case["groups"]))


def _row(title: str, cases: list[Judged]) -> str:
    with_groups = [one for one in cases if one.case["groups"]]
    taps = sorted(one.taps for one in cases)
    cells = (
        str(len(cases)),
        _share(one.level == one.case["level"] for one in cases),
        _share(one.place in one.accepted for one in cases),
        _share(map(is_too_low, cases)),
        str(sum(one.place < min(one.accepted) - 1 for one in cases)),
        _share(one.place > max(one.accepted) for one in cases),
        _share(map(is_named, with_groups)),
        f"{taps[len(taps) // 2]} ({taps[0]}-{taps[-1]})",
    )
    return f"| {title} | " + " | ".join(cells) + " |"


def _share(hits) -> str:
    found = list(hits)
    return f"{sum(found) / len(found):.3f}"


def _by_level(cases: list[Judged]) -> Iterator[str]:
    yield "| wanted | " + " | ".join(f"got {level}" for level in LEVELS) + " |"
    yield "| --- |" + " --: |" * len(LEVELS)
    for wanted in reversed(LEVELS):
        got = Counter(one.level for one in cases if one.case["level"] == wanted)
        yield f"| {wanted} | " + " | ".join(str(got[level]) for level in LEVELS) + " |"


def _misses(cases: list[Judged]) -> Iterator[str]:
    for one in cases:
        if is_too_low(one):
            yield f"- {one.case['id']}: {one.level} instead of {one.case['level']}: {one.case['why']}"
