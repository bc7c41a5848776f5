"""Jobs and small solves."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, PositiveFloat, PositiveInt

from api.http.models.base import Given, Id, JobStatus, Shown


class JobOptions(Given):
    """Options in place of the scenario's."""

    time_limit_s: PositiveFloat | None = None
    effort: PositiveFloat | None = None
    gap: Annotated[float, Field(ge=0)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    workers: PositiveInt | None = Field(None, description="Processor cores.")


class JobGiven(Given):
    """A job to be done."""

    kind: Literal["solve"] = "solve"
    scenario_id: Id
    from_plan_id: Id | None = Field(None, description="Plan to start from; its territory codes stay.")
    options: JobOptions = JobOptions()
    priority: Annotated[int, Field(ge=1, le=9)] = Field(5, description="1 comes first.")


class JobShown(Shown):
    """A job: what became of it, of the solution, and why it stopped are three separate things."""

    id: str
    kind: Literal["solve"]
    status: JobStatus
    solution_status: Literal["optimal", "feasible", "infeasible", "unknown"] | None
    stop_reason: str | None = Field(
        description="optimal, gap, effort, time_limit, memory_limit, user_stop, infeasible; "
        "cancelled, error, worker_lost."
    )
    scenario_id: str
    scenario_version: int
    from_plan_id: str | None
    options: dict[str, Any]
    priority: int
    attempt: int
    plan_id: str | None
    retry_of: str | None
    error: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class IncumbentShown(Shown):
    """A best plan so far."""

    id: int
    attempt: int
    seconds: float
    value: float | None
    violation: float | None
    bound: float | None


class SmallGiven(Given):
    """A small scenario with its files as texts."""

    scenario: dict[str, Any] = Field(description="The document; it names files by their names below.")
    files: dict[str, str] = Field(description="CSV, GeoJSON, TopoJSON or KML text by file name.")


class SmallShown(Shown):
    """A small scenario solved."""

    report: dict[str, Any]
    assignments: list[dict[str, Any]]
