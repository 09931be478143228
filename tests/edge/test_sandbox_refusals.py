"""What Telegram refuses, the sandbox refuses: over HTTP, in Telegram's words."""

import io
import json

import aiohttp
import pytest

from tgbot.sandbox.server import Sandbox

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def sandbox():
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def ask(sandbox):
    """Call a method with JSON; return status and body."""
    async with aiohttp.ClientSession() as http:

        async def ask(method, **params):
            url = f"{sandbox.url}/bot{sandbox.token}/{method}"
            async with http.post(url, json=params) as answer:
                return answer.status, await answer.json()

        yield ask


@pytest.fixture
def ann(sandbox):
    return sandbox.add_person("Ann", started=True).id


@pytest.fixture
async def text_id(ask, ann):
    _, body = await ask("sendMessage", chat_id=ann, text="Hi")
    return body["result"]["message_id"]


def inline(*buttons):
    return {"inline_keyboard": [list(buttons)]}


def markup(value):
    return "sendMessage", {"chat_id": "ANN", "text": "Hi", "reply_markup": value}


def message(**params):
    return "sendMessage", {"chat_id": "ANN", **params}


BUTTON = {"text": "a", "callback_data": "b"}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "t",
    "input_message_content": {"message_text": "m"},
}
CASES = [
    (("sendMessage", {"text": "Hi"}), "chat_id is empty"),
    (("sendMessage", {"chat_id": "", "text": "Hi"}), "chat_id is empty"),
    (("sendMessage", {"chat_id": "abc", "text": "Hi"}), "chat not found"),
    (("sendMessage", {"chat_id": 5, "text": "Hi"}), "chat not found"),
    (("sendMessage", {"chat_id": "@nobody", "text": "Hi"}), "chat not found"),
    (message(), "message text is empty"),
    (message(text=""), "message text is empty"),
    (message(text=" \n "), "text must be non-empty"),
    (message(text="<b></b>", parse_mode="HTML"), "text must be non-empty"),
    (message(text="x" * 4097), "message is too long"),
    (message(text="😀" * 2049), "message is too long"),
    (message(text="x" * 40_000), "text is too long"),
    (message(text="a", parse_mode="BBCode"), "unsupported parse_mode"),
    (
        message(text="<b>a", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        message(text="é<x>", parse_mode="html"),
        'can\'t parse entities: Unsupported start tag "x" at byte offset 2',
    ),
    (
        message(text="a", entities=[{"type": "bold", "offset": 0}]),
        "can't parse MessageEntity: Can't find field \"length\"",
    ),
    (message(text="a", entities=[1]), "can't parse MessageEntity: expected an Object"),
    (message(text="a", reply_parameters={"message_id": 99}), "message to be replied not found"),
    (message(text="a", reply_parameters="{"), "can't parse reply parameters JSON object"),
    (markup("{"), "can't parse reply keyboard markup JSON object"),
    (markup([]), "object expected as reply markup"),
    (markup(None), "object expected as reply markup"),
    (markup({"inline_keyboard": 1}), 'field "inline_keyboard" must be of type Array'),
    (
        markup({"inline_keyboard": [1]}),
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (markup({"keyboard": ["a"]}), 'field "keyboard" must be an Array of Arrays'),
    (
        markup({"keyboard": [[1]]}),
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    (markup({"remove_keyboard": "yes"}), 'field "remove_keyboard" must be of type Boolean'),
    (
        markup(inline("a")),
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        markup(inline({"callback_data": "b"})),
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        markup(inline({"text": "a"})),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        markup(inline({"text": "a", "callback_data": {}})),
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    (markup(inline({"text": "a", "callback_data": "x" * 65})), "BUTTON_DATA_INVALID"),
    (markup(inline({"text": "a", "callback_data": "é" * 33})), "BUTTON_DATA_INVALID"),
    (
        markup(inline({"text": "a", "url": "not a link"})),
        "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
    ),
    (
        markup(inline({"text": "", "callback_data": "b"})),
        "inline keyboard button text must be non-empty",
    ),
    (markup(inline(*[BUTTON] * 101)), "reply markup is too long"),
    (("sendPhoto", {"chat_id": "ANN"}), "there is no photo in the request"),
    (("sendAnimation", {"chat_id": "ANN"}), "there is no animation in the request"),
    (("sendDocument", {"chat_id": "ANN"}), "there is no document in the request"),
    (
        ("sendPhoto", {"chat_id": "ANN", "photo": "no-such-file"}),
        "wrong file identifier/HTTP URL specified",
    ),
    (("sendPhoto", {"chat_id": "ANN", "photo": "attach://x"}), "there is no photo in the request"),
    (
        ("sendPhoto", {"chat_id": "ANN", "photo": "http://e.org/a.png", "caption": "x" * 1025}),
        "message caption is too long",
    ),
    (
        ("sendPhoto", {"chat_id": "ANN", "photo": "http://e.org/a.png", "caption": "😀" * 513}),
        "message caption is too long",
    ),
    (("getFile", {}), "file_id not specified"),
    (("getFile", {"file_id": "x"}), "invalid file_id"),
    (("getChat", {}), "chat_id is empty"),
    (("getChat", {"chat_id": 5}), "chat not found"),
    (
        ("sendChatAction", {"chat_id": "ANN", "action": "dancing"}),
        "wrong parameter action in request",
    ),
    (("editMessageText", {"text": "a"}), "message identifier is not specified"),
    (("editMessageText", {"chat_id": "ANN", "message_id": 1}), "message text is empty"),
    (
        ("editMessageText", {"chat_id": "ANN", "message_id": 99, "text": "a"}),
        "message to edit not found",
    ),
    (
        ("editMessageText", {"chat_id": "ANN", "message_id": "abc", "text": "a"}),
        "message to edit not found",
    ),
    (("editMessageText", {"inline_message_id": "x", "text": "a"}), "MESSAGE_ID_INVALID"),
    (("editMessageText", {"chat_id": "ANN", "message_id": "TEXT", "text": "Hi"}), NOT_MODIFIED),
    (
        (
            "editMessageText",
            {
                "chat_id": "ANN",
                "message_id": "TEXT",
                "text": "a",
                "reply_markup": {"remove_keyboard": True},
            },
        ),
        "inline keyboard expected",
    ),
    (
        ("editMessageCaption", {"chat_id": "ANN", "message_id": "TEXT", "caption": "a"}),
        "there is no caption in the message to edit",
    ),
    (("editMessageReplyMarkup", {"chat_id": "ANN", "message_id": "TEXT"}), NOT_MODIFIED),
    (
        ("editMessageMedia", {"chat_id": "ANN", "message_id": "TEXT"}),
        'parameter "media" is required',
    ),
    (
        ("editMessageMedia", {"chat_id": "ANN", "message_id": "TEXT", "media": "{"}),
        "can't parse input media JSON object",
    ),
    (
        ("editMessageMedia", {"chat_id": "ANN", "message_id": "TEXT", "media": {"type": "photo"}}),
        "can't parse InputMedia: media not found",
    ),
    (
        ("editMessageMedia", {"chat_id": "ANN", "message_id": "TEXT", "media": {"type": "audio"}}),
        'can\'t parse InputMedia: type "audio" is unsupported',
    ),
    (("deleteMessage", {"message_id": 1}), "chat identifier is not specified"),
    (("deleteMessage", {"chat_id": "ANN"}), "message identifier is not specified"),
    (("deleteMessage", {"chat_id": "ANN", "message_id": 99}), "message to delete not found"),
    (("answerCallbackQuery", {}), TOO_OLD),
    (("answerCallbackQuery", {"callback_query_id": "1"}), TOO_OLD),
    (("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}), "MESSAGE_TOO_LONG"),
    (("answerInlineQuery", {"inline_query_id": "1", "results": [ARTICLE]}), TOO_OLD),
    (
        ("answerInlineQuery", {"inline_query_id": "1", "results": {}}),
        "expected an Array of inline query results",
    ),
    (
        ("answerInlineQuery", {"inline_query_id": "1", "results": [ARTICLE] * 51}),
        "too many inline query results specified",
    ),
    (
        ("answerInlineQuery", {"inline_query_id": "1", "results": [ARTICLE, ARTICLE]}),
        "RESULT_ID_DUPLICATE",
    ),
    (
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [{"type": "article", "id": "1"}]},
        ),
        "can't parse inline query result: Can't find field \"title\"",
    ),
    (
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{**ARTICLE, "id": "x" * 65}]}),
        "RESULT_ID_INVALID",
    ),
    (("setMyCommands", {"commands": "["}), "can't parse commands JSON object"),
    (("setMyCommands", {"commands": {}}), "expected an Array of BotCommand"),
    (("setMyCommands", {"commands": [1]}), "can't parse BotCommand: expected an Object"),
    (
        ("setMyCommands", {"commands": [{"command": "start"}]}),
        "can't parse BotCommand: Can't find field \"description\"",
    ),
    (
        ("setMyCommands", {"commands": [{"command": "St art", "description": "x"}]}),
        "BOT_COMMAND_INVALID",
    ),
    (
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}),
        "BOT_COMMANDS_TOO_MUCH",
    ),
    (("setMyCommands", {"commands": [], "scope": {"type": "chat"}}), "chat_id is empty"),
    (("setMyName", {"name": "x", "language_code": "english"}), "invalid language code specified"),
    (
        ("setChatMenuButton", {"menu_button": {"type": "wheel"}}),
        "can't parse menu button: MenuButton has unsupported type",
    ),
    (("setWebhook", {"url": "not an address"}), "invalid webhook URL specified"),
    (
        ("setWebhook", {"url": "http://h/", "secret_token": "a b"}),
        "secret token contains unallowed characters",
    ),
    (("setWebhook", {"url": "http://h/", "secret_token": "a" * 257}), "secret token is too long"),
]


