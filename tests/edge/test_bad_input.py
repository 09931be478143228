"""Whatever comes in: a clear answer or silence, never a crash, and nothing lost after it."""

import json
import logging
from logging import Formatter

import pytest

CANARY = "Zanzibar-quokka"
"""Stands for what a person wrote; it must never reach a log."""


@pytest.fixture(autouse=True)
async def nothing_lost(bot, chat, caplog, capfd):
    """After each test the bot still answers, nothing was parked unless said, and nothing told."""
    caplog.set_level(logging.INFO)
    await chat.say("/start")
    yield
    heard = await chat.say("/start")
    assert "I am Surefoot" in heard.text
    assert len(heard.new) == 1
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    told = "".join(map(Formatter().format, records)) + "".join(capfd.readouterr())
    assert CANARY not in told
    assert bot.sandbox.token not in told


@pytest.fixture
async def unharmed(bot):
    """For tests in which nothing may even be put aside or be refused by Telegram."""
    yield
    assert await bot.parked() == 0
    assert [call.method for call in bot.sandbox.calls.records if not call.ok] == []


def message(chat, **content):
    """A message update of that person, as Telegram would send it."""
    person = chat.sandbox.world.person(chat.id)
    body = {"message_id": 900_000, "date": 1_700_000_000}
    return {"message": {**body, "from": person.as_user(), "chat": person.as_chat(), **content}}


async def push(chat, update):
    """Lets an update come in by polling, and returns what the bot did."""
    return await chat.during(lambda: chat.sandbox.push_update(update))


