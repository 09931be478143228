"""What a person reads at danger: the level first, the right number, one question, no flood."""

from datetime import UTC, datetime, timedelta

import pytest

from content.files import DATA, read_yaml
from content.loading_countries import load_countries
from content.schema.messages import Messages
from content.schema.red_flags import Condition
from tgbot.domain import warnings
from tgbot.domain.callback_data import encode
from tgbot.domain.red_flags import Level, ScreenAction, Screening

TEXTS = read_yaml(dict[str, str], DATA / "en" / "messages" / "warnings.yaml")
MESSAGES = Messages({f"warnings.{key}": text for key, text in TEXTS.items()})
COUNTRIES = {country.code: country for country in load_countries(DATA)}
CONDITIONS = {
    "stroke": Condition("a stroke", 1, "emergency"),
    "leg_clot": Condition("a clot", 2, "same_day"),
}
STROKE = Screening(Level.EMERGENCY, ScreenAction.WARN, ("stroke",))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_the_call_line_comes_first_with_the_number_of_the_country():
    said = warnings.warning(STROKE, MESSAGES, COUNTRIES["GB"])
    assert said.text.startswith("<b>Call 999 now.</b>")
    assert said.urgent
    assert ("country", "open") in [button.action for row in said.buttons for button in row]


@pytest.mark.parametrize(
    ("code", "expected", "absent"),
    [("GB", "112", "911"), ("JP", "119", "112"), ("LK", "1990", "112"), ("DE", "112", "999")],
)
def test_112_is_offered_only_where_it_works(code, expected, absent):
    text = warnings.call_line(MESSAGES, COUNTRIES[code])
    assert expected in text
    assert absent not in text


def test_an_unknown_country_still_gets_a_call_line():
    assert "emergency number" in warnings.warning(STROKE, MESSAGES, None).text


def test_stroke_says_to_note_the_time_and_not_to_drive():
    text = warnings.warning(STROKE, MESSAGES, COUNTRIES["US"]).text
    assert "Note the time" in text
    assert "Do not drive" in text


def test_same_day_says_today_and_when_to_call():
    clot = Screening(Level.SAME_DAY, ScreenAction.WARN, ("leg_clot",))
    text = warnings.warning(clot, MESSAGES, COUNTRIES["IE"]).text
    assert text.startswith("<b>Be seen by a doctor today.</b>")
    assert "Call 112" in text


def test_self_harm_has_its_own_words():
    harm = Screening(Level.EMERGENCY, ScreenAction.WARN, ("self_harm", "stroke"))
    text = warnings.warning(harm, MESSAGES, COUNTRIES["GB"]).text
    assert "glad you wrote" in text
    assert "drive" not in text


def test_a_question_stands_under_the_warning_with_two_answers():
    asked = warnings.warning(
        Screening(Level.EMERGENCY, ScreenAction.ASK, ("stroke",)), MESSAGES, COUNTRIES["GB"]
    )
    assert asked.text.index("Call 999") < asked.text.index("One question")
    actions = [button.action for row in asked.buttons for button in row]
    assert actions[:2] == [("danger", "now", "stroke"), ("danger", "no", "stroke")]
    assert all(encode(action) for action in actions)


@pytest.mark.parametrize(
    ("conditions", "minutes", "repeat"),
    [(("stroke",), 3, False), (("stroke", "seizure"), 3, True), (("stroke",), 10, True)],
)
def test_the_full_warning_is_not_repeated_within_ten_minutes(conditions, minutes, repeat):
    again = Screening(Level.EMERGENCY, ScreenAction.WARN, conditions)
    later = NOON + timedelta(minutes=minutes)
    assert warnings.should_repeat(again, ("stroke",), NOON, later) is repeat


def test_the_first_warning_is_always_full():
    assert warnings.should_repeat(STROKE, (), None, NOON)


def test_the_short_reminder_keeps_the_number():
    said = warnings.reminder(STROKE, MESSAGES, COUNTRIES["AU"])
    assert "call 000" in said.text
    assert said.urgent


def test_yes_leads_to_the_full_warning_of_its_level():
    now = warnings.after_ask("now", "leg_clot", MESSAGES, COUNTRIES["GB"], CONDITIONS)
    assert now.text.startswith("<b>Be seen by a doctor today.</b>")
    old = warnings.after_ask("now", "gone", MESSAGES, COUNTRIES["GB"], CONDITIONS)
    assert old.text.startswith("<b>Call 999 now.</b>")


def test_no_leads_on_kindly_and_keeps_the_number():
    said = warnings.after_ask("no", "stroke", MESSAGES, COUNTRIES["GB"], CONDITIONS)
    assert "999" in said.text
    assert not said.urgent


def test_the_info_line_names_the_number():
    assert "call 999" in warnings.info_line(MESSAGES, COUNTRIES["GB"])
