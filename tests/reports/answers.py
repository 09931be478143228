"""Measures whether answers say what they must: each question's patterns against the bot's reply."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tgbot.services.asking import ask
from tgbot.services.knowledge import Knowledge

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"
HEAD = """# Whether answers say what they must

Made by `make report`. Every question was written for this project; none comes from a real person, and
no clinician has checked the labels. `must_say` are patterns that the answer has to match: the number
for that person, the doctor to ask, the limit that a dose is above, or that the bot does not know.
The whole reply is judged, with the danger screen before it, as a person would read it. The answers
were tuned on these questions, so they look better than they are. "Said" is the share of patterns
that matched, "all said" the share of questions of which every pattern did.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the reply to it and the patterns that the reply lacks."""

    question: dict
    intent: str
    reply: str
    missing: tuple[str, ...]


def write_report(path: Path) -> None:
    """Prints the report and writes it to ``path``."""
    found = judged(Knowledge.read())
    text = "\n".join((HEAD, *_table(found), "", *_misses(found)))
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    print(text)


def judged(knowledge: Knowledge) -> list[Judged]:
    """Every question that has something to be said, with its reply."""
    return [judge(each, knowledge) for each in questions() if each["must_say"]]


def questions() -> list[dict]:
    """All questions, labelled with what the answer must hold."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def judge(question: dict, knowledge: Knowledge) -> Judged:
    """One question asked as a person would ask it."""
    after = [question["after"]] if question["after"] else []
    asked = ask(knowledge, question["text"], after)
    said = "\n".join((asked.reply, *asked.buttons))
    missing = [each for each in question["must_say"] if not re.search(each, said, re.IGNORECASE)]
    return Judged(question, asked.intent, asked.reply, tuple(missing))


def share(found: list[Judged]) -> float:
    """The share of all patterns that were matched."""
    wanted = sum(len(each.question["must_say"]) for each in found)
    return 1 - sum(len(each.missing) for each in found) / wanted


def _table(found: list[Judged]) -> Iterator[str]:
    by_intent = defaultdict(list)
    for each in found:
        by_intent[each.question["intent"]].append(each)
    yield "| intent | questions | patterns | said | all said |"
    yield "| --- | --: | --: | --: | --: |"
    for intent, those in [*sorted(by_intent.items()), ("all", found)]:
        patterns = sum(len(each.question["must_say"]) for each in those)
        whole = sum(not each.missing for each in those) / len(those)
        yield f"| {intent} | {len(those)} | {patterns} | {share(those):.3f} | {whole:.3f} |"


def _misses(found: list[Judged]) -> Iterator[str]:
    yield "## Not said"
    yield ""
    for each in found:
        if each.missing:
            listed = " · ".join(f"`{pattern}`" for pattern in each.missing)
            yield f"- {each.question['id']} ({each.question['intent']}, read as {each.intent}): {listed}"
