"""The cards of a session: every move can be shown, every button can be sent."""

from dataclasses import replace
from datetime import date

import pytest

from content.checks.reading import grade
from tgbot.domain import programme as dom
from tgbot.domain.callback_data import LIMIT, encode
from tgbot.domain.rendering import TEXT_LIMIT
from tgbot.domain.session_cards import Cards
from tgbot.domain.session_words import (
    Speaker,
    fall_card,
    question_card,
    reason_words,
    refusal_card,
    result_card,
)

TODAY = date(2026, 11, 20)
LARGEST = "9" * 15


@pytest.fixture(scope="session")
def speak(knowledge):
    catalogue = knowledge.catalogue
    return Speaker(catalogue.exercises, catalogue.messages, "999")


@pytest.fixture
def session(speak):
    safe = {q.id: "no" if q.counts == "yes" else "yes" for q in speak.programme.questions}
    progress = dom.Progress(answers=safe, track="standing", level=2, met=2)
    return dom.plan(progress, TODAY, speak.exercises)


def fits(card):
    assert "{" not in card.text
    assert len(card.text) < TEXT_LIMIT
    assert len(card.buttons) <= 8
    for (button,) in card.buttons:
        assert len(encode(button.action).encode()) <= LIMIT


def test_every_phase_has_a_card(speak, session):
    cards = Cards(speak, int(LARGEST))
    fits(cards.opening(session, "note", ()))
    for phase in ("warm_up", "moves", "stopped", "cool_down", "how", "pain"):
        card = cards.card(replace(session, phase=phase, revision=999))
        fits(card)
        shown = {button.action[4] for (button,) in card.buttons}
        assert set(dom.VERBS[phase]) <= shown


def test_every_move_can_be_shown_with_every_dose(speak, session):
    for move in speak.exercises.moves.values():
        for step in range(5):
            much = dom.amount(move, step, speak.programme.dose)
            item = dom.Item(move.id, much.sets, much.count)
            card = Cards(speak, 1).card(replace(session, items=(item,), phase="moves"))
            fits(card)
            assert move.name in card.text
            assert grade(card.text) <= 6


@pytest.mark.parametrize(
    ("move", "sets", "count", "words"),
    [
        ("heel_raise", 1, 5, "Do it 5 times."),
        ("clam", 2, 10, "Do it 10 times with each leg. Then rest for 60 seconds. Do 2 rounds"),
        ("tandem_stand", 1, 8, "Do it for 8 seconds with each leg."),
        ("walk", 1, 1050, "Do it for about 18 minutes."),
    ],
)
def test_a_dose_in_words(speak, session, move, sets, count, words):
    item = dom.Item(move, sets, count)
    text = Cards(speak, 1).card(replace(session, items=(item,), phase="moves")).text
    assert words in text


def test_the_floor_is_named_only_where_it_is_allowed(speak, session):
    items = (dom.Item("bridge", 1, 5),)
    on_floor = replace(session, items=items, phase="moves")
    assert "on the floor" in Cards(speak, 1).card(on_floor).text
    bed = replace(on_floor, places=("bed", "seated"))
    assert "on the floor" not in Cards(speak, 1).card(bed).text


def test_every_question_can_be_asked_and_every_no_explained(speak):
    rules = speak.programme
    for question in (*rules.questions, *rules.on_the_day):
        card = question_card(speak, question, LARGEST, question.advice)
        fits(card)
        assert question.ask in card.text
        assert len(card.buttons) == 3
        fits(refusal_card(speak, question, LARGEST))
    fits(fall_card(speak))


def test_every_reason_has_words(speak, session):
    progress = dom.Progress(track="standing", level=2)
    for reason in dom.Reason:
        assert reason_words(speak, progress, reason)
        for pain in ("green", "amber", "red"):
            fits(result_card(speak, session, progress, reason, pain))


def test_every_warning_of_a_question_has_words_of_its_own(speak):
    for question in speak.programme.questions:
        if question.warns:
            assert f"warnings.first_{question.condition}" in speak.messages.texts
