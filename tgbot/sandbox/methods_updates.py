"""getUpdates and the webhook methods."""

import re
from urllib.parse import urlsplit

from tgbot.sandbox.calls import Call
from tgbot.sandbox.refusals import bad_request, conflict
from tgbot.sandbox.state import Json, World
from tgbot.sandbox.updates import BY_WEBHOOK
from tgbot.sandbox.webhook import DEFAULT_CONNECTIONS, Target

LONGEST_POLL = 50  # seconds, Telegram's own
MOST_UPDATES = 100
LONGEST_SECRET = 256
SECRET_LETTERS = re.compile(r"[A-Za-z0-9_-]*\Z")


async def get_updates(world: World, call: Call) -> bytes:
    """Return the waiting updates as a JSON array, already encoded."""
    if world.webhook.target is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    world.updates.allow(_allowed(call))
    offset = call.integer("offset")
    limit = call.clamped("limit", MOST_UPDATES, 1, MOST_UPDATES)
    timeout = call.clamped("timeout", 0, 0, LONGEST_POLL)
    return b"[" + b",".join(await world.updates.poll(offset, limit, timeout)) + b"]"


async def set_webhook(world: World, call: Call) -> bool:
    """Post updates to an address; plain http and this machine are fine, this is a sandbox."""
    url = call.text("url")
    if not url:
        return await delete_webhook(world, call)
    target = Target(
        _checked_url(url),
        _checked_secret(call.text("secret_token")),
        call.clamped("max_connections", DEFAULT_CONNECTIONS, 1, 100),
    )
    world.updates.allow(_allowed(call))
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.stop_poll(BY_WEBHOOK)
    await world.webhook.set(target)
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    """Stop posting."""
    await world.webhook.remove()
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    """Return the WebhookInfo."""
    return world.webhook.info()


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_valid = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_valid = False
    if not is_valid:
        raise bad_request("invalid webhook URL specified")
    return url


def _checked_secret(secret: str) -> str:
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET_LETTERS.match(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _allowed(call: Call) -> list[str] | None:
    """Return the kinds asked for, None when nothing (or nothing readable) was said."""
    if call.args.get("allowed_updates", "") == "":
        return None
    value = call.structure("allowed_updates", "can't parse allowed_updates JSON array")
    if not isinstance(value, list):
        raise bad_request("expected an Array of String as allowed_updates")
    return [kind.lower() for kind in value if isinstance(kind, str)]


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
