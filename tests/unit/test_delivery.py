"""What follows from each way a call can end."""

from datetime import timedelta

import pytest

from tgbot.domain.delivery import Again, Finish, Outcome, SendClass, backoff, decide
from tgbot.errors import ApiRefused, ApiUnreachable
from tgbot.messaging.outcomes import classify

NEW = timedelta(0)
OLD = timedelta(hours=25)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("send_class", list(SendClass))
def test_every_outcome_has_a_decision(outcome, send_class):
    assert isinstance(decide(outcome, send_class, 1, NEW), Finish | Again)


@pytest.mark.parametrize("outcome", [Outcome.UNAVAILABLE, Outcome.UNSURE, Outcome.TOKEN_REFUSED])
def test_an_urgent_call_is_never_given_up_and_others_after_a_day(outcome):
    assert isinstance(decide(outcome, SendClass.URGENT, 99, OLD), Again)
    assert decide(outcome, SendClass.ANSWER, 99, OLD) == Finish()
    assert isinstance(decide(outcome, SendClass.ANSWER, 99, NEW), Again)


def test_the_pause_that_telegram_asks_for_is_kept():
    assert decide(Outcome.LIMITED, SendClass.ANSWER, 1, NEW, 17.0) == Again(17.0)


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.CHAT_GONE])
def test_who_is_gone_is_left_in_peace(outcome):
    assert decide(outcome, SendClass.URGENT, 1, NEW) == Finish(silence_chat=True)


def test_the_waits_grow_and_stay_below_half_a_minute():
    waits = [backoff(attempts) for attempts in range(1, 20)]
    assert waits[:4] == [0.5, 1, 2, 4]
    assert max(waits) == 30


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (ApiRefused(403, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED),
        (ApiRefused(403, "Forbidden: user is deactivated"), Outcome.CHAT_GONE),
        (ApiRefused(400, "Bad Request: chat not found"), Outcome.CHAT_GONE),
        (ApiRefused(400, "Bad Request: message is not modified: specified"), Outcome.UNCHANGED),
        (ApiRefused(400, "Bad Request: can't parse entities: x"), Outcome.MARKUP_REFUSED),
        (ApiRefused(400, "Bad Request: message to edit not found"), Outcome.MESSAGE_GONE),
        (ApiRefused(400, "Bad Request: query is too old and"), Outcome.TAP_TOO_OLD),
        (ApiRefused(400, "Bad Request: anything new"), Outcome.REFUSED),
        (ApiRefused(400, "group upgraded", migrate_to=-100), Outcome.MIGRATED),
        (ApiRefused(429, "Too Many Requests", retry_after=3), Outcome.LIMITED),
        (ApiRefused(401, "Unauthorized"), Outcome.TOKEN_REFUSED),
        (ApiRefused(404, "Not Found"), Outcome.TOKEN_REFUSED),
        (ApiRefused(502, "Bad Gateway"), Outcome.UNAVAILABLE),
        (ApiUnreachable("ClientOSError", maybe_done=True), Outcome.UNSURE),
        (ApiUnreachable("ClientConnectorError", maybe_done=False), Outcome.UNAVAILABLE),
    ],
    ids=lambda value: str(getattr(value, "description", value))[:40],
)
def test_telegrams_words_are_understood(failure, outcome):
    assert classify(failure) is outcome


def test_an_error_never_shows_what_telegram_said():
    assert str(ApiRefused(400, "Bad Request: canary")) == "the Bot API answered 400"
