"""``python -m tests.reports``: measures the check and the danger screen; writes docs/*.md."""

from pathlib import Path

from tests.reports import danger_screen, dialogue

DOCS = Path(__file__).parents[2] / "docs"

if __name__ == "__main__":
    dialogue.write_report(DOCS / "symptom-check.md")
    danger_screen.write_report(DOCS / "danger-screen.md")
