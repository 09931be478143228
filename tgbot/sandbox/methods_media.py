"""sendPhoto, sendAnimation, sendDocument, getFile, and InputMedia."""

from tgbot.sandbox.calls import Call
from tgbot.sandbox.files import StoredFile, find_file, read_file
from tgbot.sandbox.methods_messages import send
from tgbot.sandbox.refusals import bad_request
from tgbot.sandbox.state import Json, World
from tgbot.sandbox.texts import read_caption

FOLDERS = {"photo": "photos", "animation": "animations", "document": "documents"}
MEDIA_FIELDS = frozenset(FOLDERS)
LARGEST_DOWNLOAD = 20 * 1024 * 1024


def send_photo(world: World, call: Call) -> Json:
    """Send a picture."""
    return _send_media(world, call, "photo")


def send_animation(world: World, call: Call) -> Json:
    """Send a GIF or silent video."""
    return _send_media(world, call, "animation")


def send_document(world: World, call: Call) -> Json:
    """Send any file."""
    return _send_media(world, call, "document")


def _send_media(world: World, call: Call, kind: str) -> Json:
    stored = read_file(world.files, call, kind, FOLDERS[kind])
    if stored is None:
        raise bad_request(f"there is no {kind} in the request")
    content = _described(stored, kind, call) | _caption(call)
    for flag, field in (
        ("has_spoiler", "has_media_spoiler"),
        ("show_caption_above_media", "show_caption_above_media"),
    ):
        if call.flag(flag):
            content[field] = True
    return send(world, call, content)


def read_input_media(world: World, call: Call) -> Json:
    """Return the message fields that the `media` of editMessageMedia makes."""
    if not call.text("media"):
        raise bad_request('parameter "media" is required')
    value = call.structure("media", "can't parse input media JSON object")
    if not isinstance(value, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = value.get("type", "photo")
    if kind not in FOLDERS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    caption = _caption(call, value)
    media = value.get("media") or ""
    stored = find_file(world.files, call, str(media).strip(), FOLDERS[kind])
    if stored is None:
        raise bad_request("can't parse InputMedia: media not found")
    if "type" not in value:
        raise bad_request("can't parse InputMedia: Can't find field \"type\"")
    return _described(stored, kind, Call(call.method, value)) | caption


def _caption(call: Call, fields: Json | None = None) -> Json:
    formatted = read_caption(call, fields)
    content: Json = {"caption": formatted.text} if formatted.text else {}
    return content | ({"caption_entities": formatted.entities} if formatted.entities else {})


def _described(stored: StoredFile, kind: str, call: Call) -> Json:
    match kind:
        case "photo":
            return {"photo": _sizes(stored)}
        case "animation":
            animation = {
                **stored.described(),
                "width": call.integer("width") or stored.width,
                "height": call.integer("height") or stored.height,
                "duration": call.integer("duration"),
                "file_name": stored.name,
                "mime_type": stored.mime_type,
            }
            return {"animation": animation, "document": _document(stored)}
        case _:
            return {"document": _document(stored)}


def _document(stored: StoredFile) -> Json:
    return {**stored.described(), "file_name": stored.name, "mime_type": stored.mime_type}


def _sizes(stored: StoredFile) -> list[Json]:
    """Return the one size there is; Telegram would add smaller ones."""
    return [{**stored.described(), "width": stored.width, "height": stored.height}]


def get_file(world: World, call: Call) -> Json:
    """Return where the file can be loaded, below /file/bot<token>/."""
    file_id = call.text("file_id").strip()
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.get(file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.body is not None and len(stored.body) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.described(), "file_path": stored.path}


METHODS = {
    "sendPhoto": send_photo,
    "sendAnimation": send_animation,
    "sendDocument": send_document,
    "getFile": get_file,
}
