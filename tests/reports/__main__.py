"""``python -m tests.reports``: measures the check, the danger screen and the answers; writes docs/*.md."""

from pathlib import Path

from tests.reports import answers, danger_screen, dialogue

DOCS = Path(__file__).parents[2] / "docs"

if __name__ == "__main__":
    dialogue.write_report(DOCS / "symptom-check.md")
    danger_screen.write_report(DOCS / "danger-screen.md")
    answers.write_report(DOCS / "nutrient-answers.md")
