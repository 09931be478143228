"""When a follow-up comes, and how the page for the doctor is split."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.doctor_page import split_lines
from tgbot.domain.followups import AFTER, DECENT, decent, due, lives

ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]
)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001 - hypothesis adds the zone
)  # fmt: skip


@given(st.sampled_from(sorted(AFTER)), MOMENTS, ZONES)
def test_where_the_zone_is_known_it_is_ten_there_on_the_right_day(level, finished, zone):
    local = due(level, finished, zone).astimezone(ZoneInfo(zone))
    assert local.time() == time(10)
    assert local.date() == finished.astimezone(ZoneInfo(zone)).date() + timedelta(days=AFTER[level])


def test_without_a_zone_it_is_whole_days_later_and_never_after_an_emergency():
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert [due(level, noon, None) for level in AFTER] == [
        noon + timedelta(days=days) for days in (1, 3, 14)
    ]
    assert due("emergency", noon, "Europe/London") is None


@given(MOMENTS, ZONES)
def test_it_never_comes_at_night_and_waits_less_than_a_day(now, zone):
    moment = decent(now, zone)
    opens, closes = DECENT
    assert opens <= moment.astimezone(ZoneInfo(zone)).time() < closes
    assert timedelta(0) <= moment - now < timedelta(hours=15)
    assert decent(moment, zone) == moment


@given(MOMENTS, ZONES)
def test_what_is_owed_in_the_day_does_not_arrive_at_night(now, zone):
    moment = decent(now, zone)
    last = (moment + lives(moment, zone)).astimezone(ZoneInfo(zone))
    assert last.time() <= time(21, 1)
    assert lives(moment, zone) >= timedelta(minutes=1)


LINES = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=30)


@given(LINES, st.integers(40, 120))
def test_a_long_page_is_split_between_lines_and_loses_none(lines, limit):
    parts = list(split_lines(lines, limit))
    assert all(len(part.encode("utf-16-le")) // 2 <= limit for part in parts)
    assert [line for part in parts for line in part.split("\n") if line] == [
        line for line in lines if line
    ] or not any(line.strip() for line in lines)
    for one, next_ in pairwise(parts):
        assert len(f"{one}\n{next_}".encode("utf-16-le")) // 2 > limit - 40


@pytest.mark.parametrize("lines", [[], [""], ["", ""]])
def test_a_page_of_nothing_is_nothing(lines):
    assert list(split_lines(lines, 10)) == []
