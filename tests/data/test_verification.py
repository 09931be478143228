"""The safety page lists what was read at its source and what was not, as the content says today."""

import re

from content.loader import load
from content.verification import BEGIN, PAGE, lists


def test_the_page_lists_what_the_content_says():
    written = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].strip()
    assert written == lists(load()).strip(), "run: python -m content --safety"


def test_every_proof_in_the_hazard_log_exists():
    page = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
    root = PAGE.parents[1]
    named = re.findall(r"`((?:tests|content)/[\w/.]+)`", page)
    assert len(named) > 10
    assert [name for name in named if not (root / name).exists()] == []
