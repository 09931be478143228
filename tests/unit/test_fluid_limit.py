"""A limit as it is typed, and counting down from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.fluid_limit import (
    LEAST_ML,
    MOST_ML,
    Countdown,
    Limit,
    Puzzle,
    Standing,
    read_limit,
)

CUP = 200


@pytest.mark.parametrize(
    ("typed", "ml"),
    [
        ("1.5 litres", 1500),
        ("1,5 l", 1500),
        ("1.5l per day", 1500),
        ("1500 ml", 1500),
        ("1,500 ml", 1500),
        ("1 500ml", 1500),
        ("1500", 1500),
        ("1.5", 1500),
        ("six cups", 1200),
        ("6 glasses a day", 1200),
        ("My limit is 1.2 litres", 1200),
        ("no more than 1 litre", 1000),
        ("a litre", 1000),
        ("a litre and a half", 1500),
        ("one and a half litres", 1500),
        ("1½ litres", 1500),
        ("half a litre", 500),
        ("½ litre", 500),
        (".5 l", 500),
        ("750 millilitres", 750),
        ("75 cl", 750),
        ("40 oz", 1180),
        ("32 fl oz", 940),
        ("Two Liters", 2000),
        ("doctor said 800ML!", 800),
    ],
)
def test_a_limit_is_read(typed, ml):
    assert read_limit(typed, CUP) == Limit(ml)


@pytest.mark.parametrize(
    ("typed", "puzzle"),
    [
        ("", Puzzle.NO_AMOUNT),
        ("😀💧", Puzzle.NO_AMOUNT),
        ("not much", Puzzle.NO_AMOUNT),
        ("0", Puzzle.TOO_SMALL),
        ("0 ml", Puzzle.TOO_SMALL),
        ("-500 ml", Puzzle.TOO_SMALL),
        ("- 1.5 litres", Puzzle.TOO_SMALL),
        ("−500 ml", Puzzle.TOO_SMALL),  # noqa: RUF001 - a true minus
        ("one cup", Puzzle.TOO_SMALL),
        ("100 litres", Puzzle.TOO_LARGE),
        ("9" * 300 + " l", Puzzle.TOO_LARGE),
        ("15 litres", Puzzle.TOO_LARGE),
        ("6", Puzzle.NO_UNIT),
        ("2", Puzzle.NO_UNIT),
        ("two pints", Puzzle.NO_UNIT),
        ("500ml plus urine", Puzzle.NEEDS_SUM),
        ("500 ml + what I pee", Puzzle.NEEDS_SUM),
        ("500 and what I pass plus 200", Puzzle.NEEDS_SUM),
        ("1.5 to 2 litres", Puzzle.SEVERAL),
        ("1.5-2 litres", Puzzle.SEVERAL),
        ("200 ml every hour", Puzzle.NOT_A_DAY),
        ("7 litres a week", Puzzle.NOT_A_DAY),
    ],
)
def test_what_cannot_be_a_limit_says_why(typed, puzzle):
    assert read_limit(typed, CUP) is puzzle


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_no_limit_is_out_of_range(typed):
    found = read_limit(typed, CUP)
    assert isinstance(found, Puzzle) or LEAST_ML - 10 <= found.ml <= MOST_ML


@given(st.integers(LEAST_ML, MOST_ML))
def test_millilitres_are_taken_as_they_are(ml):
    assert read_limit(f"{ml} ml", CUP) == Limit(ml // 10 * 10)


@given(st.integers(0, 5000), st.integers(LEAST_ML, MOST_ML))
def test_counting_down_never_ends_below_nothing(had, limit):
    day = Countdown(had, limit)
    assert day.left_ml == max(limit - had, 0)
    expected = (
        Standing.OVER
        if had > limit
        else Standing.REACHED
        if had == limit
        else Standing.NEAR
        if had * 5 >= limit * 4
        else Standing.UNDER
    )
    assert day.standing is expected
