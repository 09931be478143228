"""Measures how nutrient questions are understood, each by weights that never saw it."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isnan, nan
from pathlib import Path

from content.files import DATA
from content.loading_nutrients import load_nutrients
from content.schema.nutrients import Nutrients
from tgbot.domain.questions import Question, understand
from tgbot.domain.questions.question import PersonHint
from tgbot.training.questions import (
    FOLDS,
    QUESTIONS,
    context_of,
    fold_of,
    learn_router,
    read_questions,
    stamp_now,
    without,
)

FOLDER = DATA / "en" / "nutrients"
UNSEEN = Path(__file__).parents[1] / "data" / "questions_unseen.jsonl"
EXAM = UNSEEN.with_name("questions_exam.jsonl")
SECOND = UNSEEN.with_name("questions_second_exam.jsonl")
ASIDE = frozenset({"off_topic", "smalltalk"})
LEVELS = {"dose": "dose", "intake": "dose", "food_amount": "dose", "fluid": "dose"}
WEIGHTS = {"body_weight": "weight"}
COUNTED = frozenset(
    {"tablets", "capsules", "lozenges", "scoops", "sachets", "spoons", "tbsp", "tubes", "cans"}
)
"""Units that only count; how many is read as a count, or as the times of a dose that is told."""
UNREAD = frozenset({"medicine_dose", "height", "target"})
"""Numbers that are not a nutrient's and are left aside on purpose."""
A_CHILD = PersonHint(child=True)
"""Only that a child is meant, which the labels do not tell."""
TITLES = {
    "nutrients": "nutrient set exact",
    "strict": "intent, strict",
    "near": "intent, near ones accepted",
    "off_topic": "off-topic recognised",
    "rejected": "real questions rejected",
    "person": "person right, where one is told",
    "nobody": "no person, where none is told",
    "numbers": "numbers right, where there are some",
    "silent": "no number, where there is none",
    "unsure": "asked with buttons",
}
HEAD = """# How well nutrient questions are understood

Made by `make report` on {date}. Every question was written for this project; none is a real
person's.

- **Questions**: the {first} of tests/data/questions.jsonl. The rules and the lists of words were
  written with these at hand, so what they find looks better than it is.
- **Own**: the {own} of tests/data/questions_own.jsonl, with many messages that only look like ours.
- **More**: the {more} of tests/data/questions_more.jsonl, written by three writers from the style of
  the first set alone. What they showed was later mended by class, so they are no longer unseen.
- **Apart**: the {apart} of tests/data/questions_apart.jsonl, by two writers who knew none of the lists:
  mostly questions that name no nutrient, doses and blood results, and messages that only look like
  ours. At the first reading, slice by slice before anything was learned from a slice, they gave:
  nutrient set 0.751, intent 0.612 strict and 0.695 near, off-topic 0.662. The state before the words,
  signs and numbers were widened gave 0.722, 0.586, 0.664 and 0.629 on all of them. Their slices that
  name no nutrient are meant to be hard: 0.251 of 251 had the exact set (0.167 before), while of the
  last 240, of ordinary difficulty, 0.833 had it (0.804 before). Then they were learned from.
- **Unseen**: the {unseen} of tests/data/questions_unseen.jsonl, written by somebody else. The router
  learned nothing from them, but their misses were read while the words were widened, so only the
  first reading counts: nutrient set 0.904, intent 0.819 strict and 0.892 near, off-topic 0.870,
  rejected 0.013, person 0.854, numbers 0.700.
- A count of tablets or spoons is judged as a count where no dose is told, and left aside where one
  is; only that a child is meant counts as nobody. Figures of numbers before that change are not
  comparable: by the earlier judge these sets give 0.872, 0.949, 0.831, 0.736 and 0.833.
- The off-topic words of rules.yaml were partly written from the misses of Apart and Unseen, so their
  figures for off-topic look better than they are; 0.762 is what the last unread slice gave.
- **Off**: the {off} of tests/data/questions_off.jsonl, by a writer who knew none of the lists, all of
  them off topic and most with a word of ours in them. At the first reading, before anything was
  learned from them, 0.700 were recognised.
- **Everyday**: the {everyday} of tests/data/questions_everyday.jsonl, by another such writer, all of
  them real questions with something of daily life, or of another tongue, in them. At the first
  reading: nutrient set 0.802, intent 0.669 strict and 0.702 near, rejected 0.072, person 0.726,
  numbers 0.664. Both files were then learned from, and some classes of persons and numbers mended.
  One sentence that stands in Exam as well was taken out.
- **Exam**: the {exam} of tests/data/questions_exam.jsonl, by two more writers. Nothing is learned from
  them. At the first reading, before Off and Everyday were there: nutrient set 0.875, intent 0.793
  strict and 0.861 near, off-topic 0.723 of 47, rejected 0.022, person 0.934, numbers 0.872. Their misses
  were then read and mended by class, some rules of reminders, smalltalk, pets and roles among them, and
  they were at hand while the share turned away was chosen. So all figures below look better than they
  are, and only the first reading counts.
- **Second**: the {second} of tests/data/questions_second_exam.jsonl, written last, in the mix and style of
  Questions, by somebody who saw nothing else, and read once with all else done: nutrient set 0.950,
  intent 0.917 strict and 0.967 near, off-topic 12 of 12, rejected 0.000, person 0.933, numbers 0.833 (two
  of the three wrong ones by the label, which calls a drink of 1.5 litres a level). One thing was mended
  after that: weeks since an operation are not weeks of carrying a child.
- What is off topic is told by how strange a message's words are as well. By the same folds that found
  a hundredth more of it at the same share of real questions rejected. Words beside a nutrient with
  its name kept, word places twice as many, and a larger or smaller cost brought nothing.
- A learned choice of nutrients where the tables give none was right for 61 of the 106 messages it
  would have decided and made 0.003 of all questions better, for weights as large again. It was left
  out, as before.
- The router is learned in {folds} folds, so no question is judged by weights that saw it. What the
  weights say is judged with the rules, as the bot does it. The shipped weights are {fresh}.
- Once, before anyone had read them, the half of the questions that was held back (444) gave:
  nutrient set 0.854, intent 0.788 strict and 0.863 near, off-topic 0.900, rejected 0.020. What it
  showed was then mended, so no half is unseen any more. Before all this work the same half gave
  0.842, 0.705, 0.779, 0.800 and 0.030.

Targets on unseen questions: nutrient set 0.95, intent 0.80 strict and 0.90 with near ones,
off-topic 0.90, at most 0.04 of the real questions rejected.

"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled question and what was made of it."""

    row: dict
    found: Question


