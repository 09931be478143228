"""``python -m tests.reports``: measures check, danger screen, answers and times; writes their pages in docs."""

from pathlib import Path

from tests.reports import answers, danger_screen, dialogue, questions, times

DOCS = Path(__file__).parents[2] / "docs"

if __name__ == "__main__":
    dialogue.write_report(DOCS / "symptom-check.md")
    questions.write_report(DOCS / "nutrient-questions.md")
    answers.write_report(DOCS / "nutrient-answers.md")
    times.write_report(DOCS / "times-and-places.md")
    danger_screen.write_report(DOCS / "danger-screen.md")
