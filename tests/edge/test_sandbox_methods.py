"""Every method of the sandbox, driven by the real python-telegram-bot."""

import asyncio
import re
import struct
import zlib
from pathlib import Path

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    MenuButtonWebApp,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    WebAppInfo,
)
from telegram.error import BadRequest

from tgbot.sandbox.methods import SERVED
from tgbot.sandbox.server import Sandbox

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
GIF = b"GIF89a\x02\x00\x03\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x02\x00\x03\x00\x00\x02\x02\x84Q\x00;"


def png(width=4, height=3):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox):
    base = sandbox.api_base
    async with Bot(sandbox.token, f"{base}/bot", f"{base}/file/bot") as connected:
        yield connected


@pytest.fixture
def ann(sandbox):
    return sandbox.add_person("Ann", started=True).id


async def test_the_bot_knows_itself(bot, sandbox):
    me = await bot.get_me()
    assert (me.is_bot, me.username, me.supports_inline_queries) == (True, "surefoot_bot", True)
    assert sandbox.calls.counts["getMe"] == 2  # once by itself when it started


async def test_text_with_entities_and_buttons(bot, sandbox, ann):
    sent = await bot.send_message(ann, "<b>Hi</b> 😀 /go", parse_mode="HTML", reply_markup=BUTTONS)
    assert sent.text == "Hi 😀 /go"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 0, 2),
        ("bot_command", 6, 3),
    ]
    assert sent.reply_markup == BUTTONS
    assert sandbox.messages(ann)[-1]["text"] == "Hi 😀 /go"


async def test_given_entities_move_when_the_text_is_trimmed(bot, ann):
    sent = await bot.send_message(ann, "  hello  ", entities=[MessageEntity("bold", 2, 9)])
    assert (sent.text, sent.entities[0].offset, sent.entities[0].length) == ("hello", 0, 5)


async def test_reply_keyboards_are_for_people_only(bot, sandbox, ann):
    for keyboard in (ReplyKeyboardMarkup([["8:00"]]), ReplyKeyboardRemove(), ForceReply()):
        sent = await bot.send_message(ann, "When?", reply_markup=keyboard)
        assert sent.reply_markup is None
    shown = [stored.keyboard for stored in sandbox.world.history[ann].values()]
    assert shown[0]["keyboard"] == [[{"text": "8:00"}]]
    assert shown[1] == {"remove_keyboard": True}


async def test_a_reply_carries_what_it_answers(bot, sandbox, ann):
    asked = sandbox.send_text(ann, "Can I?")
    answer = await bot.send_message(
        ann, "Yes", reply_parameters=ReplyParameters(asked["message_id"])
    )
    assert answer.reply_to_message.text == "Can I?"
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(ann, "Yes", reply_parameters=lenient)).reply_to_message is None
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ann, "Yes", reply_parameters=ReplyParameters(999))


async def test_a_photo_is_uploaded_sent_again_and_loaded(bot, ann):
    first = await bot.send_photo(ann, png(40, 30), caption="<i>Chair</i>", parse_mode="HTML")
    size = first.photo[-1]
    assert (size.width, size.height, size.file_size) == (40, 30, len(png(40, 30)))
    assert (first.caption, first.caption_entities[0].type) == ("Chair", "italic")
    again = await bot.send_photo(ann, size.file_id, reply_markup=BUTTONS)
    assert again.photo[-1].file_unique_id == size.file_unique_id
    file = await bot.get_file(size.file_id)
    assert bytes(await file.download_as_bytearray()) == png(40, 30)


async def test_animation_document_and_address(bot, ann):
    animation = await bot.send_animation(ann, GIF, filename="walk.gif", duration=2)
    assert animation.animation.mime_type == "image/gif"
    assert animation.to_dict()["animation"]["duration"] == 2
    assert (animation.animation.width, animation.animation.height) == (2, 3)
    document = await bot.send_document(ann, b"a;b", filename="export.csv", caption="Yours")
    assert (document.document.file_name, document.document.file_size) == ("export.csv", 3)
    by_address = await bot.send_photo(ann, "https://example.org/legs.png")
    assert by_address.photo[-1].file_id


async def test_edits_in_place(bot, sandbox, ann):
    sent = await bot.send_message(ann, "One", reply_markup=BUTTONS)
    edited = await bot.edit_message_text("<b>Two</b>", ann, sent.message_id, parse_mode="HTML")
    assert (edited.text, edited.reply_markup) == ("Two", None)
    assert edited.edit_date is not None
    edited = await bot.edit_message_reply_markup(ann, sent.message_id, reply_markup=BUTTONS)
    assert edited.reply_markup == BUTTONS
    assert len(sandbox.messages(ann)) == 1


