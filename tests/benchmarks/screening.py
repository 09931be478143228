"""Speed and memory of the danger screen, beside a plain pattern of danger words with ``re``.

The peer looks for the same words in one regular expression and understands nothing of scope: the
least that any screen would do.
"""

import json
import re
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import percentile, show_line

UNSEEN = Path(__file__).parents[1] / "data" / "screen_unseen.jsonl"
ROUNDS = 5
LONGEST = 4096
WORST = (
    "my left leg is not numb but my face drooped, no fever, can I walk? ",
    "leg arm face ",
    "a? ",
)


async def run() -> list[dict[str, Any]]:
    """One message at a time, then the longest message that Telegram sends in several shapes."""
    before = _resident()
    from content.files import DATA  # noqa: PLC0415 - what loading adds to memory is measured
    from content.loading_red_flags import load_red_flags  # noqa: PLC0415
    from tgbot.domain.red_flags import compile_rules, screen  # noqa: PLC0415

    rules = compile_rules(load_red_flags(DATA / "en" / "red_flags"))
    texts = [json.loads(line)["text"] for line in UNSEEN.read_text("utf-8").splitlines()]
    words = sorted(rules.lexicon.words, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    ours = _times(lambda text: screen(text, rules), texts)
    added = _resident() - before
    peer = _times(pattern.findall, texts)
    rows = [
        show_line({
            "benchmark": "screening", "messages": len(texts), "p50_ms": round(percentile(ours, 50), 2),
            "p99_ms": round(percentile(ours, 99), 2), "re_p50_ms": round(percentile(peer, 50), 2),
            "ratio": round(percentile(ours, 50) / percentile(peer, 50), 2),
            "added_mb": round(added, 1),
        })
    ]  # fmt: skip
    for shape in WORST:
        whole = (shape * LONGEST)[:LONGEST]
        half, full = (
            _median(lambda t: screen(t, rules), whole[:n]) for n in (LONGEST // 2, LONGEST)
        )
        rows.append(
            show_line({
                "benchmark": "screening longest", "shape": shape.strip()[:20],
                "ms": round(full, 1), "ratio_to_half": round(full / half, 2),
            })
        )  # fmt: skip
    return rows


def _times(call: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds of one core for each text: the median of some rounds."""
    return [_median(call, text) for text in texts]


def _median(call: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        call(text)
        taken.append((time.thread_time() - began) * 1000)
    return statistics.median(taken)


def _resident() -> float:
    """Megabytes that this process has used at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