def write_report(path: Path) -> None:
    """Prints the report and writes it to ``path``; takes about half a minute."""
    catalogue = load_nutrients(FOLDER)
    sets = judged_by_folds(replace(catalogue, router=None))
    for path_apart in (UNSEEN, EXAM, SECOND):
        sets[path_apart.stem] = [
            Judged(row, understand(row["text"], catalogue, context_of(row["after"], catalogue)))
            for row in rows_of(path_apart)
        ]
    fresh = "of this state" if catalogue.router.stamp == stamp_now() else "OLDER than the words"
    first, own, more, apart, off, everyday, unseen, exam, second = map(len, sets.values())
    date = datetime.now(UTC).date()
    text = HEAD.format(
        date=date,
        first=first,
        own=own,
        more=more,
        apart=apart,
        off=off,
        everyday=everyday,
        unseen=unseen,
        exam=exam,
        second=second,
        folds=FOLDS,
        fresh=fresh,
    )
    shares = {name: figures(those) for name, those in sets.items()}
    text += "| | Questions | Own | More | Apart | Off | Everyday | Unseen | Exam | Second |\n"
    text += f"| --- {'| --: ' * len(shares)}|\n"
    for key, title in TITLES.items():
        text += f"| {title} | {' | '.join(_shown(each[key]) for each in shares.values())} |\n"
    text += "\n".join(["", "## Intents of all sets", "", *_by_intent(sets.values())]) + "\n"
    path.write_text(text, encoding="utf-8")
    print(text)


