"""The tables about drinking, on the same base as all others."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from tgbot.storage.models import Base, RowId


class HydrationRow(Base):
    """What a person answered to the safety questions, and what follows; ``answers`` is JSON."""

    __tablename__ = "hydration"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    answers: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(String(8))
    target_cups: Mapped[int | None] = mapped_column(SmallInteger)
    limit_ml: Mapped[int | None] = mapped_column(SmallInteger)
    bedtime: Mapped[time] = mapped_column(Time, server_default="22:00:00.000000")
    hot_on: Mapped[date | None]
    updated_at: Mapped[datetime]


class DrinkRow(Base):
    """One drink on one local date; the one under a reminder is there once, however often it is tapped."""

    __tablename__ = "drinks"
    __table_args__ = (
        Index("ix_drinks_person", "person_id", "local_date"),
        Index("ix_drinks_at", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    local_date: Mapped[date]
    at: Mapped[datetime]
    ml: Mapped[int] = mapped_column(SmallInteger)
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrences.id", ondelete="SET NULL"), unique=True
    )
