import json
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tgbot.domain.schedule import DAILY, Occurrence, Schedule, is_quiet, next_occurrence

zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo.clear_cache()

CASES = json.loads((Path(__file__).parents[1] / "data" / "dst_cases.json").read_text())["cases"]
ZONES = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})

zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
some_days = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.datetimes(
    datetime.fromisoformat("1971-01-01"),
    datetime.fromisoformat("2400-01-01"),
    timezones=st.just(UTC),
)  # before 1970 some zones have offsets with odd seconds; see the test of its own


def zone(name):
    return zoneinfo.ZoneInfo(name)


def utc(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['tz']} {c['note']}")
def test_clock_change_cases(case):
    schedule = Schedule(time.fromisoformat(case["local_time"]))
    found = next_occurrence(schedule, zone(case["tz"]), utc(case["after_utc"]))
    assert found.due == utc(case["expected_next_utc"])


def year_of(schedule, place, start):
    """All occurrences of the year after ``start``."""
    found, moment = [], start
    while moment < start + timedelta(days=366):
        occurrence = next_occurrence(schedule, place, moment)
        found.append(occurrence)
        moment = occurrence.due
    return found


@given(times, some_days, zones, moments)
def test_is_strictly_later_on_a_chosen_day_at_the_wall_time_or_right_after_a_gap(
    at, days, place, after
):
    found = next_occurrence(Schedule(at, days), place, after)
    assert found.due > after
    assert found.due.tzinfo is UTC
    assert found.local_date.weekday() in days
    assert found.due - after <= timedelta(days=9)
    local = found.due.astimezone(place)
    wall = datetime.combine(found.local_date, at)
    if local.replace(tzinfo=None, fold=0) == wall:
        assert local.fold == 0, "the first of two"
    else:
        earlier = (found.due - timedelta(seconds=1)).astimezone(place).replace(tzinfo=None)
        assert earlier < wall < local.replace(tzinfo=None), "the first instant after the gap"


@given(times, some_days, zones, moments, st.integers(0, 10**6))
def test_asking_again_just_before_the_answer_gives_the_same_answer(at, days, place, after, part):
    schedule = Schedule(at, days)
    found = next_occurrence(schedule, place, after)
    between = after + (found.due - after) * part / (10**6 + 1)
    assert next_occurrence(schedule, place, between) == found


@settings(max_examples=40)
@given(times, some_days, zones, st.integers(1975, 2060))
def test_a_year_has_each_chosen_local_date_exactly_once(at, days, place, year):
    assume((place.key, year) not in {("Pacific/Apia", 2011), ("Pacific/Fakaofo", 2011)})
    start = datetime(year, 1, 1, tzinfo=UTC)
    found = [o.local_date for o in year_of(Schedule(at, days), place, start)]
    span = (found[-1] - found[0]).days + 1
    wanted = [found[0] + timedelta(days=n) for n in range(span)]
    missing = {d for d in wanted if d.weekday() in days} - set(found)
    assert len(found) == len(set(found))
    assert all(not exists(d, place) for d in missing)


def exists(day, place):
    """Whether a clock in the zone ever shows the date, found by trying every quarter of an hour."""
    start = datetime.combine(day, time(), UTC) - timedelta(days=2)
    return any(
        (start + timedelta(minutes=15 * n)).astimezone(place).date() == day
        for n in range(4 * 24 * 5)
    )


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("America/Santiago", "2026-09-06"),
        ("Asia/Beirut", "2026-03-29"),
        ("America/Havana", "2026-03-08"),
    ],
)
def test_a_midnight_gap_does_not_skip_the_day(name, day):
    nominal = date.fromisoformat(day)
    before = datetime.combine(nominal, time(12), UTC) - timedelta(days=1)
    found = next_occurrence(Schedule(time(0, 30)), zone(name), before)
    assert found.local_date == nominal
    local = found.due.astimezone(zone(name))
    assert (local.date(), local.time()) == (nominal, time(1, 0))


def test_asuncion_had_midnight_gaps_until_2024():
    found = next_occurrence(
        Schedule(time(0, 0)), zone("America/Asuncion"), utc("2023-09-30T12:00Z")
    )
    assert found == Occurrence(utc("2023-10-01T04:00Z"), date(2023, 10, 1))


@pytest.mark.parametrize(
    ("name", "left_out"),
    [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))],
)
@pytest.mark.parametrize("at", [time(0, 0), time(8, 0), time(23, 59)])
def test_a_date_that_never_was_has_no_reminder_and_the_next_date_has_one(name, left_out, at):
    start = datetime.combine(left_out, time(), UTC) - timedelta(days=5)
    dates = [o.local_date for o in year_of(Schedule(at), zone(name), start)[:9]]
    assert left_out not in dates
    assert dates == sorted(set(dates))
    assert {left_out - timedelta(days=1), left_out + timedelta(days=1)} <= set(dates)


def test_a_weekday_that_never_was_waits_a_week():
    friday = Schedule(time(8), frozenset({4}))
    found = next_occurrence(friday, zone("Pacific/Apia"), utc("2011-12-24T00:00Z"))
    assert found.local_date == date(2012, 1, 6)


def test_the_weekday_is_that_of_the_nominal_date_even_when_the_gap_ends_next_day():
    saturday = Schedule(time(23, 30), frozenset({5}))
    found = next_occurrence(saturday, zone("America/Nuuk"), utc("2026-03-28T12:00Z"))
    assert found == Occurrence(utc("2026-03-29T01:00Z"), date(2026, 3, 28))


def test_old_offsets_with_seconds():
    found = next_occurrence(Schedule(time(8)), zone("Europe/Amsterdam"), utc("1910-01-01T00:00Z"))
    assert found.due.astimezone(zone("Europe/Amsterdam")).time() == time(8)


@pytest.mark.parametrize("year", [1, 1500, 2500, 9998])
def test_far_years(year):
    after = datetime(year, 6, 1, tzinfo=UTC)
    found = next_occurrence(Schedule(time(2, 30)), zone("Europe/Berlin"), after)
    assert timedelta(0) < found.due - after <= timedelta(days=1)


def test_the_end_of_time_is_refused():
    with pytest.raises(OverflowError):
        next_occurrence(Schedule(time(8)), zone("UTC"), datetime.max.replace(tzinfo=UTC))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        next_occurrence(Schedule(time(8)), zone("UTC"), datetime(2026, 1, 1))  # noqa: DTZ001 - the fault itself


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (time(8), frozenset()),
        (time(8), frozenset({7})),
        (time(8, 0, 1), DAILY),
        (time(8, tzinfo=UTC), DAILY),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(at, days):
    with pytest.raises(ValueError, match="schedule"):
        Schedule(at, days)


@pytest.mark.parametrize(
    ("local", "start", "end", "quiet"),
    [
        (time(21, 0), time(21), time(8), True),
        (time(20, 59), time(21), time(8), False),
        (time(0, 0), time(21), time(8), True),
        (time(7, 59), time(21), time(8), True),
        (time(8, 0), time(21), time(8), False),
        (time(13, 30), time(13), time(14), True),
        (time(14, 0), time(13), time(14), False),
        (time(9, 0), time(9), time(9), False),
    ],
)
def test_quiet_hours(local, start, end, quiet):
    assert is_quiet(local, start, end) is quiet
