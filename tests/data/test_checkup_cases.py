"""The symptom check on patient cases: what it must never do, case by case."""

from pathlib import Path

import pytest

from content.files import DATA
from content.loading_checkup import load_checkup
from tests.reports.dialogue import CASES, SETS, is_named, is_too_low, judged

SCRIPT = load_checkup(DATA / "en" / "checkup")


@pytest.fixture(params=sorted(SETS))
def cases(request):
    return list(judged(Path(CASES) / request.param, SCRIPT))


def test_every_emergency_is_recognised(cases):
    missed = [
        one.case["id"]
        for one in cases
        if one.case["level"] == "emergency" and one.level not in one.case["acceptable"]
    ]
    assert not missed


def test_few_are_too_low_and_none_by_two_levels(cases):
    low = [one for one in cases if is_too_low(one)]
    assert len(low) <= 0.05 * len(cases), [one.case["id"] for one in low]
    assert not [one.case["id"] for one in low if one.place < min(one.accepted) - 1]


def test_an_expected_group_is_among_the_three(cases):
    wanted = [one for one in cases if one.case["groups"]]
    assert sum(map(is_named, wanted)) >= 0.85 * len(wanted)
    assert max(len(one.groups) for one in cases) == 3


def test_nobody_needs_more_than_ten_taps(cases):
    assert max(one.taps for one in cases) <= 10
