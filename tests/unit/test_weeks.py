"""The week: what counts, what does not, and that nothing is held against anyone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.weeks import DAYS, Exercised, Mark, week_of

TODAY = date(2026, 11, 22)
dates = st.frozensets(st.integers(0, 6).map(lambda back: TODAY - timedelta(days=back)))


def day(back):
    return TODAY - timedelta(days=back)


def exercised(done=(), asked=(), rested=()):
    return Exercised(frozenset(done), frozenset(asked), frozenset(rested))


def test_four_of_five_days():
    done = [day(n) for n in (6, 5, 3, 1)]
    found = week_of(TODAY, TODAY, exercised(done, [day(2)], [day(4)]), {}, None)
    assert (found.done, found.counted) == (4, 5)
    assert [one.mark for one in found.days] == [
        Mark.DONE, Mark.DONE, Mark.REST, Mark.DONE, Mark.OPEN, Mark.DONE, Mark.FREE,
    ]  # fmt: skip


def test_what_is_due_today_is_still_to_come():
    found = week_of(TODAY, TODAY, exercised(asked=[TODAY]), {}, None)
    assert found.days[-1].mark is Mark.COMING
    assert found.counted == 0


def test_yesterday_is_over():
    found = week_of(day(1), TODAY, exercised(asked=[day(1)]), {}, None)
    assert found.days[-1].mark is Mark.OPEN


def test_done_once_is_done_whatever_else_was_answered():
    both = [TODAY]
    found = week_of(TODAY, TODAY, exercised(both, both, both), {}, None)
    assert found.days[-1].mark is Mark.DONE


def test_without_drinks_there_are_no_cups_and_with_a_target_a_dry_day_has_none():
    assert week_of(TODAY, TODAY, exercised(), {}, None).cups is None
    with_target = week_of(TODAY, TODAY, exercised(), {day(1): 3}, 8)
    assert [one.cups for one in with_target.days] == [0, 0, 0, 0, 0, 3, 0]
    assert with_target.cups == 3


@given(dates, dates, dates)
def test_counts_never_exceed_a_week_and_ill_days_never_count(done, asked, rested):
    found = week_of(TODAY, TODAY, exercised(done, asked, rested), {}, None)
    assert len(found.days) == DAYS
    assert found.done <= found.counted <= DAYS - len(rested - done)
