"""Lays the danger screen's figures out as Markdown tables."""

from collections import Counter, defaultdict
from collections.abc import Iterator

LEVELS = {
    "emergency": "Emergency",
    "same_day": "To be seen today",
    "none": "Harmless",
    "ask": "Unclear",
}


def summary(columns) -> Iterator[str]:
    """Shares warned and asked, for each set of messages and each level."""
    yield "| messages | level | number | warned | asked | any | warned too low |"
    yield "| --- | --- | --: | --: | --: | --: | --: |"
    for name, outcomes in columns.items():
        for level, title in LEVELS.items():
            those = [one for one in outcomes if one.level == level]
            if those:
                yield f"| {name} | {title} | {len(those)} | {_shares(those)} |"
    yield ""


def _shares(outcomes) -> str:
    said = Counter(one.said.action.value for one in outcomes)
    low = sum(
        one.level == "emergency"
        and one.said.action.value == "warn"
        and one.said.level != "emergency"
        for one in outcomes
    )
    shares = (said["warn"], said["ask"], said["warn"] + said["ask"], low)
    return " | ".join(f"{count / len(outcomes):.3f}" for count in shares)


def groups(title: str, outcomes, harmless: bool) -> Iterator[str]:
    """Counts for each condition, or for each sort of harmless message."""
    by_kind = defaultdict(list)
    for one in outcomes:
        if one.level != "ask" and (one.level == "none") is harmless:
            by_kind[one.kind].append(one)
    yield f"## {title}\n"
    yield "Fresh half and own messages together, as written.\n"
    last = "left alone" if harmless else "missed"
    named = "" if harmless else " named |"
    yield f"| {'type' if harmless else 'condition'} | number | warned | asked | {last} |{named}"
    yield "| --- | --: | --: | --: | --: |" + ("" if harmless else " --: |")
    for kind, those in sorted(by_kind.items()):
        said = Counter(one.said.action.value for one in those)
        right = sum(
            one.said.action.value != "none" and kind in one.said.conditions for one in those
        )
        cells = [
            len(those),
            said["warn"],
            said["ask"],
            said["none"],
            *([] if harmless else [right]),
        ]
        yield f"| {kind} | " + " | ".join(map(str, cells)) + " |"
    yield ""
