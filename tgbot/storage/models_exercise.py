"""The tables of the exercise programme, on the same base as all others."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tgbot.storage.models import Base, RowId


class ProgrammeRow(Base):
    """How far a person is: the safety answers, the level, the counts; ``state`` is the domain's JSON."""

    __tablename__ = "programmes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class SessionRow(Base):
    """One exercise session, begun from a reminder or without one, on one local date."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrences.id", ondelete="SET NULL"), index=True
    )
    local_date: Mapped[date]
    state: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
