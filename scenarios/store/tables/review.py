"""What people say about a scenario."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scenarios.store.tables.base import ID_LENGTH, Base, now


class Comment(Base):
    """A remark on a scenario as a whole, or on one unit, account or territory of it; it is open until resolved.

    `subject` is the id of the unit or account or the code of the territory, "" for the scenario. `plan_id` is the
    present plan when it was written.
    """

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_scenario_id_id", "scenario_id", "id"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    about: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    plan_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))
