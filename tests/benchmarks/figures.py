"""Percentiles, and how results are printed: one JSON line each, then a table."""

import json
import sys
from collections.abc import Sequence
from math import ceil
from typing import Any


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; for 100 values p99 is the second largest."""
    ordered = sorted(values)
    return ordered[max(0, ceil(percent / 100 * len(ordered)) - 1)]


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds: middle, 99th percentile, largest; and how many there were."""
    return {
        "count": len(seconds),
        "p50_ms": round(percentile(seconds, 50) * 1000, 1),
        "p99_ms": round(percentile(seconds, 99) * 1000, 1),
        "max_ms": round(max(seconds) * 1000, 1),
    }


def show_line(row: dict[str, Any]) -> dict[str, Any]:
    """Prints a result at once and hands it back for the table."""
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()
    return row


def show_table(rows: Sequence[dict[str, Any]]) -> None:
    """Prints results with the same fields under each other."""
    for fields in dict.fromkeys(tuple(row) for row in rows):
        cells = [fields, *([str(row[f]) for f in fields] for row in rows if tuple(row) == fields)]
        widths = [max(len(line[i]) for line in cells) for i in range(len(fields))]
        sys.stdout.write("\n")
        for line in cells:
            padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            sys.stdout.write("  ".join(padded).rstrip() + "\n")
