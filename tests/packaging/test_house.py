"""The house rules that a machine can hold: sizes, names, links, commands."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("tgbot", "handlers", "content", "alembic")
    for path in (ROOT / folder).rglob("*.py")
]
FORBIDDEN = {"utils", "util", "misc", "helpers", "helper", "common"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


def test_no_room_is_a_junk_drawer():
    assert not [path for path in CODE if path.stem in FORBIDDEN]


def test_every_link_in_the_docs_leads_somewhere():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_runtime_dependency_has_a_line_of_why():
    import tomllib  # noqa: PLC0415 - only here

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[\[><=]", line)[0].lower() for line in project["dependencies"]}
    page = (ROOT / "docs/adr/0002-runtime-dependencies.md").read_text()
    explained = {row.lower() for row in re.findall(r"^\| ([\w-]+)", page, re.MULTILINE)} - {
        "dependency"
    }
    assert explained == names


def test_the_readme_names_every_command():
    from typer.main import get_command  # noqa: PLC0415 - only here

    from tgbot.cli import app  # noqa: PLC0415

    readme = (ROOT / "README.md").read_text()
    for name in get_command(app).commands:
        assert f"`tgbot {name}" in readme


def test_nothing_committed_names_a_place_of_this_machine():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    telltale = re.compile(r"/(?:root|home)/\w|/opt/\w|\d{8,10}:AA[\w-]{20,}")
    for name in listed:
        path = ROOT / name
        if path.suffix not in {".png", ".lock"} and path.exists() and path != Path(__file__):
            assert not telltale.search(path.read_text(errors="replace")), name
