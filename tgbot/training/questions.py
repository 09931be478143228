"""``python -m tgbot.training.questions``: learns anew how to tell what a question asks."""

import hashlib
import json
import random
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Final

from scipy.sparse import csr_matrix, vstack
from sklearn.svm import LinearSVC

from content.files import DATA
from content.loading_nutrients import load_nutrients
from content.schema.nutrients import Nutrients, Router
from content.weights_questions import WEIGHTS, write_router
from tgbot.domain.questions.familiar import BITS as WORD_BITS
from tgbot.domain.questions.lexicon import lexicon_of
from tgbot.domain.questions.meaning import NO_NUTRIENT
from tgbot.domain.questions.question import Context, Intent
from tgbot.domain.questions.routing import BITS, FEATURES, counted
from tgbot.domain.questions.understanding import look, understand
from tgbot.domain.red_flags.score import Evidence
from tgbot.training.fitting import LARGEST, MOST_ROUNDS, rounded
from tgbot.training.slips import with_slips

QUESTIONS: Final = tuple(
    Path(__file__).parents[2] / "tests" / "data" / name
    for name in (
        "questions.jsonl",
        "questions_own.jsonl",
        "questions_more.jsonl",
        "questions_apart.jsonl",
        "questions_off.jsonl",
        "questions_everyday.jsonl",
    )
)
FOLDER: Final = DATA / "en" / "nutrients"
FOLDS: Final = 5
COST: Final = 0.1
"""How much a wrong example costs against large weights."""
TURNED_AWAY: Final = 0.2
"""What speaks for off topic beforehand: on questions that nothing was learned from it finds 0.81 to
1.00 of it instead of 0.79 to 0.96, and turns about 0.02 of the real ones away; more turns too many away."""
UNSURE: Final = 0.15
"""The lead over the next intent below which the person is asked what they mean."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question with its evidence: a row as written, and one with typing slips."""

    id: str
    text: str
    after: str | None
    intent: str
    near: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def ours(self) -> bool:
        """Whether its words are those of a question that the bot answers."""
        return Intent(self.intent) not in NO_NUTRIENT

    @property
    def fold(self) -> int:
        """The fold it is left out with."""
        return fold_of(self.text)


def fold_of(text: str) -> int:
    """The fold of a question; the same words share one."""
    return zlib.crc32(text.casefold().encode()) % FOLDS


def read_questions(paths: Iterable[Path], catalogue: Nutrients, seed: int = 7) -> list[Asked]:
    """All questions of the files, with their evidence."""
    chance = random.Random(seed)  # noqa: S311 - made-up slips, not a secret
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return [_asked(json.loads(line), catalogue, chance) for line in lines]


def context_of(after: str | None, catalogue: Nutrients) -> Context | None:
    """What an earlier question leaves behind."""
    return Context.of(understand(after, catalogue, None)) if after else None


def learn_router(known: Sequence[Asked], stamp: str) -> Router:
    """The router to ship. The same questions always give the same weights."""
    intents, words = sorted({one.intent for one in known}), words_known(known)
    rows = {id(one): _matrix(one, words) for one in known}
    bases, scales, weights = [], [], array("b")
    for intent in intents:
        # What may as well have this intent says nothing against it.
        clear = [one for one in known if one.intent == intent or intent not in one.near]
        machine = LinearSVC(C=COST, dual=True, max_iter=MOST_ROUNDS, random_state=0)
        machine.fit(
            vstack([rows[id(one)] for one in clear]),
            [one.intent == intent for one in clear for _ in range(2)],
        )
        table, scale = rounded(machine.coef_[0].tolist())
        ahead = TURNED_AWAY if intent == Intent.off_topic else 0.0
        bases.append(float(machine.intercept_[0]) + ahead)
        scales.append(scale)
        weights.extend(table)
    return Router(stamp, tuple(intents), tuple(bases), tuple(scales), UNSURE, weights, words)


def words_known(known: Iterable[Asked]) -> Sequence[int]:
    """In how many of our questions each word stands, by its place."""
    table = array("b", bytes(1 << WORD_BITS))
    for one in known:
        for place in one.evidence[0].kinds if one.ours else ():
            table[place] = min(LARGEST, table[place] + 1)
    return table


def without(fold: int, known: Iterable[Asked]) -> list[Asked]:
    """All questions but those of one fold."""
    return [one for one in known if one.fold != fold]


def stamp_now() -> str:
    """The hash of what the weights were learned from: words, questions, and the features."""
    words = sorted((FOLDER / "words").glob("*.yaml"))
    digest = hashlib.sha256(f"features {FEATURES}".encode())
    for path in (*words, *QUESTIONS):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Learns from all questions of the repository; takes some seconds on one core."""
    catalogue = load_nutrients(FOLDER, routed=False)
    known = read_questions(QUESTIONS, catalogue)
    path = FOLDER / "words" / WEIGHTS
    write_router(learn_router(known, stamp_now()), path)
    sys.stdout.write(f"{len(known)} questions, {path.stat().st_size} bytes\n")


def _asked(row: dict[str, object], catalogue: Nutrients, chance: random.Random) -> Asked:
    lexicon = lexicon_of(catalogue)
    text, after = str(row["text"]), row["after"]
    context = context_of(str(after), catalogue) if after else None
    near, slipped = row["intent_alt"], with_slips(text, chance)
    return Asked(
        id=str(row["id"]),
        text=text,
        after=str(after) if after else None,
        intent=str(row["intent"]),
        near=tuple(map(str, near)) if isinstance(near, list) else (),
        evidence=tuple(look(one, lexicon, context).evidence for one in (text, slipped)),
    )


def _matrix(asked: Asked, known: Sequence[int]) -> csr_matrix:
    rows = [sorted(counted(one, known, own=int(asked.ours)).items()) for one in asked.evidence]
    starts = list(accumulate(map(len, rows), initial=0))
    places = [place for row in rows for place, _ in row]
    counts = [count for row in rows for _, count in row]
    return csr_matrix((counts, places, starts), shape=(len(rows), 1 << BITS))


if __name__ == "__main__":
    main()
