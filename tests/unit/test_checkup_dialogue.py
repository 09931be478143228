"""One step of the symptom check: what counts, what is refused, and what Back restores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.files import DATA
from content.loading_checkup import load_checkup
from tgbot.domain import checkup
from tgbot.domain.checkup import (
    Back,
    Choose,
    Done,
    Edit,
    Finish,
    NoneOfThese,
    State,
    Tap,
    Toggle,
    Why,
)

SCRIPT = load_checkup(DATA / "en" / "checkup")


def run(*answers, state=None):
    state = state or checkup.start(SCRIPT)
    for answer in answers:
        state = checkup.step(state, answer, SCRIPT).state
    return state


AT_T1 = run(Choose("me_60"))
AT_T2 = run(Choose("me_60"), NoneOfThese())


def test_a_danger_sign_ends_the_questions_with_an_emergency():
    state = run(Choose("me_60"), Toggle("a"), Done())
    assert state.at == checkup.THE_END
    assert checkup.result(state, SCRIPT).level == "emergency"
    assert checkup.count_taps(state, SCRIPT) == 3


@pytest.mark.parametrize("screen", [AT_T1, AT_T2])
def test_not_sure_counts_as_yes(screen):
    state = run(Choose("not_sure"), state=screen)
    result = checkup.result(state, SCRIPT)
    assert result.level == "emergency"
    assert any(said.unsure for said in result.because)


def test_two_quick_taps_on_different_signs_of_one_card_both_count():
    first = checkup.take(AT_T1, Tap(AT_T1.revision, Toggle("a")), SCRIPT)
    second = checkup.take(first.state, Tap(AT_T1.revision, Toggle("d")), SCRIPT)
    assert second.state.pending == ("a", "d")


def test_the_same_sign_tapped_twice_on_one_card_counts_once():
    first = checkup.take(AT_T1, Tap(AT_T1.revision, Toggle("a")), SCRIPT)
    second = checkup.take(first.state, Tap(AT_T1.revision, Toggle("a")), SCRIPT)
    assert (second.state.pending, second.changed) == (("a",), False)


def test_a_double_tap_on_an_answer_counts_once():
    tap = Tap(AT_T1.revision, NoneOfThese())
    first = checkup.take(AT_T1, tap, SCRIPT)
    second = checkup.take(first.state, tap, SCRIPT)
    assert second.state == first.state
    assert (second.changed, second.note) == (False, "checkup.note_stale")


def test_a_tick_is_taken_away_again():
    state = run(Toggle("a"), Toggle("d"), Toggle("a", on=False), state=AT_T1)
    assert state.pending == ("d",)


def test_none_of_these_does_not_wipe_a_ticked_sign():
    ticked = run(Toggle("a"), state=AT_T1)
    refused = checkup.step(ticked, NoneOfThese(), SCRIPT)
    assert refused.state == ticked
    assert refused.note == "checkup.note_untick_first"


def test_done_without_a_tick_is_not_a_no():
    refused = checkup.step(AT_T1, Done(), SCRIPT)
    assert (refused.changed, refused.note) == (False, "checkup.note_tick_first")


@pytest.mark.parametrize(
    "answer",
    [
        Choose("zz"),
        Choose("a"),
        Choose("none"),
        Toggle("zz"),
        Toggle("none"),
        Toggle("g"),
        Finish(),
        Edit("T0"),
        Edit("zz"),
    ],
)
def test_what_the_card_does_not_offer_is_refused(answer):
    refused = checkup.step(AT_T1, answer, SCRIPT)
    assert refused.state == AT_T1
    assert not refused.changed
    assert refused.note == "checkup.note_unknown"


def test_back_on_the_first_step_stays_there():
    first = checkup.start(SCRIPT)
    refused = checkup.step(first, Back(), SCRIPT)
    assert (refused.state, refused.note) == (first, "checkup.note_first_step")


def test_why_opens_in_place_and_closes_with_either_button():
    ticked = run(Toggle("d"), state=AT_T1)
    opened = run(Why(), state=ticked)
    assert opened.note
    for close in (Why(), Back()):
        closed = run(close, state=opened)
        assert (closed.at, closed.pending, closed.note) == ("T1", ("d",), False)


def test_back_after_an_early_stop_opens_the_danger_screen_with_its_ticks():
    before = run(Toggle("a"), state=AT_T1)
    after = run(Done(), Back(), state=before)
    assert (after.at, after.answers, after.pending) == ("T1", before.answers, ("a",))


def reviewed():
    return State(answers=complete(), at=checkup.REVIEW, revision=9)


def complete():
    facts = checkup.read_facts(
        {
            "T0": "me_60",
            "T1": ["none"],
            "T2": ["none"],
            "T3": "months",
            "T4": "both_thighs",
            "T7": "same",
        },
        SCRIPT,
    )
    return checkup.walk(facts, SCRIPT)


def test_a_changed_answer_keeps_the_others():
    state = run(Edit("T3"), Choose("months_worse"), state=reviewed())
    assert state.at == checkup.REVIEW
    assert state.answers == {**complete(), "T3": ("months_worse",)}


def test_back_from_a_change_returns_to_the_review_as_it_was():
    state = run(Edit("T1"), Back(), state=reviewed())
    assert (state.at, state.answers) == (checkup.REVIEW, complete())


def test_a_danger_sign_found_while_changing_an_answer_ends_at_once():
    state = run(Edit("T1"), Toggle("e"), Done(), state=reviewed())
    assert state.at == checkup.THE_END
    assert checkup.result(state, SCRIPT).level == "emergency"
    assert run(Back(), state=state).at == "T1"


def test_change_an_answer_on_the_result_leads_to_the_review():
    ended = run(Finish(), state=reviewed())
    assert ended.at == checkup.THE_END
    assert run(Back(), state=ended).at == checkup.REVIEW
    assert run(Edit("T0"), state=ended).at == "T0"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", checkup.BrokenState),
        ("[]", checkup.BrokenState),
        ("{}", checkup.BrokenState),
        ('{"answers": 3, "at": "T0", "revision": 1}', checkup.BrokenState),
        ('{"answers": {}, "at": "T99", "revision": 1}', checkup.UnknownQuestion),
        ('{"answers": {"T99": ["a"]}, "at": "T0", "revision": 1}', checkup.UnknownQuestion),
        ('{"answers": {"T0": ["a"]}, "at": "T1", "revision": 1}', checkup.UnknownOption),
        ('{"answers": {}, "at": "T1", "pending": ["q"], "revision": 1}', checkup.UnknownOption),
    ],
)
def test_a_kept_state_that_does_not_fit_is_refused_by_its_own_error(text, error):
    with pytest.raises(error):
        checkup.from_json(text, SCRIPT)


def test_a_kept_state_with_a_new_key_is_read():
    text = checkup.to_json(AT_T1)[:-1] + ',"later":1}'
    assert checkup.from_json(text, SCRIPT) == AT_T1


IDS = st.sampled_from(
    ["none", "not_sure", "zz", *(SCRIPT.choice_id(c) for s in SCRIPT.screens for c in s.choices)]
)
ANSWERS = st.one_of(
    st.builds(Choose, IDS),
    st.builds(Toggle, IDS, st.booleans()),
    st.builds(Edit, st.sampled_from([*(s.id for s in SCRIPT.screens), "review", "zz"])),
    st.sampled_from([Done(), NoneOfThese(), Back(), Why(), Finish(), NoneOfThese(), Done()]),
)


@given(st.lists(ANSWERS, max_size=40))
def test_any_taps_lead_to_a_state_that_survives_being_kept(answers):
    state = run(*answers)
    assert checkup.from_json(checkup.to_json(state), SCRIPT) == state


@given(ANSWERS, st.integers(0, 999_999_999))
def test_a_tap_survives_its_button(answer, revision):
    tap = Tap(revision, answer)
    assert checkup.read_tap(checkup.encode_tap(tap)) == tap


@pytest.mark.parametrize(
    "parts",
    [
        [],
        ["1"],
        ["x", "done"],
        ["-1", "done"],
        ["²", "done"],
        ["9" * 40, "done"],
        ["1", "pick"],
        ["1", "done", "x"],
        ["1", "drop", "x"],
    ],
)
def test_a_forged_button_reads_as_nothing(parts):
    assert checkup.read_tap(parts) is None


@pytest.mark.parametrize(
    ("given_answers", "error", "named"),
    [
        ({"T99": "a"}, checkup.UnknownQuestion, "T99"),
        ({"T1": ["a", "zz"]}, checkup.UnknownOption, "T1: zz"),
        ({"T1": ["not_sure:zz"]}, checkup.UnknownOption, "T1: not_sure:zz"),
    ],
)
def test_listed_answers_that_nobody_can_give_are_named(given_answers, error, named):
    with pytest.raises(error, match=named):
        checkup.read_facts(given_answers, SCRIPT)


def test_not_sure_about_one_named_sign_counts_as_that_sign():
    result = checkup.judge(checkup.read_facts({"T2": ["not_sure:h"]}, SCRIPT), SCRIPT)
    assert (result.level, result.rules[0].id) == ("emergency", "U2.cold_leg")
    assert result.because[0].unsure
