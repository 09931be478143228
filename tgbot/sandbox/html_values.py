"""What may stand inside Telegram's HTML: character references, links, mentions of a person."""

from urllib.parse import parse_qs, urlsplit

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
DECIMAL = "0123456789"
HEXADECIMAL = "0123456789abcdefABCDEF"
LONGEST_REFERENCE = 10
LAST_CODE_POINT = 0x10FFFF


def read_reference(markup: str, at: int) -> tuple[str, int]:
    """Read the character reference that begins at `markup[at]`, an ampersand.

    Returns:
        The character and the index behind it, or ("", at) when Telegram leaves it as text.
    """
    end = at + 1
    if markup[end : end + 1] == "#":
        is_hex = markup[end + 1 : end + 2] == "x"
        base, digits = (16, HEXADECIMAL) if is_hex else (10, DECIMAL)
        start = end = end + 1 + is_hex
        while end < len(markup) and markup[end] in digits:
            end += 1
        number = int(markup[start:end] or "0", base) if end - at < LONGEST_REFERENCE else 0
        letter = chr(number) if 0 < number < LAST_CODE_POINT else ""
    else:
        while end < len(markup) and markup[end].isascii() and markup[end].isalpha():
            end += 1
        letter = NAMED.get(markup[at + 1 : end], "")
    if not letter:
        return "", at
    return letter, end + (markup[end : end + 1] == ";")


def mentioned_user(url: str) -> int:
    """Return the user id of a tg://user?id=… link, or 0."""
    parts = urlsplit(url) if url.lower().startswith("tg:") else None
    if parts is None or (parts.netloc or parts.path) != "user":
        return 0
    number = parse_qs(parts.query).get("id", ["0"])[0]
    return int(number) if number.isdecimal() else 0


def checked_link(url: str) -> str:
    """Return the link as Telegram stores it, or "" when it is none."""
    url = url.strip()
    if url.lower().startswith(("tg:", "ton:", "tonsite:")):
        return url
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip(".") or " " in url:
        return ""
    return parts._replace(path=parts.path or "/").geturl()
