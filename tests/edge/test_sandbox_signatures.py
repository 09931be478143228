"""aiogram as an oracle: what it may send is what the sandbox knows, what comes back it can read."""

import asyncio

import aiohttp
import pytest
from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    Update,
)

from tgbot.sandbox.methods import METHODS, SERVED
from tgbot.sandbox.server import Sandbox
from tgbot.sandbox.signatures import SIGNATURES

# Parameters that aiogram still offers and the Bot API no longer documents.
OUTDATED = {
    "allow_sending_without_reply",
    "reply_to_message_id",
    "disable_web_page_preview",
    "receiver_user_id",
    "callback_query_id",
    "switch_pm_text",
    "switch_pm_parameter",
}
GIF = b"GIF89a\x02\x00\x03\x00\x80\x00\x00"


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox):
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    connected = Bot(sandbox.token, session=session)
    yield connected
    await session.close()


@pytest.mark.parametrize("name", sorted(SERVED))
def test_parameters_are_those_of_aiogram(name):
    model = getattr(methods, name[0].upper() + name[1:])
    known = SIGNATURES[name]
    fields = model.model_fields.items()
    current = {key for key, _ in fields if key not in OUTDATED - set(known.required)}
    assert set(known.required) == {key for key, field in fields if field.is_required()}
    assert known.names == current


def test_methods_are_found_in_any_case():
    assert METHODS["sendmessage"].name == "sendMessage"
    assert len(METHODS) == len(SERVED)


async def test_every_reply_is_one_that_aiogram_can_read(sandbox, bot):
    """aiogram checks each result against its model of the type."""
    ann = sandbox.add_person("Ann", started=True).id
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="yes")]]
    )
    sent = await bot.send_message(ann, "<b>Hi</b>", parse_mode="HTML", reply_markup=keyboard)
    await bot.edit_message_text("Ho", chat_id=ann, message_id=sent.message_id)
    await bot.edit_message_reply_markup(
        chat_id=ann, message_id=sent.message_id, reply_markup=keyboard
    )
    picture = await bot.send_photo(ann, BufferedInputFile(GIF, "a.gif"), caption="A")
    await bot.edit_message_caption(chat_id=ann, message_id=picture.message_id, caption="B")
    await bot.edit_message_media(
        InputMediaPhoto(media=BufferedInputFile(GIF, "b.gif")),
        chat_id=ann,
        message_id=picture.message_id,
    )
    await bot.send_animation(ann, BufferedInputFile(GIF, "a.gif"))
    await bot.send_document(ann, BufferedInputFile(b"x", "a.txt"))
    file = await bot.get_file(picture.photo[-1].file_id)
    assert (await bot.download_file(file.file_path)).read() == GIF
    assert await bot.send_chat_action(ann, "typing")
    assert await bot.delete_message(ann, sent.message_id)
    assert (await bot.get_chat(ann)).first_name == "Ann"
    assert (await bot.get_me()).is_bot
    await bot.set_my_commands([BotCommand(command="start", description="Begin")])
    assert (await bot.get_my_commands())[0].command == "start"
    assert await bot.delete_my_commands()
    assert (await bot.get_my_name()).name == "Surefoot"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == ""
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_webhook_info()).url == ""


async def test_every_update_is_one_that_aiogram_can_read(sandbox, bot):
    ann, ben = (sandbox.add_person(name).id for name in ("Ann", "Ben"))
    first = sandbox.send_text(ann, "/start")
    sandbox.edit_text(ann, first["message_id"], "/start again")
    sandbox.send_location(ann, 52.5, 13.4)
    sandbox.send_sticker(ann)
    question = await bot.send_message(ann, "Sure?")
    sandbox.tap(ann, question.message_id, "yes")
    sandbox.tap(ann, 12345, "forged")
    group = sandbox.add_group("Walkers", [ann, ben])
    sandbox.send_text(group.id, "hello", ben)
    channel = sandbox.add_group("News", [], kind="channel")
    sandbox.post_in_channel(channel.id, "post")
    sandbox.block(ann)
    updates = await bot.get_updates()
    assert [update.event_type for update in updates] == [
        "message",
        "edited_message",
        "message",
        "message",
        "callback_query",
        "callback_query",
        "my_chat_member",
        "message",
        "channel_post",
        "my_chat_member",
    ]
    assert updates[3].message.sticker.emoji == "👍"
    assert updates[2].message.location.latitude == 52.5
    assert updates[7].message.from_user.first_name == "Ben"
    assert updates[-1].my_chat_member.new_chat_member.status == "kicked"


async def test_an_inline_round(sandbox, bot):
    ann = sandbox.add_person("Ann").id
    asked = asyncio.create_task(sandbox.ask_inline(ann, "zinc"))
    [update] = await bot.get_updates(timeout=2)
    article = InlineQueryResultArticle(
        id="1", title="Zinc", input_message_content=InputTextMessageContent(message_text="8 mg")
    )
    assert await bot.answer_inline_query(update.inline_query.id, [article])
    [result] = await asked
    assert (
        Update.model_validate(
            {"update_id": 1, "message": sandbox.choose_inline(ann, ann, {"text": result["title"]})}
        ).message.via_bot.username
        == "surefoot_bot"
    )


async def test_refusals_are_the_ones_aiogram_knows(sandbox, bot):
    ann = sandbox.add_person("Ann").id
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(ann, "Hi")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(5, "Hi")
    sandbox.faults.add("retry_after", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.get_me()
    assert refused.value.retry_after == 7


async def test_the_update_shape_in_full(sandbox):
    ann = sandbox.add_person("Ann", language_code="de")
    sandbox.send_text(ann.id, "/check now")
    url = f"{sandbox.url}/bot{sandbox.token}/getUpdates"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        [update] = (await answer.json())["result"]
    message = update["message"]
    assert abs(message.pop("date") - sandbox.clock.timestamp()) <= 2
    assert message == {
        "message_id": 1,
        "from": {
            "id": ann.id,
            "is_bot": False,
            "first_name": "Ann",
            "username": ann.username,
            "language_code": "de",
        },
        "chat": {
            "id": ann.id,
            "first_name": "Ann",
            "username": ann.username,
            "type": "private",
        },
        "text": "/check now",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }
