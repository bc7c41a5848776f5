"""Jobs, what happens while they run, and the workers that run them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scenarios.store.tables.base import ID_LENGTH, Base, Json, Number, now


class Job(Base):
    """Work that was accepted, and is therefore never lost.

    `attempt` counts the workers that began it: whatever an earlier attempt still writes is refused. `crashes` counts
    those that died of it. `task` says what is asked for, `summary` in short what was found, by kind.

    A job may be done in parts, each a job of its own with its `parent_id` and its number `part`: workers share them,
    and one that dies loses only its part.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_workspace_id_id", "workspace_id", "id"),
        Index("ix_jobs_status_created_by", "status", "created_by"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    kind: Mapped[str] = mapped_column(String(20))
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    scenario_version: Mapped[int]
    start_plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id"))
    options: Mapped[Json]
    priority: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    solution_status: Mapped[str | None] = mapped_column(String(20))
    stop_reason: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[Json | None]
    plan_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id"), index=True)
    part: Mapped[int] = mapped_column(default=0)
    task: Mapped[Json] = mapped_column(default=dict)
    summary: Mapped[Json | None]
    retry_of: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    attempt: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    worker_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    wish: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(String(ID_LENGTH))
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class JobFile(Base):
    """A file that a job has made."""

    __tablename__ = "job_files"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))


class JobEvent(Base):
    """Something that happened to a job; its id is the id of the server-sent event."""

    __tablename__ = "job_events"
    __table_args__ = (Index("ix_job_events_job_id_id", "job_id", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"))
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[Json]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Incumbent(Base):
    """A best plan so far: what a restart begins with.

    `owner` is the compressed int32 rep index of each unit of the Problem.
    """

    __tablename__ = "incumbents"
    __table_args__ = (Index("ix_incumbents_job_id_id", "job_id", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"))
    attempt: Mapped[int]
    seconds: Mapped[float]
    value: Mapped[float | None]
    violation: Mapped[float | None]
    bound: Mapped[float | None]
    owner: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Worker(Base):
    """A process that solves: alive until its lease expires."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    host: Mapped[str] = mapped_column(String(200))
    process: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
