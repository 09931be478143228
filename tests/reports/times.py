"""Measures how answers to "when?" and "where are you?" are read, and lists what is read otherwise."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tgbot.domain.places import AskWhich, Gazetteer, PlaceReply, Unknown, find_zones
from tgbot.domain.red_flags import ScreenAction, Screening, screen
from tgbot.domain.times import AskBack, NotATime, Reply, parse_when
from tgbot.services.knowledge import Knowledge

DATA = Path(__file__).parents[1] / "data"
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DANGER = {"reject": "danger_first"}
AIMS = {"times.jsonl": 0.97, "places.jsonl": 0.95}
HEAD = """# How times and places are read

Made by `make report`. Every line was written for this project; none is a real person's. The readers
were written with these lines at hand, so they look better than they are. A reading counts as right
when it is the labelled one or one that is marked acceptable; a guess from the time on somebody's
clock may offer more zones than the labelled ones.

A line with a danger sign has to be caught by the danger screen, which the bot runs before it reads
anything. "With the screen" counts those that it warns of or asks about; "the reader alone" counts none
of them. Where the screen finds the sign and takes it for a mere mention, the bot puts a line with the
emergency number above its answer; that is not counted as caught.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled line, what the reader makes of it, and what the bot does with the screen before it."""

    row: dict
    read: object
    right: bool
    screen: Screening

    @property
    def caught(self) -> bool:
        """Whether it names a danger, and the screen warns or asks before anything is read."""
        return self.row["result"] == DANGER and self.screen.action is not ScreenAction.NONE

    @property
    def aside(self) -> str:
        """What the screen does about a line that is read otherwise."""
        if self.caught:
            return " (caught by the danger screen)"
        return " (a line about the danger above the answer)" if self.screen.conditions else ""


def write_report(path: Path) -> None:
    """Prints the report and writes it to ``path``."""
    knowledge = Knowledge.read()
    sets = {
        "times.jsonl": judged("times.jsonl", read_time, knowledge),
        "places.jsonl": judged("places.jsonl", read_place, knowledge),
    }
    text = "\n".join((HEAD, *_table(sets), *_misses(sets)))
    path.write_text(text.rstrip() + "\n", encoding="utf-8")
    print(text)


def judged(
    name: str, read: Callable[[dict, Gazetteer], tuple[object, bool]], knowledge: Knowledge
) -> list[Judged]:
    """Every line of a file, read."""
    found = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        got, right = read(row, knowledge.gazetteer)
        found.append(Judged(row, got, right, screen(row["text"], knowledge.rules)))
    return found


def read_time(row: dict, _places: Gazetteer | None = None) -> tuple[object, bool]:
    """An answer to "when?" in the words of the labels, and whether it is as labelled."""
    got = time_label(parse_when(row["text"], datetime.fromisoformat(row["now"].split()[0])))
    return got, got in (row["result"], *row["acceptable"])


def time_label(reply: Reply) -> dict:
    """A reading of a time in the words of the labels."""
    match reply:
        case AskBack():
            return {"ask": str(reply.what)}
        case NotATime():
            return {"reject": str(reply.reason)}
    start, end = (f"{t:%H:%M}" for t in reply.window) if reply.window else (None, None)
    days = [DAY_NAMES[d] for d in sorted(reply.days)] if reply.days else "daily"
    return {
        "kind": str(reply.kind),
        "times": [f"{t:%H:%M}" for t in reply.times],
        "days": [] if reply.date else days,
        "every_minutes": reply.every_minutes,
        "from": start,
        "to": end,
        "date": str(reply.date) if reply.date else None,
    }


def read_place(row: dict, places: Gazetteer) -> tuple[object, bool]:
    """An answer to "where are you?" in the words of the labels, and whether it is as labelled."""
    reply = find_zones(row["text"], places, datetime.fromisoformat(row["now_utc"]))
    return place_label(reply), is_as_labelled(reply, row)


def place_label(reply: PlaceReply) -> dict:
    """A reading of a place in the words of the labels."""
    match reply:
        case AskWhich():
            return {"ask": str(reply.what)}
        case Unknown():
            return {"reject": str(reply.reason)}
    return {"zones": list(reply.zones)}


def is_as_labelled(reply: PlaceReply, row: dict) -> bool:
    """Whether the reading is the labelled one; a guess from a clock may offer more zones."""
    wanted = [row["result"], *row["acceptable"]]
    label = place_label(reply)
    if "zones" not in label:
        return label in wanted
    offset = row["result"].get("offset_minutes")
    if offset is not None and reply.offset_minutes == offset:
        return set(row["result"]["zones"]) <= set(label["zones"])
    return label["zones"] in [one.get("zones") for one in wanted]


def _table(sets: dict[str, list[Judged]]) -> Iterator[str]:
    yield "| file | lines | with the screen | the reader alone | aim |"
    yield "| --- | --: | --: | --: | --: |"
    for name, found in sets.items():
        both = sum(one.right or one.caught for one in found) / len(found)
        alone = sum(one.right for one in found) / len(found)
        yield f"| {name} | {len(found)} | {both:.3f} | {alone:.3f} | {AIMS[name]:.2f} |"


def _misses(sets: dict[str, list[Judged]]) -> Iterator[str]:
    for name, found in sets.items():
        yield f"\n## Read otherwise in {name}\n"
        missed = [one for one in found if not one.right]
        for one in missed:
            wanted, got = json.dumps(one.row["result"]), json.dumps(one.read)
            yield f"- {one.row['id']} `{one.row['text']}`: wanted `{wanted}`, read `{got}`{one.aside}"
        if not missed:
            yield "None."
