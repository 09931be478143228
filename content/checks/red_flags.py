"""Says what is wrong with the danger screen's content, one plain sentence each."""

from collections import Counter
from collections.abc import Iterator

from content.schema.red_flags import RedFlags


def problems(red_flags: RedFlags) -> Iterator[str]:
    """Every flaw that can be seen without screening a message."""
    yield from _repeated(red_flags)
    yield from _unknown(red_flags)
    yield from _unproved(red_flags)
    yield from _unreadable(red_flags)
    yield from _unused(red_flags)


def _repeated(red_flags: RedFlags) -> Iterator[str]:
    for rule, count in Counter(rule.id for rule in red_flags.rules).items():
        if count > 1:
            yield f"red_flags: rule {rule} stands there {count} times"
    for rank, count in Counter(c.rank for c in red_flags.conditions.values()).items():
        if count > 1:
            yield f"red_flags: {count} conditions share rank {rank}"


def _unknown(red_flags: RedFlags) -> Iterator[str]:
    for rule in red_flags.rules:
        if rule.condition not in red_flags.conditions:
            yield f"red_flags: rule {rule.id} names an unknown condition {rule.condition}"
    for name in (*red_flags.background, *red_flags.insistent):
        if name not in red_flags.concepts:
            yield f"red_flags: background or insistent names an unknown concept {name}"


def _unproved(red_flags: RedFlags) -> Iterator[str]:
    for rule in red_flags.rules:
        if not rule.matches or not rule.does_not_match:
            yield f"red_flags: rule {rule.id} needs phrases that match and that do not"
        if not rule.source:
            yield f"red_flags: rule {rule.id} has no source"


def _unreadable(red_flags: RedFlags) -> Iterator[str]:
    """Words that no message can contain, because reading turns them into another word."""
    short = red_flags.spelling.short_forms
    for name, patterns in red_flags.concepts.items():
        for word in {w for p in patterns for step in p.split() for w in step.split("|")}:
            if word in short and short[word] != word:
                yield f"red_flags: concept {name}: {word!r} is read as {short[word]!r}"


def _unused(red_flags: RedFlags) -> Iterator[str]:
    ranked = {rule.condition for rule in red_flags.rules}
    for condition in red_flags.conditions:
        if condition not in ranked and condition != "tia_recent":
            yield f"red_flags: no rule leads to condition {condition}"
