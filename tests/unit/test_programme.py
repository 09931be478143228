"""The programme as a model: every answer sheet, every level, and any life with it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.files import DATA
from content.loading_exercises import load_exercises
from tgbot.domain import programme as dom
from tgbot.domain.programme import Progress, Reason

EXERCISES = load_exercises(DATA / "en" / "exercises")
RULES = EXERCISES.programme
MOVES = EXERCISES.moves
QUESTIONS = [question.id for question in RULES.questions]
TODAY = date(2026, 11, 20)
LEVELS = range(1, 5)
LAST_STEP = len(RULES.dose.steps) - 1
SAFE = {q.id: "no" if q.counts == "yes" else "yes" for q in RULES.questions}


def sheet(*unsafe, said=None):
    """All answers safe but these."""
    return SAFE | {one: said or RULES.question(one).counts for one in unsafe}


def every_sheet():
    for chosen in product((False, True), repeat=len(QUESTIONS)):
        yield sheet(*(one for one, bad in zip(QUESTIONS, chosen, strict=True) if bad))


def at(level, step=0, **more):
    track = more.pop("track", "standing")
    sure = {"answers": SAFE, "asked_on": TODAY, "met": 4, "last_level": level}
    return Progress(**(sure | {"track": track, "level": level, "step": step} | more))


def session(kind="full", feel="easy", left=0, swapped=(), **more):
    planned = dom.plan(at(2), TODAY, EXERCISES)
    return replace(planned, kind=kind, feel=feel, left=left, swapped=swapped, **more)


def after(progress, pain="green", **done):
    return dom.after_session(progress, session(**done), pain, TODAY, RULES)


def test_every_sheet_and_level_gives_moves_that_are_allowed():
    for answers in every_sheet():
        places = dom.judge(answers, RULES).places
        if not places:
            continue
        for level, turn, light in product(LEVELS, (0, 1), (False, True)):
            chosen = dom.choose_session(EXERCISES, level, places, turn, light=light)
            assert 5 <= len(chosen) == len(set(chosen)) <= 6
            assert all(places & set(MOVES[move].places) for move in chosen)
            assert all(MOVES[move].level <= level for move in chosen)


def test_what_counts_rules_out_as_the_sheet_says():
    for answers in every_sheet():
        verdict = dom.judge(answers, RULES)
        unsafe = {one for one in QUESTIONS if answers[one] != SAFE[one]}
        forbidden = unsafe & {
            q.id for q in RULES.questions if q.then in {"no_exercise", "rest_today"}
        }
        assert bool(forbidden) == (not verdict.places)
        assert ("standing" in verdict.places) == (
            not forbidden and not unsafe & {"fell", "stand_safe"}
        )
        assert ("floor" in verdict.places) == (not unsafe)


@pytest.mark.parametrize("level", LEVELS)
def test_two_moves_to_avoid_still_leave_five(level):
    for places in ({"seated", "bed"}, {"seated", "bed", "standing"}):
        for pair in product(MOVES, repeat=2):
            chosen = dom.choose_session(EXERCISES, level, places, 0, avoid=pair)
            assert len(chosen) >= 5
            assert not set(pair) & set(chosen)


def test_an_unsure_or_missing_answer_counts_as_unsafe():
    for one in QUESTIONS:
        unsure = dom.judge(sheet(one, said="unsure"), RULES)
        missing = dom.judge({k: v for k, v in SAFE.items() if k != one}, RULES)
        assert unsure.because == missing.because == RULES.question(one)
    assert not dom.judge({}, RULES).places


def test_every_move_is_reached_by_somebody():
    reached = {one.move for one in (*RULES.warm_up, *RULES.cool_down)}
    for answers in (SAFE, sheet("floor_up"), sheet("stand_safe")):
        places = dom.judge(answers, RULES).places
        for level, turn, light in product(LEVELS, (0, 1), (False, True)):
            reached |= set(dom.choose_session(EXERCISES, level, places, turn, light=light))
    assert reached == set(MOVES)


def test_easier_links_end_and_never_go_up():
    for move in MOVES.values():
        seen, at_move = set(), move
        while at_move.easier is not None:
            assert at_move.id not in seen
            seen.add(at_move.id)
            easier = MOVES[at_move.easier]
            assert easier.level <= at_move.level
            at_move = easier


def test_doses_grow_from_the_first_to_the_full_one_and_never_shrink():
    for move in MOVES.values():
        doses = [dom.amount(move, step, RULES.dose) for step in range(LAST_STEP + 1)]
        assert (doses[0].sets, doses[0].count) == (move.dose.sets, move.dose.count)
        assert (doses[-1].sets, doses[-1].count) == (
            move.dose.build_to_sets,
            move.dose.build_to_count,
        )
        work = [dose.sets * dose.count for dose in doses]
        assert work == sorted(work), move.id
    five = [dom.amount(MOVES["heel_raise"], step, RULES.dose) for step in range(LAST_STEP + 1)]
    assert [(one.sets, one.count) for one in five] == [(1, 5), (1, 8), (1, 10), (2, 8), (2, 10)]


# -- the rules of progression, one by one


def test_three_easy_sessions_in_a_row_add_counts():
    progress, reasons = at(2), []
    for _ in range(3):
        progress, reason = after(progress)
        reasons.append(reason)
    assert reasons == [Reason.EASY, Reason.EASY, Reason.MORE]
    assert (progress.level, progress.step, progress.easy) == (2, 1, 0)


@pytest.mark.parametrize(
    ("progress", "done", "reason", "level", "step"),
    [
        (at(2, LAST_STEP, easy=2), {}, Reason.HARDER, 3, 0),
        (at(4, LAST_STEP, easy=2), {}, Reason.TOP, 4, LAST_STEP),
        (at(3, LAST_STEP, easy=2, track="seated_and_bed"), {}, Reason.TOP, 3, LAST_STEP),
        (at(2, 1, easy=2), {"left": 1}, Reason.PARTLY, 2, 1),
        (at(2, 1, easy=2), {"pain": "amber"}, Reason.AMBER, 2, 1),
        (at(2, 1, easy=2), {"feel": "ok"}, Reason.OK, 2, 1),
        (at(2, 1, easy=2), {"feel": "stopped"}, Reason.STOPPED, 2, 1),
        (at(2, 1, easy=2), {"kind": "light"}, Reason.LIGHT, 2, 1),
        (at(2, 1, easy=2), {"kind": "held"}, Reason.HELD, 2, 1),
        (at(2, 1, easy=2), {"kind": "gentle"}, Reason.GENTLE, 2, 1),
        (at(3, 1), {"feel": "too_hard"}, Reason.HARD_ONCE, 3, 1),
        (at(3, 1, hard=1), {"feel": "too_hard"}, Reason.EASIER_HARD, 2, 2),
        (at(1, 3, hard=1), {"feel": "too_hard"}, Reason.LEAST_HARD, 1, 0),
        (at(3, 1), {"pain": "red"}, Reason.EASIER_PAIN, 2, 2),
        (at(1, 3), {"pain": "red"}, Reason.LEAST_PAIN, 1, 0),
    ],
)
def test_a_session_moves_the_programme(progress, done, reason, level, step):
    result, why = after(progress, **done)
    assert (why, result.level, result.step) == (reason, level, step)


def test_only_easy_sessions_in_a_row_count():
    progress, _ = after(at(2, easy=2), feel="ok")
    assert progress.easy == 0
    progress, _ = after(at(2, hard=1), feel="ok")
    assert progress.hard == 0


def test_what_hurt_gives_way_to_the_easier_move_next_time():
    progress, _ = after(at(2), feel="ok", swapped=("heel_raise",))
    later = TODAY + timedelta(days=2)
    moves = [item.move for item in dom.plan(progress, later, EXERCISES).items]
    assert "heel_raise" not in moves
    assert "seated_heel_raise" in moves


@pytest.mark.parametrize(
    ("progress", "days", "level", "step", "reason"),
    [
        (at(3, 4), 6, 3, 4, None),
        (at(3, 4), 7, 3, 1, Reason.BREAK_HALF),
        (at(3, 2), 7, 2, 2, Reason.BREAK_EASIER),
        (at(1, 2), 30, 1, 0, Reason.BREAK_LEAST),
        (at(2, 2, last_level=3), 9, 2, 0, Reason.BREAK_LEAST),
    ],
)
def test_a_long_break_makes_it_easier_once(progress, days, level, step, reason):
    progress = replace(progress, counted_from=TODAY - timedelta(days=days))
    result, why = dom.come_back(progress, TODAY, RULES)
    assert (result.level, result.step, why) == (level, step, reason)
    assert dom.come_back(result, TODAY, RULES) == (result, None)


@pytest.mark.parametrize(
    ("progress", "answers", "track", "level"),
    [
        (Progress(), SAFE, "standing", 2),
        (Progress(), sheet("fell"), "seated_and_bed", 1),
        (at(4, 3), sheet("stand_safe"), "seated_and_bed", 3),
        (at(1, 3, track="seated_and_bed"), SAFE, "standing", 2),
        (at(3, 3, track="seated_and_bed"), SAFE, "standing", 2),
    ],
)
def test_other_answers_lead_to_the_other_track(progress, answers, track, level):
    settled = dom.settle(replace(progress, answers=answers), TODAY, RULES)
    assert (settled.track, settled.level, settled.step) == (track, level, 0)


def test_answers_that_change_no_track_change_nothing():
    for progress in (at(3, 2), replace(at(3, 2), answers=sheet("floor_up"))):
        assert dom.settle(progress, TODAY, RULES) == progress


def test_after_a_fall_nothing_stands_until_cleared():
    progress = dom.hold_standing(at(3), TODAY)
    planned = dom.plan(progress, TODAY, EXERCISES)
    assert planned.kind == "held"
    assert all(MOVES[item.move].position != "standing" for item in planned.items)
    cleared = dom.clear(progress)
    assert (cleared.held, cleared.met) == (False, 0)
    assert dom.next_question(cleared, TODAY, EXERCISES) == RULES.questions[0]


def test_the_day_after_is_a_light_one_with_a_walk_for_those_who_are_far():
    progress = at(3, 4, strength_on=TODAY)
    tomorrow = dom.plan(progress, TODAY + timedelta(days=1), EXERCISES)
    assert tomorrow.kind == "light"
    assert tomorrow.items[-1] == dom.Item("walk", 1, 300)
    assert dom.plan(progress, TODAY + timedelta(days=2), EXERCISES).kind == "full"


# -- the questions


def ask_all(progress, said, today=TODAY):
    """Answers everything that is asked, as ``said`` says; returns what was asked, too."""
    asked = []
    while (question := dom.next_question(progress, today, EXERCISES)) is not None:
        asked.append(question.id)
        progress = dom.answer(progress, question, said(question), today, EXERCISES)
        assert len(asked) < 20
    return progress, asked


def safe(question):
    return "no" if question.counts == "yes" else "yes"


def test_the_first_time_all_is_asked_once_and_someone_must_be_near():
    progress, asked = ask_all(Progress(), safe)
    assert asked == [*QUESTIONS, "someone_near"]
    progress = dom.settle(progress, TODAY, RULES)
    assert (progress.track, progress.level) == ("standing", 2)
    assert ask_all(progress, safe)[1] == []


def test_who_must_not_exercise_is_asked_no_more():
    progress, asked = ask_all(Progress(), lambda q: "unsure")
    assert asked == ["urgent_now"]
    assert dom.plan(progress, TODAY, EXERCISES).items == ()


def test_who_fell_is_not_asked_about_standing():
    _, asked = ask_all(Progress(), lambda q: "yes" if q.id == "fell" else safe(q))
    assert asked == QUESTIONS[: QUESTIONS.index("fell") + 1]


def test_nobody_near_means_what_is_known_and_it_is_asked_again():
    def alone(question):
        return "no" if question.id == "someone_near" else safe(question)

    progress, _ = ask_all(Progress(), alone)
    progress = dom.settle(progress, TODAY, RULES)
    planned = dom.plan(progress, TODAY, EXERCISES)
    assert planned.kind == "gentle"
    assert not planned.stands
    tomorrow = TODAY + timedelta(days=1)
    assert ask_all(progress, safe, tomorrow)[1] == ["stand_safe", "someone_near"]


def test_level_four_asks_again_and_alone_stays_at_three():
    progress = at(4, met=2)
    assert ask_all(progress, safe)[1] == ["stand_safe", "someone_near"]
    alone = replace(progress, checked_on=TODAY, gentle_on=TODAY)
    planned = dom.plan(alone, TODAY, EXERCISES)
    assert (planned.kind, planned.level) == ("gentle", 3)
    assert planned.stands


def test_pain_that_stayed_until_the_morning_goes_a_level_down():
    progress, _ = after(at(3, 1), pain="amber")
    tomorrow = TODAY + timedelta(days=1)
    question = dom.next_question(progress, tomorrow, EXERCISES)
    assert question.id == "pain_stayed"
    assert dom.answer(progress, question, "yes", tomorrow, EXERCISES).level == 2
    assert dom.answer(progress, question, "no", tomorrow, EXERCISES).level == 3


def test_being_ill_is_asked_again_on_another_day_and_old_answers_are_too():
    progress, asked = ask_all(Progress(), lambda q: "yes" if q.id == "ill" else safe(q))
    assert asked[-1] == "ill"
    assert dom.refresh(progress, TODAY, RULES) == progress
    tomorrow = dom.refresh(progress, TODAY + timedelta(days=1), RULES)
    assert dom.next_question(tomorrow, TODAY, EXERCISES).id == "ill"
    old = dom.refresh(at(3), TODAY + timedelta(days=90), RULES)
    assert old.answers == {}
    assert old.level == 3


def test_a_named_danger_is_asked_again_once_it_was_seen_to():
    progress = Progress(answers=sheet("clot"), asked_on=TODAY)
    assert dom.refresh(progress, TODAY, RULES).answers == {}
    told = Progress(answers=sheet("told_not_to"), asked_on=TODAY)
    assert dom.refresh(told, TODAY, RULES) == told


# -- one session under way


def play(*verbs, progress=None):
    done = dom.plan(progress or at(2), TODAY, EXERCISES)
    for verb in verbs:
        done = dom.take(done, verb, EXERCISES)
    return done


def test_a_whole_session():
    done = play("ready", "done", *["done"] * 6, "done", "easy", "green")
    assert (done.phase, done.feel, done.left, done.done) == ("ended", "easy", 0, 6)
    assert done.revision == 12


def test_too_hard_takes_the_easier_move_and_without_one_goes_on():
    done = play("ready", "done", "done", "hard")
    assert [item.move for item in done.items][1] == "seated_knee_straighten"
    assert (done.index, done.swapped) == (1, ("sit_to_stand_hands",))
    last = play("ready", "done", *["skip"] * 5, "hard")
    assert last.phase == "ended"  # nothing is easier than feet together, and nothing was done


def test_stop_leaves_the_move_out_or_ends_the_day():
    assert play("ready", "done", "stop", "back").phase == "moves"
    left = play("ready", "done", "stop", "leave")
    assert (left.phase, left.index, left.swapped) == ("moves", 1, ("march_on_spot",))
    assert play("ready", "stop", "leave").phase == "moves"
    ended = play("ready", "done", "stop", "end")
    assert (ended.phase, ended.feel) == ("pain", "stopped")


def test_a_tap_out_of_place_changes_nothing():
    assert dom.take(play(), "done", EXERCISES) is None
    assert dom.take(play("ready"), "red", EXERCISES) is None


@given(st.lists(st.sampled_from(sorted({v for vs in dom.VERBS.values() for v in vs}))))
def test_any_taps_keep_a_session_whole(verbs):
    done = dom.plan(at(3, 2), TODAY, EXERCISES)
    for verb in verbs:
        done = dom.take(done, verb, EXERCISES) or done
        assert 0 <= done.index < len(done.items)
        assert len({item.move for item in done.items}) == len(done.items)
        assert all(set(done.places) & set(MOVES[item.move].places) for item in done.items)
        assert dom.session_from_json(dom.session_to_json(done), EXERCISES) == done


# -- a whole life

DAYS = st.tuples(
    st.sampled_from([0, 1, 1, 2, 3, 6, 7, 8, 20, 95]),
    st.sampled_from(["full"] * 8 + ["fall", "clear", "anew"]),
    st.sampled_from(["easy", "easy", "easy", "ok", "too_hard", "stopped"]),
    st.sampled_from(["green", "green", "green", "amber", "red"]),
    st.sets(st.sampled_from([*QUESTIONS, "someone_near", "pain_stayed"]), max_size=2),
    st.integers(0, 1),
)


SOMEBODY = st.builds(
    at,
    st.integers(1, 3),
    st.integers(0, LAST_STEP),
    track=st.sampled_from(["standing", "seated_and_bed"]),
    easy=st.integers(0, 2),
    met=st.sampled_from([0, 2, 4]),
)


@settings(max_examples=400)
@given(st.just(Progress()) | SOMEBODY, st.lists(DAYS, max_size=60))
def test_over_any_life_levels_never_jump_by_two_and_moves_are_allowed(progress, days):
    today, last = TODAY, None
    for gap, act, feel, pain, unsafe, left in days:
        today += timedelta(days=gap)
        progress = dom.refresh(progress, today, RULES)
        match act:
            case "fall":
                progress = dom.hold_standing(progress, today)
            case "clear":
                progress = dom.clear(progress)
            case "anew":
                progress = dom.drop_answers(progress)
        progress, _ = ask_all(progress, lambda q, bad=unsafe: _said(q, bad), today)
        progress = dom.settle(progress, today, RULES)
        places = dom.judge(progress.answers, RULES).places
        assert dom.progress_from_json(dom.progress_to_json(progress), EXERCISES) == progress
        if not places:
            continue
        progress, _ = dom.come_back(progress, today, RULES)
        planned = dom.plan(progress, today, EXERCISES)
        _check(planned, progress, places)
        if planned.kind == "full":
            assert last is None or abs(planned.level - last) <= 1
            last = planned.level
        ended = replace(planned, feel=feel, left=left, swapped=(planned.items[0].move,) * left)
        before = progress.level
        progress, reason = dom.after_session(progress, ended, pain, today, RULES)
        assert isinstance(reason, Reason)
        assert abs(progress.level - before) <= 1


def _said(question, unsafe):
    if question.id in unsafe:
        return question.counts
    return "no" if question.counts == "yes" else "yes"


def _check(planned, progress, places):
    assert len(planned.items) >= 5
    may = places - {"standing", "floor"} if progress.held else places
    for item in planned.items:
        assert may & set(MOVES[item.move].places)
        assert MOVES[item.move].level <= planned.level
    if planned.kind == "full" and planned.stands and planned.level >= 2:
        assert progress.met >= (4 if planned.level == 4 else 2)


# -- what is kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version":2}',
        '{"later":1}',
        '{"answers":{"knee":"yes"}}',
        '{"answers":{"fell":"perhaps"}}',
        '{"level":3}',
        '{"track":"standing","level":5}',
        '{"track":"seated_and_bed","level":4}',
        '{"track":"standing","level":"2"}',
        '{"track":"standing","level":2,"step":9}',
        '{"avoid":["hover"]}',
        '{"easy":-1}',
    ],
)
def test_a_kept_programme_that_does_not_fit_is_refused(text):
    with pytest.raises(dom.BrokenProgramme):
        dom.progress_from_json(text, EXERCISES)


@pytest.mark.parametrize("text", ["", '{"version":2}', '{"kind":"full"}'])
def test_a_kept_session_that_does_not_fit_is_refused(text):
    with pytest.raises(dom.BrokenProgramme):
        dom.session_from_json(text, EXERCISES)


def test_a_session_of_moves_that_are_gone_is_refused():
    text = dom.session_to_json(play("ready")).replace("toe_raise", "hover")
    with pytest.raises(dom.BrokenProgramme):
        dom.session_from_json(text, EXERCISES)
