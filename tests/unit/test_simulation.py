"""The yardstick of ``tgbot simulate``: it reads the clocks right, and it sees every kind of fault."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tgbot.errors import SettingsError
from tgbot.simulation import oracle
from tgbot.simulation.course import Course, Wish, read_course
from tgbot.simulation.findings import examine, total
from tgbot.storage.ledger import Message, Past

START = datetime(2027, 3, 26, tzinfo=UTC)
END = datetime(2027, 3, 30, tzinfo=UTC)
DAYS = [date(2027, 3, day) for day in (26, 27, 28, 29)]
MORNING = Wish(1, "Europe/Berlin", time(9))
NIGHT = Wish(2, "Europe/Berlin", time(2, 30))
COURSE = Course((MORNING, NIGHT), START, END)


def utc(text):
    return datetime.fromisoformat(text)


def test_a_skipped_time_is_the_end_of_the_gap():
    found = oracle.expected("Europe/Berlin", time(2, 30), START, END)
    assert [f"{found[day]:%d %H:%M}" for day in DAYS] == [
        "26 01:30",
        "27 01:30",
        "28 01:00",
        "29 00:30",
    ]


def test_a_time_that_comes_twice_is_the_first_one():
    start = utc("2027-10-31T00:00Z")
    found = oracle.expected("Europe/Berlin", time(2, 30), start, start + timedelta(days=1))
    assert found == {date(2027, 10, 31): utc("2027-10-31T00:30Z")}


def test_a_date_that_never_was_is_not_expected():
    found = oracle.expected(
        "Pacific/Apia", time(9), utc("2011-12-28T00:00Z"), utc("2012-01-02T00:00Z")
    )
    assert date(2011, 12, 30) not in found
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= set(found)


def test_a_gap_over_midnight_counts_for_the_date_before_it():
    found = oracle.expected(
        "America/Nuuk", time(23, 30), utc("2026-03-28T12:00Z"), utc("2026-03-29T12:00Z")
    )
    assert found == {date(2026, 3, 28): utc("2026-03-29T01:00Z")}


def test_a_wall_clock_is_read_on_both_sides_of_a_change():
    assert oracle.wall("Europe/Berlin", utc("2027-03-28T00:59:59Z")).time() == time(1, 59, 59)
    assert oracle.wall("Europe/Berlin", utc("2027-03-28T01:00:00Z")).time() == time(3)


def message(day, at, round_="0", outcome="sent"):
    return Message(f"o{day.day}:{round_}:0", 1, day, round_, outcome, at)


def good(wish=MORNING):
    due = oracle.expected(wish.zone, wish.at, START, END)
    return [message(day, at) for day, at in due.items()]


def past(messages, strays=(), more_dates=()):
    dates = [(1, one.local_date, None) for one in messages if one.round == "0"]
    return Past(tuple(messages), tuple(strays), (*dates, *more_dates))


def faults(wish, of):
    found = examine(wish, of, COURSE)
    names = ("missed", "doubled", "wrong", "quiet", "strays")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


@pytest.mark.parametrize("wish", [MORNING, NIGHT])
def test_what_is_right_has_no_fault(wish):
    found = examine(wish, past(good(wish)), COURSE)
    assert found.clean
    assert (found.expected, found.sent, found.nudges) == (4, 4, 0)


def test_a_nudge_half_an_hour_later_is_right_and_any_other_is_wrong():
    first = good()[1]
    half = timedelta(minutes=30)
    right = message(DAYS[1], first.finished_at + half, "nudge")
    assert examine(MORNING, past([*good(), right]), COURSE).nudges == 1
    assert faults(MORNING, past([*good(), right])) == {}
    late = message(DAYS[1], first.finished_at + 2 * half, "nudge")
    assert faults(MORNING, past([*good(), late])) == {"wrong": [DAYS[1]]}
    twice = past([*good(), right, right])
    assert faults(MORNING, twice) == {"doubled": [DAYS[1]], "wrong": [DAYS[1]]}


def test_a_nudge_without_its_reminder_is_wrong():
    messages = good()
    alone = message(DAYS[1], messages[1].finished_at, "nudge")
    found = faults(MORNING, past([*messages[:1], alone, *messages[2:]]))
    assert found == {"missed": [DAYS[1]], "wrong": [DAYS[1]]}


def test_one_that_is_not_there_is_missed():
    assert faults(MORNING, past(good()[1:])) == {"missed": [DAYS[0]]}


@pytest.mark.parametrize("outcome", ["expired", None])
def test_one_that_was_owed_and_did_not_arrive_is_missed(outcome):
    first, *rest = good()
    lost = message(first.local_date, first.finished_at, outcome=outcome)
    assert faults(MORNING, past([lost, *rest])) == {"missed": [DAYS[0]], "strays": [lost.key]}


def test_one_that_was_noted_and_never_owed_is_missed():
    dates = [(1, DAYS[0], "missed")]
    assert faults(MORNING, past(good()[1:], more_dates=dates)) == {"missed": [DAYS[0]]}


def test_one_that_came_twice_is_doubled():
    assert faults(MORNING, past([*good(), good()[2]])) == {"doubled": [DAYS[2]]}


def test_one_on_another_date_is_wrong():
    odd = date(2027, 4, 2)
    found = faults(MORNING, past([*good(), message(odd, utc("2027-03-29T12:00Z"))]))
    assert found == {"wrong": [odd]}


def test_one_that_is_an_hour_off_is_wrong():
    messages = good()
    messages[2] = message(DAYS[2], messages[2].finished_at + timedelta(hours=1))
    assert faults(MORNING, past(messages)) == {"wrong": [DAYS[2]]}


def test_one_that_rings_at_night_is_named_unless_it_was_wished_so():
    messages = good()
    messages[0] = message(DAYS[0], utc("2027-03-26T05:00Z"))
    assert faults(MORNING, past(messages)) == {"wrong": [DAYS[0]], "quiet": [DAYS[0]]}
    assert "quiet" not in faults(NIGHT, past(good(NIGHT)))


def test_a_message_that_nothing_explains_is_a_stray():
    assert faults(MORNING, past(good(), strays=["o99:0:0"])) == {"strays": ["o99:0:0"]}


def test_findings_add_up():
    whole = total([examine(MORNING, past(good()[1:]), COURSE) for _ in range(3)])
    assert (whole.expected, whole.sent, whole.missed) == (12, 9, DAYS[:1] * 3)
    assert not whole.clean


def test_the_options_name_a_course():
    course = read_course(2027, "Europe/Berlin, UTC,UTC", "00:30,9:00")
    wishes = [(w.zone, w.at, w.despite_quiet) for w in course.wishes]
    assert wishes == [
        ("Europe/Berlin", time(0, 30), True),
        ("Europe/Berlin", time(9), False),
        ("UTC", time(0, 30), True),
        ("UTC", time(9), False),
    ]
    assert len({w.person_id for w in course.wishes}) == 4
    assert (course.start, course.days) == (utc("2027-01-01T00:00Z"), 365)


def test_all_zones_are_those_that_people_live_in():
    zones = {wish.zone for wish in read_course(2027, "all", "09:00").wishes}
    assert len(zones) > 550
    assert {"Europe/Berlin", "Asia/Kathmandu", "Etc/GMT+12"} <= zones
    assert "Factory" not in zones


@pytest.mark.parametrize(
    ("zones", "times", "words"),
    [
        ("Mars/Olympus", "09:00", "unknown time zone"),
        ("", "09:00", "unknown time zone"),
        ("UTC,", "09:00", "unknown time zone"),
        ("UTC", "24:00", "no time of day"),
        ("UTC", "", "no time of day"),
    ],
)
def test_an_option_that_names_nothing_is_refused(zones, times, words):
    with pytest.raises(SettingsError, match=words):
        read_course(2027, zones, times)
