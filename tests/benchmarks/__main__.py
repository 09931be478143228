"""Runs the benchmarks: ``python -m tests.benchmarks [echo] [danger] [slow] [screening]``, all when none is named."""

import argparse
import asyncio

from tests.benchmarks import danger, echo, screening, slow
from tests.benchmarks.figures import show_table

BENCHMARKS = {
    "echo": echo.run,
    "danger": danger.run,
    "slow": slow.run,
    "screening": screening.run,
}


async def measure(names: list[str]) -> None:
    rows = [row for name in names for row in await BENCHMARKS[name]()]
    show_table(rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="echo, danger, slow or screening")
    names = parser.parse_args().names or list(BENCHMARKS)
    for name in names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark {name}")
    asyncio.run(measure(names))


if __name__ == "__main__":
    main()
