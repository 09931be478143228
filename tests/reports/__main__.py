"""``python -m tests.reports``: measures the danger screen and writes docs/danger-screen.md."""

from pathlib import Path

from tests.reports.danger_screen import write_report

if __name__ == "__main__":
    write_report(Path(__file__).parents[2] / "docs" / "danger-screen.md")
