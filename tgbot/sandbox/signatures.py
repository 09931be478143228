"""The parameters of every method that the sandbox serves (Bot API 10.3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """The names of a method's parameters."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Return all of them."""
        return frozenset(self.required + self.optional)


SENDING = (
    "business_connection_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "disable_notification",
    "protect_content",
    "allow_paid_broadcast",
    "message_effect_id",
    "suggested_post_parameters",
    "reply_parameters",
    "reply_markup",
)
CAPTION = ("caption", "parse_mode", "caption_entities")
SHOWN_MEDIA = (*CAPTION, "show_caption_above_media", "has_spoiler")
EDITED = (
    "business_connection_id",
    "chat_id",
    "message_id",
    "inline_message_id",
    "reply_markup",
)
SIZE = ("duration", "width", "height")
MENU = ("scope", "language_code")

SIGNATURES: dict[str, Signature] = {
    "getUpdates": Signature((), ("offset", "limit", "timeout", "allowed_updates")),
    "setWebhook": Signature(
        ("url",),
        (
            "certificate",
            "ip_address",
            "max_connections",
            "allowed_updates",
            "drop_pending_updates",
            "secret_token",
        ),
    ),
    "deleteWebhook": Signature((), ("drop_pending_updates",)),
    "getWebhookInfo": Signature(),
    "getMe": Signature(),
    "logOut": Signature(),
    "close": Signature(),
    "sendMessage": Signature(
        ("chat_id", "text"), ("parse_mode", "entities", "link_preview_options", *SENDING)
    ),
    "sendPhoto": Signature(("chat_id", "photo"), (*SHOWN_MEDIA, *SENDING)),
    "sendAnimation": Signature(
        ("chat_id", "animation"), (*SIZE, "thumbnail", *SHOWN_MEDIA, *SENDING)
    ),
    "sendDocument": Signature(
        ("chat_id", "document"),
        ("thumbnail", "disable_content_type_detection", *CAPTION, *SENDING),
    ),
    "sendChatAction": Signature(
        ("chat_id", "action"), ("business_connection_id", "message_thread_id")
    ),
    "getFile": Signature(("file_id",)),
    "getChat": Signature(("chat_id",)),
    "deleteMessage": Signature(("chat_id", "message_id")),
    "editMessageText": Signature(
        (),
        (*EDITED, "text", "parse_mode", "entities", "link_preview_options", "rich_message"),
    ),
    "editMessageCaption": Signature((), (*EDITED, *CAPTION, "show_caption_above_media")),
    "editMessageMedia": Signature(("media",), EDITED),
    "editMessageReplyMarkup": Signature((), EDITED),
    "answerCallbackQuery": Signature(
        ("callback_query_id",), ("text", "show_alert", "url", "cache_time")
    ),
    "answerInlineQuery": Signature(
        ("inline_query_id", "results"), ("cache_time", "is_personal", "next_offset", "button")
    ),
    "setMyCommands": Signature(("commands",), MENU),
    "deleteMyCommands": Signature((), MENU),
    "getMyCommands": Signature((), MENU),
    "setMyName": Signature((), ("name", "language_code")),
    "getMyName": Signature((), ("language_code",)),
    "setMyDescription": Signature((), ("description", "language_code")),
    "getMyDescription": Signature((), ("language_code",)),
    "setMyShortDescription": Signature((), ("short_description", "language_code")),
    "getMyShortDescription": Signature((), ("language_code",)),
    "setChatMenuButton": Signature((), ("chat_id", "menu_button")),
    "getChatMenuButton": Signature((), ("chat_id",)),
}
