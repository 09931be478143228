"""The files of the chat page, and the files that the bot sent, as the browser loads them."""

import mimetypes
import re
from pathlib import Path

from aiohttp import web

from tgbot.sandbox.files import FileStore

FOLDER = Path(__file__).parent / "page"
NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*\Z", re.ASCII)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'",
}
SHOWN_IN_PAGE = ("image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "video/webm")
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml"}


def serve_file(path: str) -> web.Response:
    """Return the page itself for "/", or one of its files for "/page/…"."""
    name = "index.html" if path == "/" else path.removeprefix("/page/")
    if path != "/" and (name == path or not NAME.match(name)):
        return _missing()
    try:
        body = (FOLDER / name).read_bytes()
    except OSError:
        return _missing()
    kind = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    charset = "utf-8" if (kind or "").startswith("text/") else None
    return web.Response(
        body=body,
        content_type=kind or "application/octet-stream",
        charset=charset,
        headers=HEADERS,
    )


def serve_upload(files: FileStore, file_id: str) -> web.Response:
    """Return a file that the bot sent; only pictures and videos may show inside the page."""
    stored = files.get(file_id)
    if stored is None or stored.body is None:
        return _missing()
    headers = {**HEADERS, "Content-Security-Policy": "sandbox; default-src 'none'"}
    kind = stored.mime_type.partition(";")[0].strip().lower()
    if kind not in SHOWN_IN_PAGE:
        kind = "application/octet-stream"
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=stored.body, content_type=kind, headers=headers)


def _missing() -> web.Response:
    return web.Response(status=404, text="There is nothing here.", headers=HEADERS)
