"""The wheel holds what the checkout holds, and an installed bot finds its parts."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONLY_FOR_LEARNING = ("tgbot/training/", "content/data/en/red_flags/corpus/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def tracked(*folders):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return {name for name in listed.split("\n") if name and (ROOT / name).exists()}


def test_the_wheel_holds_every_file_of_the_packages_and_the_migrations(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        name
        for name in tracked("tgbot", "handlers", "content")
        if not name.startswith(ONLY_FOR_LEARNING)
    }
    expected |= {
        f"tgbot/_migrations/{name.removeprefix('alembic/')}" for name in tracked("alembic")
    }
    assert inside == expected


def test_an_installed_bot_migrates_and_answers(wheel, tmp_path):
    """Unpacked as an installation would be, with the checkout out of reach."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {"PYTHONPATH": str(tmp_path / "site"), "TGBOT_STATE_DIR": str(tmp_path / "s")}

    def run(*arguments, given=""):
        code = (
            "import sys, pathlib; "
            # An editable install of the checkout must not answer in the wheel's place.
            "sys.meta_path = [f for f in sys.meta_path if 'Editable' not in type(f).__name__]; "
            "import tgbot; assert 'site/tgbot' in tgbot.__file__, tgbot.__file__; "
            f"sys.argv = ['tgbot', *{arguments!r}]; from tgbot.cli import main; main()"
        )
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path, env=environment, input=given, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    run("migrate")
    assert (tmp_path / "s" / "surefoot.db").exists()
    assert "mcg" in run("ask", "--jsonl", given='{"id": 1, "text": "how much vitamin d at 72?"}\n')


def test_the_lock_file_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--index-url" not in lock
    assert lock.count("==") > 50
    assert all("--hash=sha256:" in block for block in lock.split("\n\n") if "==" in block)


def test_alembic_has_no_init():
    assert not list((ROOT / "alembic").rglob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))
