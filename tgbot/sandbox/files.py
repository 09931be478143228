"""Files that a bot uploaded: kept in memory, found by file_id, described as Telegram does."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from typing import Any

from tgbot.sandbox.calls import Call, Upload
from tgbot.sandbox.refusals import bad_request

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_SIDES = 10_000  # width and height together
LARGEST_RATIO = 20
UNKNOWN_SIZE = (320, 240)
PNG_HEADER = 24
GIF_HEADER = 10
JPEG_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(..)(..)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `body` is None when the bot only named an address."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    body: bytes | None
    width: int
    height: int
    path: str

    def described(self) -> dict[str, Any]:
        """Return the fields that every kind of file shares in the Bot API."""
        fields: dict[str, Any] = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        return fields | ({"file_size": len(self.body)} if self.body is not None else {})


class FileStore:
    """All files, by file_id and by their path below /file/bot<token>/."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile | None:
        """Return the file with this id."""
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        """Return the file that getFile gave this path."""
        return self._by_path.get(path)

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        """Store an upload.

        Raises:
            ApiError: empty, or as a photo too large or no picture.
        """
        if not upload.body:
            raise bad_request("file must be non-empty")
        size = picture_size(upload.body)
        if folder == "photos":
            _check_photo(upload, size)
        width, height = size or UNKNOWN_SIZE
        guessed = mimetypes.guess_type(upload.name)[0]
        generic = upload.content_type in ("", "application/octet-stream")
        mime_type = (
            (guessed if generic else None) or upload.content_type or "application/octet-stream"
        )
        return self._add(upload.name, mime_type, upload.body, (width, height), folder)

    def name_address(self, url: str, folder: str) -> StoredFile:
        """Store an address that stands for a file; nothing is fetched."""
        name = url.rsplit("/", 1)[-1] or "file"
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._add(name, mime_type, None, UNKNOWN_SIZE, folder)

    def _add(
        self, name: str, mime_type: str, body: bytes | None, size: tuple[int, int], folder: str
    ) -> StoredFile:
        number = len(self._by_id)
        digest = hashlib.sha256(body if body is not None else name.encode()).hexdigest()
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        stored = StoredFile(
            file_id=f"SBX{number}-{digest[:24]}",
            unique_id=digest[:16],
            name=name,
            mime_type=mime_type,
            body=body,
            width=size[0],
            height=size[1],
            path=f"{folder}/file_{number}.{ending}",
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored


def read_file(store: FileStore, call: Call, name: str, folder: str) -> StoredFile | None:
    """Return the file that parameter `name` holds: an upload, attach://, a file_id or an address.

    None means there is none.
    """
    if upload := call.files.get(name):
        return store.keep(upload, folder)
    return find_file(store, call, call.text(name).strip(), folder)


def find_file(store: FileStore, call: Call, value: str, folder: str) -> StoredFile | None:
    """Return the file that `value` names; as `read_file`."""
    if value.startswith("attach://"):
        upload = call.files.get(value.removeprefix("attach://"))
        return store.keep(upload, folder) if upload else None
    if value.startswith(("http://", "https://")):
        return store.name_address(value, folder)
    if value and store.get(value) is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return store.get(value)


def picture_size(body: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a PNG, GIF, JPEG or WebP, None for anything else."""
    if body.startswith(b"\x89PNG\r\n\x1a\n") and len(body) >= PNG_HEADER:
        return int.from_bytes(body[16:20]), int.from_bytes(body[20:24])
    if body[:6] in (b"GIF87a", b"GIF89a") and len(body) >= GIF_HEADER:
        return int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
    if body.startswith(b"\xff\xd8") and (frame := JPEG_FRAME.search(body)):
        return int.from_bytes(frame[2]), int.from_bytes(frame[1])
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return UNKNOWN_SIZE
    return None


def _check_photo(upload: Upload, size: tuple[int, int] | None) -> None:
    if len(upload.body) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    shorter, longer = sorted(size)
    if not shorter or shorter + longer > LARGEST_SIDES or longer > LARGEST_RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