ODD_TEXTS = {
    "one megabyte": f"{CANARY} " * 62_500,
    "one megabyte without a space": "x" * 1_000_000,
    "half a surrogate pair": f"{CANARY} \ud83d",
    "NUL bytes": f"{CANARY}\x00\x00 and more",
    "only a NUL byte": "\x00",
    "right to left": f"{CANARY} \u202e\u0633\u0627\u0642\u0627\u064a\u202c",
    "4,096 emoji": "🦵" * 4096,
    "HTML": f"<b>{CANARY}</b><script>alert(1)</script>&lt;i&gt;</p>",
    "broken HTML": f"<b {CANARY} & < > </u>",
    "a format string": "{0} {name} %s %(x)d ${PATH} {{}}",
    "SQL": "'; DROP TABLE people; --",
    "spaces": "   \n\t ",
    "invisible characters": "\u200b\u200d\ufeff",
    "combining marks": "Z" + "\u0301" * 3000,
    "digits": "9" * 4000,
    "a superscript digit": "²³ at ¼ past ٣",
    "a slash": "/",
    "an odd command": f"/{CANARY.lower()} x",
    "a command of another bot": "/start@other_bot",
    "nested brackets": "(" * 4000,
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
async def test_odd_texts_are_answered(chat, unharmed, text):
    heard = await push(chat, message(chat, text=text))
    assert len(heard.new) <= 1
    assert CANARY not in heard.text


@pytest.mark.parametrize("command", ["ask", "timezone", "country"])
@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
async def test_odd_words_after_a_command_are_answered(chat, unharmed, command, text):
    entity = {"type": "bot_command", "offset": 0, "length": len(command) + 1}
    update = message(chat, text=f"/{command} {text}", entities=[entity])
    heard = await push(chat, update)
    assert len(heard.new) >= 1
    assert CANARY not in heard.text


@pytest.mark.parametrize("text", ["", None, 7, ["a"], {"a": 1}])
async def test_a_text_that_is_none_is_passed_over(chat, text):
    await push(chat, message(chat, text=text))


@pytest.mark.parametrize("opening", ["/country", "/timezone", "/reminders"])
@pytest.mark.parametrize("text", ["<b>x</b> \x00", "9" * 4000, "🦵" * 4096, "²:³", "\ud83d"])
async def test_odd_answers_to_what_the_bot_asked(chat, unharmed, opening, text):
    await chat.say(opening)
    if opening == "/reminders":
        await chat.tap("Add a reminder")
    heard = await push(chat, message(chat, text=text))
    assert len(heard.new) >= 1


THINGS = {
    "sticker": {
        "sticker": {
            "file_id": "a",
            "file_unique_id": "b",
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    "photo": {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
    "voice": {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
    "location": {"location": {"latitude": 51.5, "longitude": -0.1}},
    "poll": {
        "poll": {
            "id": "1",
            "question": CANARY,
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "contact": {"contact": {"phone_number": "1", "first_name": CANARY}},
    "something Telegram invents next year": {"hologram": {"depth": 3, "title": CANARY}},
}


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS.keys())
async def test_things_that_are_not_text(chat, unharmed, thing):
    heard = await push(chat, message(chat, **thing))
    assert "I can read text only" in heard.text
    assert "112 or 911" in heard.text
    assert len(heard.new) == 1


async def test_a_danger_sign_under_a_photo_warns(chat, unharmed):
    caption = "my face is drooping and my arm is weak"
    heard = await push(chat, message(chat, **THINGS["photo"], caption=caption))
    assert heard.text.startswith("Call your emergency number now.")
    assert len(heard.new) == 1


async def test_an_edit_that_names_no_danger_is_left_alone(chat, unharmed):
    await chat.say("hello")
    assert not (await chat.edit(f"hello {CANARY}")).messages


async def test_an_edit_that_names_a_danger_warns(chat, unharmed):
    await chat.say("my arm")
    heard = await chat.edit("my face is drooping and my arm is weak")
    assert heard.text.startswith("Call your emergency number now.")


FORGED = {
    "another version": "9:menu:start",
    "no version": "menu:start",
    "nothing": "",
    "only colons": ":::::::::",
    "an unknown route": "1:nowhere:at:all",
    "64 bytes": "1:rem:" + "z" * 58,
    "not ASCII": "1:rem:öffne:🦵",
    "a digit that is no number": "1:rem:open:²",
    "a huge number": "1:rem:open:" + "9" * 50,
    "too large for the database": f"1:rem:open:{2**63}",
    "a negative number": "1:rem:open:-1",
    "a missing reminder": "1:rem:gone:12345",
    "no such time": "1:rem:at:2599",
    "letters for a time": "1:rem:at:8oAM",
    "no such days": "1:rem:new:0800:²",
    "no days": "1:rem:new:0800:0",
    "very many days": "1:rem:new:0800:" + "9" * 45,
    "an odd pause": "1:rem:pause:1:999",
    "a missing occurrence": "1:occ:done:12345",
    "a huge occurrence": f"1:occ:done:{2**64}",
    "an odd move": "1:occ:move:1:²",
    "a missing session": "1:ex:go:12345:1:done",
    "an odd session": "1:ex:go:1:²:done",
    "a session of a huge revision": f"1:ex:go:1:{10**17}:done",
    "an answer to no question": "1:ex:said:0:knee:yes",
    "an answer without consent": "1:ex:said:0:urgent_now:no",
    "an odd answer": "1:ex:said:0:urgent_now:perhaps",
    "a session of a missing reminder": "1:ex:open:12345",
    "an odd wish to exercise": "1:ex:dance:0",
    "a bare wish to exercise": "1:ex:go",
    "a missing check": "1:chk:12345:0:none",
    "a huge check": f"1:chk:{2**63}:0:none",
    "an odd check": "1:chk:agree:me",
    "no such country": "1:country:XX",
    "a path for a zone": "1:zone:set:../../etc/passwd",
    "no such zone": "1:zone:set:Mars/Olympus",
    "a bare zone": "1:zone:set",
    "no such nutrient": "1:nut:kryptonite:foods",
    "no such facet": "1:nut:vitamin_d:price",
    "a danger that is none": "1:danger:now:sniffles",
    "a danger without a name": "1:danger:now",
    "an odd menu": "1:menu:secret",
    "an odd wish to be forgotten": "1:me:somebody_else",
}


@pytest.mark.parametrize("data", FORGED.values(), ids=FORGED.keys())
async def test_forged_buttons(bot, chat, unharmed, data):
    answered = len(bot.sandbox.calls.of("answerCallbackQuery"))
    await chat.forge(data)
    assert len(bot.sandbox.calls.of("answerCallbackQuery")) == answered + 1


async def test_a_button_for_an_unknown_nutrient_leaves_no_topic(chat, unharmed):
    await chat.forge("1:nut:kryptonite:foods")
    assert (await chat.say("and how much for a man of 60?")).new


async def test_a_tap_on_a_message_that_is_gone(bot, chat):
    bot.sandbox.world.delete(chat.id, chat.last()["message_id"])
    heard = await chat.during(lambda: bot.sandbox.tap(chat.id, 5, "1:menu:help"))
    assert "What I can do" in heard.text


async def test_a_tap_without_its_message(bot, chat):
    person = bot.sandbox.world.person(chat.id)
    query = {"id": "77", "from": person.as_user(), "chat_instance": "1", "data": "1:menu:help"}
    await push(chat, {"callback_query": query})
    inline = {**query, "id": "78", "inline_message_id": "abc"}
    await push(chat, {"callback_query": inline})
    game = {"id": "79", "from": person.as_user(), "chat_instance": "1", "game_short_name": "x"}
    await push(chat, {"callback_query": game})
    assert await bot.parked() == 0


async def test_nobody_reaches_what_belongs_to_another(bot, chat):
    owner = bot.chat("Olga")
    await owner.say("/timezone London")
    await owner.say("remind me at 10:00")
    await bot.to_next_reminder()
    await owner.say("/check")
    await owner.tap("Yes, keep my answers and begin")
    before = owner.cards
    _, done = owner.find("Done")
    _, delete = owner.find("Delete it")
    _, answer = owner.find("Me, age 60 or over")
    for button in (done, delete, answer):
        heard = await chat.forge(button["callback_data"])
        assert heard.notices
    drop = delete["callback_data"].replace("drop", "gone")
    assert (await chat.forge(drop)).notices
    assert owner.cards == before
    assert "10:00 am, every day" in (await owner.say("/reminders")).text


async def test_in_a_group_only_when_spoken_to(bot, chat, unharmed):
    group = bot.sandbox.add_group("Family", [chat.id])
    await bot.settle()

    async def say(text):
        seen = len(bot.sandbox.messages(group.id))
        bot.sandbox.send_text(group.id, text, chat.id)
        await bot.settle()
        return bot.sandbox.messages(group.id)[seen + 1 :]

    assert await say(f"hello all {CANARY}") == []
    assert await say("how much vitamin d does a woman of 72 need?") == []
    for spoken in ("/start@surefoot_bot", "/help", "@surefoot_bot my vitamin d is 12 ng/ml"):
        (answer,) = await say(spoken)
        assert "in private only" in answer["text"]
        (button,) = answer["reply_markup"]["inline_keyboard"][0]
        assert button["url"].startswith("https://t.me/surefoot_bot")
    (warning,) = await say("grandpa's face is drooping and his arm is weak")
    assert warning["text"].startswith("Call your emergency number now.")
    assert await say("/start@other_bot") == []


async def test_a_private_button_in_a_group_tells_nothing(bot, chat, unharmed):
    group = bot.sandbox.add_group("Family", [chat.id])
    bot.sandbox.send_text(group.id, "/start", chat.id)
    await bot.settle()
    card = bot.sandbox.messages(group.id)[-1]
    for data in ("1:rem:list", "1:country:open", "1:me:delete"):
        bot.sandbox.tap(group.id, card["message_id"], data, chat.id)
    await bot.settle()
    assert bot.sandbox.messages(group.id)[-1] == card


async def test_bots_and_channels_are_not_answered(bot, chat, unharmed):
    robot = {"id": 5, "is_bot": True, "first_name": CANARY}
    sign = "my face is drooping and my arm is weak"
    update = message(chat, text=sign)
    update["message"]["from"] = robot
    await push(chat, update)
    assert not (await push(chat, message(chat, text="vitamin d", via_bot=robot))).messages
    channel = bot.sandbox.add_group("News", [], kind="channel")
    bot.sandbox.post_in_channel(channel.id, sign)
    post = {"message_id": 1, "date": 1, "chat": channel.as_chat(), "text": sign}
    await push(chat, {"channel_post": post})
    assert bot.sandbox.calls.sends(channel.id) == []


async def test_an_inline_query(bot, chat, unharmed):
    (offer,) = await bot.sandbox.ask_inline(chat.id, "vitamin d")
    assert "Vitamin D" in offer["title"]
    for odd in ("", CANARY, "<b>", "x" * 256, "my face is drooping"):
        assert await bot.sandbox.ask_inline(chat.id, odd) == []
    await bot.settle()


async def test_unknown_fields_and_kinds(chat, unharmed):
    update = message(
        chat,
        text="/help",
        flavour=CANARY,
        entities=[
            {"type": "bot_command", "offset": 0, "length": 5},
            {"type": "sparkle", "offset": 0, "length": 99, "colour": "blue"},
        ],
    )
    update["message"]["from"] |= {"aura": 1}
    assert "What I can do" in (await push(chat, {**update, "season": "autumn"})).text
    for kind in ("telepathy", "hologram"):
        await push(chat, {kind: {"user": {"id": chat.id}, "text": CANARY}})
    await push(chat, {})


BROKEN = {
    "a message that is a text": {"message": CANARY},
    "a message without a date": {"message": {"message_id": 1, "text": CANARY}},
    "a sender that is a list": {"message": {"message_id": 1, "date": 1, "from": [CANARY]}},
    "a date that is a text": {"message": {"message_id": 1, "date": CANARY, "chat": {"id": 7}}},
    "a chat without a type": {
        "message": {"message_id": 1, "date": 1, "chat": {"id": 7}, "text": CANARY}
    },
    "a date far off": {
        "message": {
            "message_id": 1,
            "date": 2**62,
            "chat": {"id": 7, "type": "private"},
            "text": CANARY,
        }
    },
    "entities past the end": {
        "message": {
            "message_id": 1,
            "date": 1,
            "text": "/start",
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7, "is_bot": False, "first_name": "x"},
            "entities": [{"type": "bot_command", "offset": 90, "length": 90}],
        }
    },
    "a tap that is a number": {"callback_query": 7},
    "a query that is null": {"inline_query": None},
}


@pytest.mark.parametrize("update", BROKEN.values(), ids=BROKEN.keys())
async def test_what_does_not_parse_is_put_aside_and_the_rest_goes_on(chat, update):
    chat.sandbox.push_update(update)
    heard = await chat.say("/help")
    assert "What I can do" in heard.text


async def test_a_broken_update_of_a_person_is_told_to_them(bot, chat):
    update = message(chat, text=CANARY)
    update["message"]["date"] = {}
    heard = await push(chat, update)
    assert "Something went wrong" in heard.text
    assert await bot.parked() == 1


async def test_a_broken_update_with_a_danger_sign_still_warns(chat):
    update = message(chat, text="my face is drooping and my arm is weak")
    update["message"]["date"] = {}
    heard = await push(chat, update)
    assert heard.text.startswith("Call your emergency number now.")


@pytest.mark.parametrize("number", [None, -1, 2**63, 2**70, 1.5, "7", True, [], {}])
async def test_an_update_without_a_usable_number_is_dropped(bot, chat, unharmed, number):
    await bot.app.intake.accept([message(chat, text=CANARY) | {"update_id": number}])
    await bot.app.intake.accept([message(chat, text=CANARY)])
    await bot.app.intake.accept([number])
    await bot.settle()


async def test_the_largest_number_is_kept(bot, chat, unharmed):
    update = message(chat, text="hello") | {"update_id": 2**63 - 1}
    heard = await chat.during(lambda: bot.app.intake.accept([update]))
    assert len(heard.new) == 1


async def test_duplicates_are_answered_once(bot, chat, unharmed):
    update = message(chat, text="hello") | {"update_id": 1_000}
    batch = [update, json.loads(json.dumps(update))]
    heard = await chat.during(lambda: bot.app.intake.accept(batch))
    assert len(heard.new) == 1
    heard = await chat.during(lambda: bot.app.intake.accept(batch))
    assert not heard.new


async def test_two_updates_out_of_order_are_both_answered_in_theirs(bot, chat, unharmed):
    def command(number, text):
        entity = {"type": "bot_command", "offset": 0, "length": len(text)}
        return message(chat, text=text, entities=[entity]) | {"update_id": number}

    batch = [command(2_002, "/help"), command(2_001, "/privacy")]
    heard = await chat.during(lambda: bot.app.intake.accept(batch))
    first, second = (message["text"] for message in heard.new)
    assert first.startswith("What I keep")
    assert second.startswith("What I can do")


@pytest.mark.parametrize(
    "content",
    [
        {"write_access_allowed": {"from_request": True}},
        {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}},
    ],
)
async def test_what_telegram_notes_in_a_chat_needs_no_answer(chat, unharmed, content):
    assert not (await push(chat, message(chat, **content))).messages


async def test_leaving_a_group_is_not_blocking_the_bot(bot, chat, unharmed):
    await chat.say("/timezone London")
    await chat.say("remind me at 10:00")
    group = bot.sandbox.add_group("Family", [chat.id])
    member = {"user": bot.sandbox.world.bot, "status": "member"}
    change = {
        "chat": group.as_chat(),
        "from": bot.sandbox.world.person(chat.id).as_user(),
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": member | {"status": "left"},
    }
    await push(chat, {"my_chat_member": change})
    heard = await chat.during(bot.to_next_reminder)
    assert "It is 10:00" in heard.text


@pytest.mark.parametrize("command", ["/help", "/help@surefoot_bot", "/stop", "/check", "/cancel"])
async def test_a_bare_command_is_no_cry_for_help(chat, unharmed, command):
    heard = await chat.say(command)
    assert "Is this happening now" not in heard.text
    assert "emergency number now" not in heard.text


@pytest.mark.parametrize("words", ["/help my face is drooping", "/help! my face is drooping"])
async def test_a_danger_sign_after_a_command_warns(chat, unharmed, words):
    assert (await chat.say(words)).text.startswith("Call your emergency number now.")


async def test_names_with_markup_are_harmless(bot, unharmed):
    odd = bot.chat(f"<b>{CANARY}</b> \ud83d \x00 \u202e")
    assert "I am Surefoot" in (await odd.say("/start")).text


async def test_a_flood_is_answered_once(bot, chat, unharmed):
    batch = [
        message(chat, text=f"hello {CANARY}") | {"update_id": 3_000 + number}
        for number in range(60)
    ]
    heard = await chat.during(lambda: bot.app.intake.accept(batch))
    assert "Many messages came from you at once" in heard.text
    assert len(heard.new) < 10
