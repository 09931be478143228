"""Forgets what is no longer needed."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from tgbot.storage import hydration, inbox, notes, outbox, reminders


async def forget_old(connection: AsyncConnection, now: datetime) -> int:
    """Drops old traces of updates, calls and notes; returns how many rows went."""
    return (
        await inbox.forget_done(connection, now)
        + await outbox.forget_done(connection, now)
        + await notes.forget_lapsed(connection, now)
        + await reminders.forget_ended(connection, now)
        + await hydration.forget_old(connection, now)
    )
