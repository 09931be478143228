"""The tables; times are UTC, ids of people and chats are Telegram's."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up by itself only in a column of type INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it without its zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times, which would be an hour off somewhere."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the time back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all tables; constraints get names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012 - SQLAlchemy reads it so


class PersonRow(Base):
    """A person who wrote to the bot; the id is their Telegram user id."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8), default="en")
    country: Mapped[str | None] = mapped_column(String(2))
    zone: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    consent_version: Mapped[str | None] = mapped_column(String(16))
    consent_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    warned_of: Mapped[list[str]] = mapped_column(default=list)
    quiet_from: Mapped[time] = mapped_column(Time, server_default="21:00:00.000000")
    quiet_to: Mapped[time] = mapped_column(Time, server_default="08:00:00.000000")
    open_text: Mapped[bool] = mapped_column(server_default=false())


class NoteRow(Base):
    """What the bot keeps in mind for a while: what it waits for, what was last talked about."""

    __tablename__ = "notes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    data: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]


class CheckupRow(Base):
    """One symptom check: its answers so far, and how it ended."""

    __tablename__ = "checkups"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Text)
    level: Mapped[str | None] = mapped_column(String(16))
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class FollowupRow(Base):
    """One question after a check: "how is it now?"; ``next_due`` is null once it is settled."""

    __tablename__ = "followups"
    __table_args__ = (
        Index(
            "ix_followups_due",
            "next_due",
            sqlite_where=text("next_due IS NOT NULL"),
            postgresql_where=text("next_due IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    checkup_id: Mapped[int] = mapped_column(
        ForeignKey("checkups.id", ondelete="CASCADE"), unique=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    level: Mapped[str] = mapped_column(String(16))
    next_due: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[datetime | None]


class ReminderRow(Base):
    """A promise at a local time; ``next_due`` is a cache, and null once the reminder is ended.

    Ended ones stay for a while, because what was done of them belongs to the picture of the week.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        Index(
            "ix_reminders_due",
            "next_due",
            sqlite_where=text("next_due IS NOT NULL"),
            postgresql_where=text("next_due IS NOT NULL"),
        ),
        Index("ix_reminders_person", "person_id", "kind", "next_due"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[time] = mapped_column(Time)
    days: Mapped[int] = mapped_column(SmallInteger)
    paused_until: Mapped[datetime | None]
    next_due: Mapped[datetime | None]
    next_date: Mapped[date | None]
    last_date: Mapped[date | None]
    lives: Mapped[int] = mapped_column(SmallInteger, server_default="180")
    despite_quiet: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OccurrenceRow(Base):
    """One reminder on one nominal local date: kept once, whatever the clock does."""

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("reminder_id", "local_date", "slot"),
        Index(
            "ix_occurrences_again",
            "again_at",
            sqlite_where=text("again_at IS NOT NULL"),
            postgresql_where=text("again_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminders.id", ondelete="CASCADE"))
    local_date: Mapped[date]
    slot: Mapped[int] = mapped_column(SmallInteger, default=0)
    due: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]
    again_for: Mapped[str | None] = mapped_column(String(8))
    snoozes: Mapped[int] = mapped_column(SmallInteger, default=0)


class InboxRow(Base):
    """An update as it came, until it is handled; then only that it came."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_pending",
            "chat_id",
            "update_id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_inbox_done_at", "done_at"),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(8), default="pending")
    body: Mapped[str | None] = mapped_column(Text)
    alarm: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    available_at: Mapped[datetime]
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(80))


class OutboxRow(Base):
    """A Bot API call that is owed; its parameters go when it is finished."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_queued",
            "send_class",
            "available_at",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_leased",
            "lease_until",
            sqlite_where=text("state = 'leased'"),
            postgresql_where=text("state = 'leased'"),
        ),
        Index("ix_outbox_chat_id", "chat_id", "state"),
        Index("ix_outbox_finished_at", "finished_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    send_class: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str] = mapped_column(String(40))
    params: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="queued")
    outcome: Mapped[str | None] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[datetime | None]
    available_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class FactRow(Base):
    """A fact about this database itself, such as the version of the time-zone data it was made with."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
