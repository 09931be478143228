"""Health over HTTP: tests progress, not merely that the process is there."""

from aiohttp import web

from tgbot.messaging.vitals import Vitals


def health_application(vitals: Vitals) -> web.Application:
    """``/healthz``: is anything stuck? ``/readyz``: are updates coming in? 200 or 503, as JSON."""

    async def healthz(_request: web.Request) -> web.Response:
        problems = vitals.problems()
        return web.json_response({"problems": problems}, status=503 if problems else 200)

    async def readyz(_request: web.Request) -> web.Response:
        return web.json_response({"ready": vitals.ready}, status=200 if vitals.ready else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app
