"""Who may use the page API: only the sandbox's own page, not another site in the same browser."""

from urllib.parse import urlsplit

from aiohttp import web

ANY_HOST = "*"
FROM_HERE = (None, "same-origin", "none")


class PageGuard:
    """Compares Host, Origin and Sec-Fetch-Site with the server's own address."""

    def __init__(self, hosts: tuple[str, ...] = ()) -> None:
        self._hosts = set(hosts)

    def own(self, host: str, port: int) -> None:
        """Add the address that the server listens on, and the names of this machine."""
        self._hosts |= {f"{name}:{port}" for name in (host, "127.0.0.1", "localhost", "[::1]")}

    def objection(self, request: web.BaseRequest) -> str:
        """Return why the request is refused, "" when it is not.

        The Host check stops a foreign name that resolves to this machine; Origin and
        Sec-Fetch-Site stop a foreign page that calls this address.
        """
        host = request.headers.get("Host", "").lower()
        if ANY_HOST not in self._hosts and host not in self._hosts:
            return "This address is not the sandbox's own."
        if not request.path.startswith("/api/"):
            return ""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host:
            return "Only the sandbox's own page may do this."
        if request.headers.get("Sec-Fetch-Site") not in FROM_HERE:
            return "Only the sandbox's own page may do this."
        return ""
