"""answerCallbackQuery and answerInlineQuery: each question is answered once."""

from typing import Any

from tgbot.sandbox.calls import Call
from tgbot.sandbox.entities import utf16_length
from tgbot.sandbox.markup import check_markup
from tgbot.sandbox.refusals import ApiError, bad_request
from tgbot.sandbox.state import Json, World
from tgbot.sandbox.texts import LONGEST_CAPTION, format_text, message_text

LONGEST_ANSWER = 200
MOST_RESULTS = 50
LONGEST_RESULT_ID = 64  # bytes
CALLBACK_SECONDS = 900  # after this long on the sandbox clock an answer comes too late
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, call: Call) -> bool:
    """End the waiting of a tapped button, with or without a notice."""
    query_id, text = call.text("callback_query_id"), call.text("text")
    if utf16_length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    opened = world.callbacks.pop(query_id, None)
    if opened is None or world.clock.now().timestamp() - opened.at > CALLBACK_SECONDS:
        raise bad_request(TOO_OLD)
    world.events.add(
        "callback_answer",
        callback_id=query_id,
        chat_id=opened.chat_id,
        person_id=opened.person_id,
        text=text,
        show_alert=call.flag("show_alert"),
    )
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    """Hand the results of an inline query to the person who typed it."""
    results = _read_results(call)
    waiting = world.inline_answers.pop(call.text("inline_query_id"), None)
    if waiting is None or waiting.done():
        raise bad_request(TOO_OLD)
    waiting.set_result(results)
    return True


def _read_results(call: Call) -> list[Json]:
    if call.args.get("results", "") == "":
        return []
    value = call.structure("results", "can't parse JSON encoded inline query results")
    if not isinstance(value, list):
        raise bad_request("expected an Array of inline query results")
    if len(value) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    results = [checked_result(result) for result in value]
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def checked_result(result: Any) -> Json:  # noqa: ANN401 - any JSON value
    """Return `result` when it is an inline result that Telegram would take.

    Raises:
        ApiError: with Telegram's words.
    """
    failed = "can't parse inline query result"
    if not isinstance(result, dict):
        raise bad_request(f"{failed}: Inline query result must be an object")
    needed = ["type", "id", *(["title"] if result.get("type") == "article" else [])]
    for name in needed:
        if name not in result:
            raise bad_request(f'{failed}: Can\'t find field "{name}"')
        if not isinstance(result[name], str):
            raise bad_request(f'{failed}: Field "{name}" must be of type String')
    if not 1 <= len(result["id"].encode()) <= LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    try:
        result_content(result)
    except ApiError as error:
        words = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"{failed}: {words}") from error
    return result


def result_content(result: Json) -> Json:
    """Return the fields of the message that choosing `result` sends."""
    content: Json = {}
    given = result.get("input_message_content")
    if isinstance(given, dict) and "message_text" in given:
        formatted = message_text(
            str(given["message_text"]), given.get("parse_mode") or "", given.get("entities")
        )
        content = {"text": formatted.text, "entities": formatted.entities}
    elif result["type"] == "article":
        raise bad_request('Can\'t find field "message_text"')
    else:
        raw, mode = result.get("caption") or "", result.get("parse_mode") or ""
        caption = format_text(raw, mode, result.get("caption_entities"))
        if utf16_length(caption.text) > LONGEST_CAPTION:
            raise bad_request("message caption is too long")
        content = {"text": caption.text or result.get("title", ""), "entities": caption.entities}
    if result.get("reply_markup") is not None:
        markup = check_markup(result["reply_markup"])
        if markup is not None:
            content["reply_markup"] = markup.body
    return {name: value for name, value in content.items() if value}


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
