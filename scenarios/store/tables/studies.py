"""Data sets, scenarios and their versions, plans and the moves between them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scenarios.store.tables.base import ID_LENGTH, SHA256_LENGTH, Base, Json, now

DATASET_ID_LENGTH = 48


class Blob(Base):
    """Bytes, stored once and compressed, under the SHA-256 of what they are uncompressed.

    `used_at` is when somebody last put them, so that nothing is removed that is just being put to use again.
    """

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH), primary_key=True)
    size_bytes: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    used_at: Mapped[datetime] = mapped_column(default=now)


class Dataset(Base):
    """A file of a workspace, which never changes: its id is made of its content."""

    __tablename__ = "datasets"

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(DATASET_ID_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), index=True)
    given_sha256: Mapped[str] = mapped_column(String(SHA256_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    rows: Mapped[int]
    columns: Mapped[Json]
    findings: Mapped[list[Json]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))


class Study(Base):
    """A stored scenario: the head of its versions and of its plans.

    `version` counts the documents, `revision` every change of any kind: it is the ETag.
    """

    __tablename__ = "scenarios"
    __table_args__ = (Index("ix_scenarios_workspace_id_id", "workspace_id", "id"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    revision: Mapped[int]
    forked_from: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    plan_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    submitted_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))
    updated_at: Mapped[datetime] = mapped_column(default=now)


class StudyVersion(Base):
    """One document of a scenario, as JSON text; it never changes."""

    __tablename__ = "scenario_versions"

    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))


class StoredPlan(Base):
    """A judged plan of one version of a scenario; it never changes."""

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_scenario_id_id", "scenario_id", "id"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    scenario_version: Mapped[int]
    source: Mapped[str] = mapped_column(String(20))
    job_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    summary: Mapped[Json]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))


class PlanFile(Base):
    """One file of a plan, as `territory solve` writes it."""

    __tablename__ = "plan_files"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), index=True)


class Move(Base):
    """Units that changed hands by hand, from one plan to the next; `undone_by` is the move that took it back."""

    __tablename__ = "moves"
    __table_args__ = (UniqueConstraint("scenario_id", "number"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    number: Mapped[int]
    before_plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"))
    after_plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"))
    changes: Mapped[list[Json]]
    undoes: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    undone_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))
