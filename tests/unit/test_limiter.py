"""The limiter: never above Telegram's limits, and always room for a warning."""

from hypothesis import given
from hypothesis import strategies as st

from tgbot.domain.delivery import SendClass
from tgbot.messaging.limiter import CHAT_BURST, Limiter


def send_all(limiter, send_class, start, seconds, chats):
    """Sends whenever there is room, every 5 ms; returns the times of sending."""
    sent, now = [], start
    while now < start + seconds:
        for _ in range(limiter.room(send_class, now)):
            chat = next(chats)
            if limiter.chat_free_at(chat, send_class, now) <= now:
                limiter.note_send(chat, "sendMessage", now)
                sent.append(now)
        now += 0.005
    return sent


def most_in_a_second(times):
    return max((sum(one <= t < one + 0.999 for t in times) for one in times), default=0)


def test_bulk_leaves_room_and_everything_together_stays_below_28():
    limiter, chats = Limiter(28), iter(range(1, 10_000))
    bulk = send_all(limiter, SendClass.BULK, 100.0, 3.0, chats)
    assert most_in_a_second(bulk) == 18
    assert limiter.room(SendClass.URGENT, 103.0) >= 10
    answers = send_all(limiter, SendClass.ANSWER, 103.0, 3.0, chats)
    urgent = send_all(limiter, SendClass.URGENT, 106.0, 3.0, chats)
    assert most_in_a_second(answers) == 25
    assert most_in_a_second(bulk + answers + urgent) == 28


def test_a_second_is_not_spent_in_one_clump():
    limiter = Limiter(28)
    first = send_all(limiter, SendClass.ANSWER, 0.0, 0.1, iter(range(1, 100)))
    assert len(first) <= 4


def test_a_chat_gets_a_small_burst_and_then_one_a_second():
    limiter = Limiter(1000)
    for _ in range(CHAT_BURST):
        assert limiter.chat_free_at(7, SendClass.ANSWER, 10.0) <= 10.0
        limiter.note_send(7, "sendMessage", 10.0)
    assert limiter.chat_free_at(7, SendClass.ANSWER, 10.0) == 11.0
    assert limiter.chat_free_at(7, SendClass.URGENT, 10.0) <= 10.0
    assert limiter.chat_free_at(8, SendClass.ANSWER, 10.0) <= 10.0


def test_a_group_gets_twenty_a_minute():
    limiter = Limiter(1000)
    for second in range(20):
        assert limiter.chat_free_at(-5, SendClass.ANSWER, float(second)) <= second
        limiter.note_send(-5, "sendMessage", float(second))
    assert limiter.chat_free_at(-5, SendClass.ANSWER, 20.0) == 60.0
    assert limiter.chat_free_at(-5, SendClass.ANSWER, 60.1) <= 60.1


def test_a_pause_asked_for_one_chat_is_its_own_also_for_warnings():
    limiter = Limiter(28)
    limiter.note_limit(7, SendClass.ANSWER, 5.0, 100.0)
    assert limiter.chat_free_at(7, SendClass.URGENT, 101.0) == 105.0
    assert limiter.chat_free_at(8, SendClass.ANSWER, 101.0) <= 101.0
    assert limiter.room(SendClass.BULK, 101.0) > 0


def test_three_limited_chats_at_once_hold_bulk_only():
    limiter = Limiter(28)
    for chat in (1, 2, 3):
        limiter.note_limit(chat, SendClass.BULK, 4.0, 100.0)
    assert limiter.room(SendClass.BULK, 102.0) == 0
    assert limiter.room(SendClass.ANSWER, 102.0) > 0
    assert limiter.room(SendClass.BULK, 104.1) > 0


def test_answers_to_taps_do_not_use_up_the_chat():
    limiter = Limiter(28)
    for _ in range(10):
        limiter.note_send(7, "answerCallbackQuery", 1.0)
    assert limiter.chat_free_at(7, SendClass.ANSWER, 1.0) <= 1.0


def test_quiet_chats_are_forgotten():
    limiter = Limiter(28)
    for chat in range(1000):
        limiter.note_send(chat + 1, "sendMessage", 0.0)
    limiter.forget_idle(100.0)
    assert not limiter._lanes


@given(
    st.lists(
        st.tuples(st.floats(0, 0.3), st.sampled_from(SendClass), st.integers(1, 4)), max_size=200
    )
)
def test_whatever_comes_no_second_holds_more_than_28(steps):
    limiter, now, sent = Limiter(28), 0.0, []
    for wait, send_class, chat in steps:
        now += wait
        for _ in range(limiter.room(send_class, now)):
            limiter.note_send(chat, "sendMessage", now)
            sent.append(now)
    assert most_in_a_second(sent) <= 28
