"""Runs the benchmarks: ``python -m tests.benchmarks [--quick] [name ...]``, all when none is named."""

import argparse
import asyncio
from functools import partial

from tests.benchmarks import danger, echo, reminders, screening, slow
from tests.benchmarks.figures import show_table

BENCHMARKS = {
    "echo": echo.run,
    "danger": danger.run,
    "slow": slow.run,
    "screening": screening.run,
    "reminders": reminders.run,
}


async def measure(names: list[str], *, quick: bool) -> None:
    benchmarks = {**BENCHMARKS, "reminders": partial(reminders.run, quick=quick)}
    rows = [row for name in names for row in await benchmarks[name]()]
    show_table(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="reminders: smaller sizes, one round")
    asked = parser.parse_args()
    names = asked.names or list(BENCHMARKS)
    for name in names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark {name}")
    asyncio.run(measure(names, quick=asked.quick))


if __name__ == "__main__":
    main()
