"""Reading content files: what is wrong is named with its file and place."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from content.files import ContentError, read_csv, read_yaml


@dataclass(frozen=True)
class Row:
    name: str
    amount: float


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2\n", "written twice: a"),
        ("a: [1\n", "not YAML"),
        ("- 1\n", "should be"),
    ],
)
def test_a_broken_file_is_named(tmp_path, text, words):
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(ContentError, match=words) as wrong:
        read_yaml(Mapping[str, int], path)
    assert str(wrong.value).startswith("x.yaml: ")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ContentError, match="the file is missing"):
        read_yaml(Mapping[str, int], tmp_path / "gone.yaml")


def test_a_wrong_cell_is_named_by_its_row(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("name,amount\nsalmon,14.2\ncod,much\n")
    with pytest.raises(ContentError, match=r"x\.csv: 1\.amount"):
        read_csv(Row, path)