@pytest.mark.parametrize(("case", "words"), CASES, ids=lambda value: str(value)[:60])
async def test_refusals_carry_telegrams_words(ask, ann, text_id, case, words):
    method, params = case
    names = {"ANN": ann, "TEXT": text_id}
    params = {
        key: names.get(value, value) if isinstance(value, str) else value
        for key, value in params.items()
    }
    status, body = await ask(method, **params)
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert status == 400


async def test_limits_count_utf16_units_after_parsing(ask, ann):
    status, _ = await ask("sendMessage", chat_id=ann, text="😀" * 2048)
    assert status == 200
    status, _ = await ask(
        "sendMessage", chat_id=ann, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML"
    )
    assert status == 200
    photo = {"photo": "http://e.org/a.png", "caption": f"<b>{'x' * 1024}</b>", "parse_mode": "HTML"}
    status, _ = await ask("sendPhoto", chat_id=ann, **photo)
    assert status == 200


async def test_a_hundred_buttons_and_64_bytes_pass(ask, ann):
    button = {"text": "a", "callback_data": "x" * 64}
    status, _ = await ask(
        "sendMessage", chat_id=ann, text="a", reply_markup=inline(*[button] * 100)
    )
    assert status == 200


async def test_the_wrong_token_and_the_wrong_method(sandbox, ask):
    async with aiohttp.ClientSession() as http, http.get(f"{sandbox.url}/bot1:x/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
    status, body = await ask("getMoney")
    assert (status, body["error_code"], body["description"]) == (404, 404, "Not Found")


async def test_every_way_to_send_parameters(sandbox, ann):
    url = f"{sandbox.url}/bot{sandbox.token}"
    params = {"chat_id": str(ann), "text": "é + &"}
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value, content_type="text/plain")
    async with aiohttp.ClientSession() as http:
        for request in (
            http.get(f"{url}/sendmessage", params=params),
            http.post(f"{url}/SENDMESSAGE", data=params),
            http.post(f"{url}/sendMessage", json={**params, "chat_id": ann, "no_such_thing": 1}),
            http.post(f"{url}/sendMessage", data=form),
        ):
            async with request as answer:
                assert (await answer.json())["result"]["text"] == "é + &"
    assert sandbox.calls.of("sendMessage")[2].ignored == ("no_such_thing",)


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("application/json", b"{", "can't parse JSON object"),
        ("application/json", b"[]", "JSON object expected"),
        ("application/json", b"[" * 100_000, "can't parse JSON object"),
        (
            "application/json",
            b'{"chat_id": 1, "text": "\\ud83d"}',
            "strings must be encoded in UTF-8",
        ),
        ("application/x-www-form-urlencoded", b"text=%ff", "strings must be encoded in UTF-8"),
        ("multipart/form-data; boundary=x", b"nonsense", "can't parse multipart form data"),
        ("multipart/form-data", b"nonsense", "can't parse multipart form data"),
    ],
)
async def test_bodies_that_cannot_be_read(sandbox, kind, body, words):
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
    posted = {"data": body, "headers": {"Content-Type": kind}}
    async with aiohttp.ClientSession() as http, http.post(url, **posted) as answer:
        assert answer.status == 400
        assert (await answer.json())["description"] == f"Bad Request: {words}"