def _shown(share: float) -> str:
    return "–" if isnan(share) else f"{share:.3f}"


def judged_by_folds(bare: Nutrients) -> dict[str, list[Judged]]:
    """Every question of each file, by a router that was learned without its fold."""
    known = read_questions(QUESTIONS, bare)
    routed = [
        replace(bare, router=learn_router(without(fold, known), f"without {fold}"))
        for fold in range(FOLDS)
    ]
    return {path.stem: [_judged(row, routed) for row in rows_of(path)] for path in QUESTIONS}


def rows_of(path: Path) -> list[dict]:
    """The labelled questions of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _judged(row: dict, routed: Sequence[Nutrients]) -> Judged:
    catalogue = routed[fold_of(row["text"])]
    return Judged(row, understand(row["text"], catalogue, context_of(row["after"], catalogue)))


def figures(those: Sequence[Judged]) -> dict[str, float]:
    """The shares that the report shows."""
    real = [one for one in those if not ASIDE & {one.row["intent"], *one.row["intent_alt"]}]
    return {
        "nutrients": _share(set(one.found.nutrients) == set(one.row["nutrients"]) for one in those),
        "strict": _share(one.found.intent == one.row["intent"] for one in those),
        "near": _share(is_near(one) for one in those),
        "off_topic": _share(
            one.found.intent in ASIDE for one in those if one.row["intent"] == "off_topic"
        ),
        "rejected": _share(one.found.intent in ASIDE for one in real),
        "person": _share(_same_person(one) for one in those if one.row["person"]),
        "nobody": _share(
            one.found.person in (None, A_CHILD) for one in those if not one.row["person"]
        ),
        "numbers": _share(_read(one) == _told(one) for one in those if _told(one)),
        "silent": _share(not one.found.values for one in those if not one.row["values"]),
        "unsure": _share(not one.found.sure for one in those),
    }


def is_near(one: Judged) -> bool:
    """Whether the intent is the label's or one of those that are as good."""
    return one.found.intent in {one.row["intent"], *one.row["intent_alt"]}


def _share(hits) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else nan


def _same_person(one: Judged) -> bool:
    told, read = one.row["person"], one.found.person
    if read is None:
        return False
    if (told["sex"], told["pregnant"], told["lactating"]) != (
        read.sex,
        read.pregnant,
        read.lactating,
    ):
        return False
    if told["age"] is None or read.age is None:
        return told["age"] is read.age
    return abs(told["age"] - read.age) < 0.1


def _told(one: Judged) -> Counter:
    told = [value for value in one.row["values"] if value["what"] not in UNREAD]
    amounts = [value for value in told if value.get("unit") not in COUNTED]
    return Counter((float(value["value"]), _what(value)) for value in amounts or told)


def _what(value: dict) -> str:
    if value.get("unit") in COUNTED:
        return "count"
    return LEVELS.get(value["what"], WEIGHTS.get(value["what"], "level"))


def _read(one: Judged) -> Counter:
    return Counter((value.number, value.what) for value in one.found.values)


def _by_intent(sets) -> Iterator[str]:
    yield "| intent | questions | strict | near | taken for |"
    yield "| --- | --: | --: | --: | --- |"
    all_of_them = [one for those in sets for one in those]
    for intent in sorted({one.row["intent"] for one in all_of_them}):
        those = [one for one in all_of_them if one.row["intent"] == intent]
        wrong = Counter(one.found.intent.value for one in those if not is_near(one))
        taken = ", ".join(f"{name} {count}" for name, count in wrong.most_common(3))
        strict = _share(one.found.intent == intent for one in those)
        near = _share(map(is_near, those))
        yield f"| {intent} | {len(those)} | {strict:.3f} | {near:.3f} | {taken} |"