async def test_captions_and_media_are_edited(bot, ann):
    sent = await bot.send_photo(ann, png(), caption="One")
    edited = await bot.edit_message_caption(ann, sent.message_id, caption="Two")
    assert (edited.caption, edited.photo) == ("Two", sent.photo)
    for media, field in (
        (InputMediaAnimation(GIF, caption="A"), "animation"),
        (InputMediaDocument(b"x", filename="x.txt"), "document"),
        (InputMediaPhoto(sent.photo[-1].file_id, caption="<b>B</b>", parse_mode="HTML"), "photo"),
    ):
        edited = await bot.edit_message_media(media, ann, sent.message_id)
        assert getattr(edited, field)
    assert (edited.caption, edited.caption_entities[0].type) == ("B", "bold")
    assert edited.animation is None


async def test_text_becomes_a_picture(bot, ann):
    sent = await bot.send_message(ann, "Loading")
    edited = await bot.edit_message_media(InputMediaPhoto(png()), ann, sent.message_id)
    assert (edited.text, bool(edited.photo)) == (None, True)


async def test_deleting(bot, sandbox, ann):
    sent = await bot.send_message(ann, "Oops")
    assert await bot.delete_message(ann, sent.message_id)
    assert sandbox.messages(ann) == []


async def test_a_tap_is_answered_once(bot, sandbox, ann):
    sent = await bot.send_message(ann, "Sure?", reply_markup=BUTTONS)
    sandbox.tap(ann, sent.message_id, "yes")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert (query.data, query.message.text, query.from_user.id) == ("yes", "Sure?", ann)
    assert await query.answer("Noted", show_alert=True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()


async def test_commands_by_scope_and_language(bot, sandbox, ann):
    start = [BotCommand("start", "Begin")]
    await bot.set_my_commands(start)
    await bot.set_my_commands([BotCommand("start", "Los")], language_code="de")
    await bot.set_my_commands([BotCommand("x", "X")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("y", "Y")], scope=BotCommandScopeChat(ann))
    assert list(await bot.get_my_commands()) == start
    assert (await bot.get_my_commands(language_code="de"))[0].description == "Los"
    assert (await bot.get_my_commands(scope=BotCommandScopeChat(ann)))[0].command == "y"
    assert await bot.get_my_commands(language_code="fr") == ()
    assert sandbox.world.profile.menu(ann, "en")[0]["command"] == "y"
    assert sandbox.world.profile.menu(None, "en")[0]["command"] == "x"
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


async def test_names_and_descriptions(bot):
    await bot.set_my_name("Legs")
    await bot.set_my_name("Beine", language_code="de")
    await bot.set_my_description("Helps.")
    await bot.set_my_short_description("Short.")
    assert (await bot.get_my_name()).name == "Legs"
    assert (await bot.get_my_name(language_code="de")).name == "Beine"
    assert (await bot.get_my_name(language_code="fr")).name == "Legs"
    assert (await bot.get_my_description()).description == "Helps."
    assert (await bot.get_my_short_description()).short_description == "Short."
    await bot.set_my_name("", language_code="de")
    assert (await bot.get_my_name(language_code="de")).name == "Legs"


async def test_the_menu_button(bot, ann):
    button = MenuButtonWebApp("Open", WebAppInfo("https://example.org"))
    await bot.set_chat_menu_button(ann, button)
    assert await bot.get_chat_menu_button(ann) == button
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_chat_action_and_chat(bot, sandbox, ann):
    assert await bot.send_chat_action(ann, "typing")
    chat = await bot.get_chat(ann)
    assert (chat.id, chat.type, chat.first_name) == (ann, "private", "Ann")
    group = sandbox.add_group("Walkers", [ann])
    assert (await bot.get_chat(group.id)).title == "Walkers"


async def test_inline_queries_are_answered(bot, sandbox, ann):
    asked = asyncio.create_task(sandbox.ask_inline(ann, "vitamin d"))
    [update] = await bot.get_updates(timeout=2)
    assert update.inline_query.query == "vitamin d"
    content = InputTextMessageContent("<b>15 µg</b>", parse_mode="HTML")
    article = InlineQueryResultArticle("1", "Vitamin D", content)
    assert await update.inline_query.answer([article])
    [result] = await asked
    assert (result["id"], result["title"]) == ("1", "Vitamin D")
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.inline_query.answer([article])


async def test_logging_out_and_closing_say_yes(bot):
    assert await bot.log_out()
    assert await bot.close()


async def test_webhook_settings(bot):
    assert (await bot.get_webhook_info()).url == ""
    await bot.set_webhook("http://127.0.0.1:9/hook", max_connections=3, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 3)
    assert info.allowed_updates == ("message",)
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""


def test_every_served_method_is_driven_here_or_in_the_update_tests():
    source = Path(__file__).read_text(encoding="utf-8")
    driven = {name.replace("_", "") for name in re.findall(r"bot\.([a-z_]+)\(", source)}
    by_query = {"answercallbackquery", "answerinlinequery"}  # through update.….answer()
    assert {name.lower() for name in SERVED} - driven - by_query == set()