async def test_a_body_above_fifty_megabytes_is_refused(sandbox):
    url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
    async with aiohttp.ClientSession() as http:
        headers = {"Content-Type": "application/json"}
        async with http.post(
            url, data=io.BytesIO(b" " * (50 * 1024 * 1024 + 1)), headers=headers
        ) as answer:
            assert answer.status == 413


async def test_people_who_blocked_the_bot_or_never_wrote(sandbox, ask):
    ben = sandbox.add_person("Ben").id
    status, body = await ask("sendMessage", chat_id=ben, text="Hi")
    assert (status, body["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    sandbox.send_text(ben, "/start")
    assert (await ask("sendMessage", chat_id=ben, text="Hi"))[0] == 200
    sandbox.block(ben)
    for method, params in (
        ("sendMessage", {"text": "Hi"}),
        ("sendChatAction", {"action": "typing"}),
    ):
        status, body = await ask(method, chat_id=ben, **params)
        assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    sandbox.send_text(ben, "/start")
    assert (await ask("sendMessage", chat_id=ben, text="Hi"))[0] == 200


async def test_tests_may_let_the_bot_write_first():
    async with Sandbox(require_start=False) as sandbox, aiohttp.ClientSession() as http:
        ben = sandbox.add_person("Ben").id
        params = {"chat_id": ben, "text": "Hi"}
        async with http.post(
            f"{sandbox.url}/bot{sandbox.token}/sendMessage", json=params
        ) as answer:
            assert answer.status == 200


async def test_only_the_bots_own_text_is_edited(sandbox, ask, ann):
    theirs = sandbox.send_text(ann, "Hello")["message_id"]
    _, body = await ask("editMessageText", chat_id=ann, message_id=theirs, text="x")
    assert body["description"] == "Bad Request: message can't be edited"
    _, sent = await ask("sendPhoto", chat_id=ann, photo="http://e.org/a.png")
    picture = sent["result"]["message_id"]
    _, body = await ask("editMessageText", chat_id=ann, message_id=picture, text="x")
    assert body["description"] == "Bad Request: there is no text in the message to edit"


async def test_a_message_older_than_two_days_stays(sandbox, ask, ann, text_id):
    sandbox.clock.advance(49 * 3600)
    _, body = await ask("deleteMessage", chat_id=ann, message_id=text_id)
    assert body["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_callback_is_too_old_after_a_jump_of_the_clock(sandbox, ask, ann, text_id):
    query_id = sandbox.tap(ann, text_id, "x")
    sandbox.clock.advance(3600)
    _, body = await ask("answerCallbackQuery", callback_query_id=query_id)
    assert body["description"] == f"Bad Request: {TOO_OLD}"


@pytest.mark.parametrize(
    ("content", "zeros", "words"),
    [
        (b"", 0, "file must be non-empty"),
        (b"no picture", 0, "IMAGE_PROCESS_FAILED"),
        (b"GIF89a\xff\xff\xff\xff", 0, "PHOTO_INVALID_DIMENSIONS"),
        (b"\x89PNG\r\n\x1a\n", 11_000_000, "file is too big"),
    ],
)
async def test_pictures_that_telegram_would_not_take(sandbox, ann, content, zeros, words):
    form = aiohttp.FormData({"chat_id": str(ann)})
    form.add_field("photo", io.BytesIO(content + bytes(zeros)), filename="a.png")
    url = f"{sandbox.url}/bot{sandbox.token}/sendPhoto"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {words}"


async def test_markdown_is_refused_honestly(ask, ann):
    _, body = await ask("sendMessage", chat_id=ann, text="*a*", parse_mode="MarkdownV2")
    assert "the sandbox knows HTML" in body["description"]


async def test_json_parameters_may_come_as_text(ask, ann):
    keyboard = json.dumps(inline(BUTTON))
    _, body = await ask("sendMessage", chat_id=str(ann), text="a", reply_markup=keyboard)
    assert body["result"]["reply_markup"] == inline(BUTTON)
