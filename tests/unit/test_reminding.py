"""What becomes of a due reminder: for any zone, time, quiet hours and delay."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tgbot.domain.reminding import (
    LIVES,
    WIDEST_SPREAD,
    Fate,
    Kind,
    Moment,
    Quiet,
    due_on,
    expiry,
    fate,
    may_ring,
    spread,
)
from tgbot.domain.schedule import is_quiet

zoneinfo.reset_tzpath([])
zoneinfo.ZoneInfo.clear_cache()

ZONES = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})
NIGHT = Quiet(time(21), time(8))
NONE = Quiet(time(), time())
MINUTE = timedelta(minutes=1)

# Half of the examples lie around a clock change, where the faults would be.
CHANGES = [
    ("Europe/Berlin", date(2027, 3, 28)),
    ("Europe/Berlin", date(2027, 10, 31)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/Nuuk", date(2026, 3, 28)),
    ("America/Nuuk", date(2026, 10, 24)),
    ("America/Santiago", date(2026, 9, 6)),
    ("America/Santiago", date(2027, 4, 3)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Australia/Lord_Howe", date(2027, 4, 4)),
    ("Antarctica/Troll", date(2027, 3, 28)),
    ("Antarctica/Troll", date(2027, 10, 31)),
    ("Pacific/Apia", date(2011, 12, 29)),
]
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0))
quiets = st.sampled_from([NIGHT, NONE]) | st.builds(Quiet, clocks, clocks)
places = st.sampled_from(CHANGES) | st.tuples(
    st.sampled_from(ZONES), st.dates(date(1975, 1, 1), date(2100, 1, 1))
)


@st.composite
def moments(draw):
    zone, day = draw(places)
    at = draw(clocks)
    lives = draw(st.sampled_from(sorted(LIVES.values())) | st.integers(1, 600))
    return Moment(due_on(day, at, zone), day, at, zone, lives, draw(quiets), draw(st.booleans()))


def wall(moment, instant):
    return instant.astimezone(zoneinfo.ZoneInfo(moment.zone)).replace(tzinfo=None)


def quiet_at(moment, instant):
    """Whether it would ring in the quiet hours, nobody having asked for that."""
    clock = wall(moment, instant).time()
    return not moment.despite_quiet and is_quiet(clock, moment.quiet.start, moment.quiet.end)


@given(moments())
def test_it_expires_after_it_is_due_and_never_outlives_its_life(moment):
    assert moment.due < expiry(moment) <= moment.due + moment.lives * MINUTE


@given(moments())
def test_it_expires_with_its_local_date(moment):
    last = wall(moment, expiry(moment) - timedelta(microseconds=1)).date()
    swallowed = wall(moment, moment.due).date() != moment.local_date
    assert swallowed or last == moment.local_date


def test_a_date_whose_end_is_skipped_still_has_its_reminder():
    # Clocks in Nuuk went from 23:00 to 00:00 that night: half past eleven never came.
    moment = Moment(
        due_on(date(2026, 3, 28), time(23, 30), "America/Nuuk"),
        date(2026, 3, 28), time(23, 30), "America/Nuuk", 60, NONE, False,
    )  # fmt: skip
    assert wall(moment, moment.due) == datetime(2026, 3, 29)  # noqa: DTZ001 - a wall clock
    assert fate(moment, moment.due, passed=False) is Fate.SEND
    assert expiry(moment) == moment.due + timedelta(minutes=60)


@settings(max_examples=300)
@given(moments())
def test_whenever_it_may_be_sent_it_is_not_quiet(moment):
    if fate(moment, moment.due, passed=False) is Fate.SEND:
        instant, end = moment.due, expiry(moment)
        while instant < end:
            assert not quiet_at(moment, instant), wall(moment, instant)
            instant += MINUTE


@given(moments(), st.timedeltas(timedelta(), timedelta(days=2)), st.booleans())
def test_its_fate_follows_from_quiet_then_too_late_then_passed(moment, late, passed):
    found = fate(moment, moment.due + late, passed=passed)
    nominal = is_quiet(moment.at, moment.quiet.start, moment.quiet.end)
    if (nominal and not moment.despite_quiet) or quiet_at(moment, moment.due):
        assert found is Fate.QUIET
    elif moment.due + late >= expiry(moment):
        assert found is Fate.MISSED
    else:
        assert found is (Fate.PASSED if passed else Fate.SEND)


@given(moments())
def test_it_rings_at_its_very_time_unless_that_is_quiet(moment):
    assert fate(moment, moment.due, passed=False) in {Fate.SEND, Fate.QUIET}
    if moment.despite_quiet:
        assert fate(moment, moment.due, passed=False) is Fate.SEND


@given(moments(), st.timedeltas(timedelta(), timedelta(hours=12)), st.timedeltas(timedelta()))
def test_once_too_late_it_stays_too_late(moment, late, more):
    if fate(moment, moment.due + late, passed=False) is Fate.MISSED:
        later = moment.due + late + min(more, timedelta(days=365))
        assert fate(moment, later, passed=False) is Fate.MISSED


@pytest.mark.parametrize(
    ("at", "lives", "quiet", "despite", "until"),
    [
        (time(9), 180, NIGHT, False, "12:00"),
        (time(9), 60, NIGHT, False, "10:00"),
        (time(20), 180, NIGHT, False, "21:00"),
        (time(20), 180, NIGHT, True, "23:00"),
        (time(20), 180, NONE, False, "23:00"),
        (time(22), 180, NONE, False, "00:00"),
        (time(22), 180, NIGHT, True, "00:00"),
        (time(2, 30), 180, NIGHT, True, "05:30"),
        (time(13, 30), 180, Quiet(time(14), time(15)), False, "14:00"),
    ],
)
def test_how_long_a_reminder_lives(at, lives, quiet, despite, until):
    day = date(2026, 11, 20)
    moment = Moment(
        datetime.combine(day, at, UTC), day, at, "UTC", lives, quiet, despite_quiet=despite
    )
    assert f"{expiry(moment):%H:%M}" == until


def test_a_gap_that_moves_it_into_the_quiet_hours_keeps_it_silent():
    day = date(2027, 3, 28)
    due = due_on(day, time(2, 30), "Europe/Berlin")  # 03:00 on the clock
    moment = Moment(due, day, time(2, 30), "Europe/Berlin", 180, Quiet(time(3), time(8)), False)
    assert fate(moment, due, passed=False) is Fate.QUIET


def test_clocks_set_back_into_the_quiet_hours_end_it():
    day = date(2027, 10, 31)
    due = due_on(day, time(2, 40), "Europe/Berlin")
    quiet = Quiet(time(0, 30), time(2, 30))
    moment = Moment(due, day, time(2, 40), "Europe/Berlin", 180, quiet, False)
    assert expiry(moment) == due + timedelta(minutes=20), "at three it is two, and quiet again"


@given(st.datetimes(datetime(1975, 1, 1), datetime(2100, 1, 1)), st.sampled_from(ZONES), quiets)  # noqa: DTZ001
def test_what_was_not_set_for_a_time_may_ring_outside_quiet_hours_only(naive, zone, quiet):
    instant = naive.replace(tzinfo=UTC)
    clock = instant.astimezone(zoneinfo.ZoneInfo(zone)).time()
    assert may_ring(instant, zone, quiet) is not is_quiet(clock, quiet.start, quiet.end)


@given(st.integers(0, 2**52), st.integers(0, 10**7), st.floats(0.1, 1000))
def test_a_backlog_is_spread_within_bounds_and_each_time_alike(person, backlog, per_second):
    wait = spread(person, backlog, per_second)
    assert timedelta() <= wait < WIDEST_SPREAD
    assert wait <= timedelta(seconds=backlog / per_second)
    assert wait == spread(person, backlog, per_second)
    if backlog / per_second <= 60:
        assert wait == timedelta()


def test_a_spread_backlog_leaves_evenly():
    waits = [spread(person, 10_000, 20.0) for person in range(100_000, 110_000)]
    minutes = [sum(wait // MINUTE == minute for wait in waits) for minute in range(5)]
    assert sum(minutes) == 10_000
    assert all(1_900 <= one <= 2_100 for one in minutes), minutes


def test_each_kind_has_its_life():
    assert LIVES == {Kind.EXERCISE: 180, Kind.DRINK: 60, Kind.WEEK: 180}
