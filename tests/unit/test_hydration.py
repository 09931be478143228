"""The drink gate: never open by accident, never at night, never above what is aimed for."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load
from tgbot.domain.hydration import (
    DAY,
    Body,
    Drinker,
    Gate,
    Mode,
    Night,
    Said,
    Verdict,
    drink_times,
    judge,
    lives,
    minutes,
    mode_after,
    target_cups,
    until_stop,
    withheld,
)
from tgbot.domain.reminding import Quiet

CONTENT = load().hydration
QUESTIONS = CONTENT.questions
IDS = [question.id for question in QUESTIONS]
ALL_NO = dict.fromkeys(IDS, "no")
CUP = CONTENT.amounts.cup_ml
USUAL = CONTENT.rhythm.usual
QUIET = Quiet(time(21), time(8))
NIGHT = Night(QUIET, time(22), 2)

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
sheets = st.dictionaries(st.sampled_from(IDS), st.sampled_from([*Said, "rubbish"]))


def test_the_gate_opens_when_all_is_answered_and_nothing_speaks_against_it():
    assert judge(ALL_NO, QUESTIONS) == Gate(Verdict.OPEN)
    assert judge({}, QUESTIONS) == Gate(Verdict.ASKING, IDS[0])


@given(sheets)
def test_one_yes_or_not_sure_is_enough_to_close_it(sheet):
    gate = judge(sheet, QUESTIONS)
    for question in QUESTIONS:
        said = sheet.get(question.id)
        fine = {Said.NO, Said.AGREED} if question.leads_to == "doctor" else {Said.NO}
        if said is not None and said not in fine:
            assert gate.verdict not in {Verdict.OPEN, Verdict.ASKING}
    if gate.verdict is Verdict.OPEN:
        assert set(sheet) == set(IDS)
    if gate.verdict is Verdict.ASKING:
        assert gate.question not in sheet


@given(sheets)
def test_swelling_stands_above_all_and_a_doctor_agrees_to_nothing_else(sheet):
    sheet["swelling_now"] = "unsure"
    assert judge(sheet, QUESTIONS) == Gate(Verdict.TODAY, "swelling_now")
    sheet |= {"swelling_now": "no", "heart_failure": "agreed"}
    assert judge(sheet, QUESTIONS).verdict is Verdict.CLOSED


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_an_answer_that_is_changed_opens_the_gate_again(question):
    said = ALL_NO | {question.id: "yes"}
    closed = judge(said, QUESTIONS)
    assert closed.question == question.id
    assert judge(said | {question.id: "no"}, QUESTIONS).verdict is Verdict.OPEN


@given(sheets, st.sampled_from(Mode), st.booleans())
def test_only_an_open_gate_lets_the_bot_remind_and_off_stays_off(sheet, old, has_limit):
    gate = judge(sheet, QUESTIONS)
    mode = mode_after(gate, old, has_limit=has_limit)
    if mode is Mode.OPEN:
        assert gate.verdict is Verdict.OPEN
        assert old is not Mode.OFF
    assert (mode is Mode.LIMIT) == (gate.verdict is Verdict.CLOSED and has_limit)


@pytest.mark.parametrize("body", Body)
def test_no_target_is_above_two_litres(body):
    cups = target_cups(body, CONTENT.amounts)
    assert 0 < cups * CUP <= 2000


def test_the_usual_targets_are_those_of_the_table():
    cups = [target_cups(body, CONTENT.amounts) for body in (Body.WOMAN, Body.MAN, Body.UNSAID)]
    assert cups == [8, 10, 8]


def test_the_usual_times_are_all_kept():
    assert drink_times(USUAL, NIGHT, 6).kept == USUAL
    assert lives(USUAL, time(22), 2) == dict.fromkeys(USUAL, 60)


def test_drinks_near_each_other_or_near_bed_live_shorter():
    found = lives((time(9), time(9, 30), time(19, 30)), time(22), 2)
    assert found == {time(9): 15, time(9, 30): 60, time(19, 30): 30}


@pytest.mark.parametrize(
    ("at", "night"),
    [("19:59", False), ("20:00", True), ("21:59", True), ("00:30", True), ("03:59", True), ("04:00", False)],
)  # fmt: skip
def test_two_hours_before_bed_drinks_stop(at, night):
    awake = Night(Quiet(time(0), time(0)), time(22), 2)
    assert awake.holds(time.fromisoformat(at)) is night


@given(st.lists(times), times, times, times)
def test_no_time_is_at_night_or_near_bed_and_none_is_lost_without_a_word(
    wanted, start, end, bedtime
):
    quiet = Quiet(start, end)
    night = Night(quiet, bedtime, 2)
    found = drink_times(wanted, night, 6)
    assert len(found.kept) <= 6
    assert list(found.kept) == sorted(set(found.kept))
    assert {*found.kept, *found.at_night, *found.too_many} == set(wanted)
    for at in found.kept:
        assert not 0 <= (minutes(bedtime) - minutes(at)) % DAY <= 120
        if start < end:
            assert not start <= at < end


@given(st.lists(times, unique=True, min_size=1), times)
def test_a_late_drink_is_gone_before_the_next_half_gap_and_before_bed(wanted, bedtime):
    night = Night(Quiet(time(0), time(0)), bedtime, 2)
    kept = drink_times(wanted, night, 6).kept
    for at, lasts in lives(kept, bedtime, 2).items():
        assert 1 <= lasts <= 60
        assert lasts <= max(1, until_stop(at, bedtime, 2))
        for other in kept:
            gap = (minutes(other) - minutes(at)) % DAY
            assert other == at or lasts <= max(1, gap / 2)


@given(
    st.sampled_from(Mode),
    st.none() | st.integers(1, 10),
    st.integers(0, 4000),
    times,
    st.booleans(),
)
def test_a_reminder_is_sent_only_when_all_allow_it(mode, target, had, clock, on_hold):
    drinker = Drinker(mode, target, time(22), had)
    silent = withheld(drinker, NIGHT, (time(11), clock), CUP, on_hold=on_hold)
    allowed = (
        mode is Mode.OPEN
        and target is not None
        and had < target * CUP
        and not on_hold
        and not NIGHT.holds(clock)
    )
    assert silent is not allowed
