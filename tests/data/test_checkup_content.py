"""The symptom check's content is whole, and the checks find what is broken."""

from dataclasses import replace

import pytest

from content.checks.checkup import problems
from content.files import DATA, ContentError, read_yaml
from content.loading_checkup import load_checkup
from content.schema.checkup import LEVELS, Choice, Rule

FOLDER = DATA / "en" / "checkup"
SCRIPT = load_checkup(FOLDER)


def test_the_content_has_no_problems():
    assert list(problems(SCRIPT)) == []


def test_all_levels_have_words():
    assert set(SCRIPT.outcomes) == set(LEVELS)


def test_every_source_says_whether_it_was_read():
    words = read_yaml(dict[str, str], DATA / "en" / "messages" / "checkup.yaml")
    for source in SCRIPT.sources.values():
        assert f"status_{source.status}" in words
        assert source.url or source.status == "from-knowledge"


def changed_rule(**values):
    return replace(SCRIPT, rules=(replace(SCRIPT.rules[0], **values), *SCRIPT.rules[1:]))


def changed_screen(**values):
    return replace(SCRIPT, screens=(SCRIPT.screens[0], replace(SCRIPT.screens[1], **values)))


BROKEN = [
    (changed_rule(sources=()), "rule U1"),
    (changed_rule(sources=("NOBODY",)), "there is no source NOBODY"),
    (changed_rule(because=" "), "has no sentence"),
    (changed_rule(when=()), "has no condition"),
    (changed_rule(when=({"T1": ("zz",)},)), "question T1 has no option zz"),
    (changed_rule(when=({"T99": ("a",)},)), "there is no question T99"),
    (changed_rule(id="U4"), "rule U4: the id is used 2 times"),
    (changed_screen(why=""), "screen T1: why has no words"),
    (changed_screen(none=""), "not sure but none"),
    (changed_screen(choices=(Choice(("T1.zz",)),)), "T1.zz is not an option"),
    (changed_screen(choices=(Choice(("T1.a",), text="x" * 50),)), "longer than"),
    (changed_screen(choices=(Choice(("T1.a",)), Choice(("T1.a",)))), "is used 2 times"),
    (changed_screen(choices=(Choice(("T1.a",)),)), "no button on any screen can fire it"),
    (replace(SCRIPT, outcomes={}), "level emergency: has no words"),
    (replace(SCRIPT, otherwise=SCRIPT.rules[0]), "rule otherwise"),
]


@pytest.mark.parametrize(("script", "words"), BROKEN, ids=[words for _, words in BROKEN])
def test_a_broken_row_is_named(script, words):
    assert any(words in problem for problem in problems(script))


def test_an_unknown_key_does_not_load(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("- {id: U1, lvl: soon}\n")
    with pytest.raises(ContentError, match=r"rules\.yaml"):
        read_yaml(tuple[Rule, ...], path)


@pytest.mark.parametrize("name", ["questions.yaml", "outcomes.yaml"])
def test_an_id_that_is_there_twice_does_not_load(tmp_path, name):
    for source in FOLDER.glob("*.yaml"):
        text = source.read_text(encoding="utf-8")
        twice = text + text if source.name == name else text
        (tmp_path / source.name).write_text(twice, encoding="utf-8")
    with pytest.raises(ContentError, match="twice"):
        load_checkup(tmp_path)
