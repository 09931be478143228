"""``tgbot next``: what goes in as JSON lines, what comes out, and what is wrong in plain words."""

import io
import json
from pathlib import Path

import pytest

from tgbot.forecast import forecast_lines

CASES = json.loads((Path(__file__).parents[1] / "data" / "dst_cases.json").read_text())["cases"]
GOOD = {"id": 1, "tz": "Europe/Berlin", "local_time": "08:00", "after": "2027-03-27T12:00:00Z"}
ANSWER = {"id": 1, "next": "2027-03-28T06:00:00Z"}


def forecast(*lines):
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out = io.StringIO()
    good = forecast_lines(io.StringIO(given), out)
    return good, [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_clock_change_cases():
    lines = [
        {"id": n, "tz": c["tz"], "local_time": c["local_time"], "after": c["after_utc"]}
        for n, c in enumerate(CASES)
    ]
    good, found = forecast(*lines)
    assert good
    assert [one["next"] for one in found] == [c["expected_next_utc"] for c in CASES]


def test_days_are_kept_to():
    good, (found,) = forecast({**GOOD, "days": ["wed", "mon", "mon"]})
    assert good
    assert found == {"id": 1, "next": "2027-03-29T06:00:00Z"}


@pytest.mark.parametrize("days", [None, ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]])
def test_no_days_are_all_days(days):
    assert forecast({**GOOD, "days": days}) == (True, [ANSWER])


@pytest.mark.parametrize("after", ["2027-03-27T12:00:00+00:00", "2027-03-27T17:30:00+05:30"])
def test_any_offset_will_do(after):
    assert forecast({**GOOD, "after": after}) == (True, [ANSWER])


@pytest.mark.parametrize("at", ["8:00", "08:00:00"])
def test_a_time_may_be_short_or_have_empty_seconds(at):
    assert forecast({**GOOD, "local_time": at}) == (True, [ANSWER])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("after", "2027-03-27T12:00:00", "needs an offset"),
        ("after", "2027-03-27", "needs an offset"),
        ("after", "soon", "is no moment"),
        ("after", "2027-02-30T00:00:00Z", "is no moment"),
        ("after", 1806148800, "`after` is missing or no text"),
        ("after", None, "`after` is missing or no text"),
        ("after", "9999-12-31T23:00:00Z", "years 1 to 9999"),
        ("after", "0001-01-01T00:00:00+14:00", "years 1 to 9999"),
        ("tz", "Mars/Olympus", "`tz` Mars/Olympus is an unknown time zone"),
        ("tz", "europe/berlin", "unknown time zone"),
        ("tz", "../../etc/passwd", "unknown time zone"),
        ("tz", "Europe", "unknown time zone"),
        ("tz", "", "unknown time zone"),
        ("tz", ["UTC"], "`tz` is missing"),
        ("tz", "x" * 100_000, "unknown time zone"),
        ("local_time", "25:00", "`local_time` 25:00 is no time"),
        ("local_time", "08:00:30", "is no time"),
        ("local_time", "\u0660\u0668:\u0660\u0660", "is no time"),
        ("local_time", "08:00\n", "is no time"),
        ("local_time", 8, "`local_time` is missing"),
        ("days", [], "`days` is a list of one or more"),
        ("days", "mon", "`days` is a list"),
        ("days", {"mon": 1}, "`days` is a list"),
        ("days", ["mon", "friday"], "`days` has friday; a day is one of mon, tue"),
        ("days", [["mon"]], "`days` has"),
        ("days", [1], "`days` has 1"),
    ],
)
def test_a_wrong_field_is_named_and_the_next_line_is_answered(field, value, words):
    good, (wrong, found) = forecast({**GOOD, "id": "a", field: value}, GOOD)
    assert not good
    assert set(wrong) == {"id", "error"}
    assert wrong["id"] == "a"
    assert words in wrong["error"]
    assert len(wrong["error"]) < 300
    assert found == ANSWER


@pytest.mark.parametrize(
    "line", ["{", "3", "null", '"text"', "[" * 100_000, "\x00", '{"id": NaN}', "{" + " " * 10**6]
)
def test_a_line_that_is_no_object_is_an_error_and_the_next_line_is_answered(line):
    good, (wrong, found) = forecast(line, GOOD)
    assert not good
    assert wrong["id"] is None
    assert "line 1" in wrong["error"]
    assert found == ANSWER


def test_a_huge_line_is_read_like_any_other():
    assert forecast({**GOOD, "note": "x" * 2_000_000}) == (True, [ANSWER])


def test_nothing_in_is_nothing_out():
    assert forecast() == (True, [])
    assert forecast("", "  ", GOOD, "") == (True, [ANSWER])


def test_each_line_is_answered_before_the_next_is_read():
    out = io.StringIO()
    seen = []

    def lines():
        for number in range(3):
            seen.append(len(out.getvalue().splitlines()))
            yield json.dumps({**GOOD, "id": number}) + "\n"

    forecast_lines(lines(), out)
    assert seen == [0, 1, 2]
