"""Jobs and small solves."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, JsonValue, PositiveFloat, PositiveInt, Tag

from api.http.models.base import Given, Id, JobStatus, Name, Shown

Kind = Literal["solve", "sweep", "compare", "export"]


class JobOptions(Given):
    """Options in place of the scenario's."""

    time_limit_s: PositiveFloat | None = None
    effort: PositiveFloat | None = None
    gap: Annotated[float, Field(ge=0)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    workers: PositiveInt | None = Field(None, description="Processor cores.")


class _Given(Given):
    scenario_id: Id
    options: JobOptions = JobOptions()
    priority: Annotated[int, Field(ge=1, le=9)] = Field(5, description="1 comes first.")


class SolveGiven(_Given):
    """A scenario to be solved."""

    kind: Literal["solve"] = "solve"
    from_plan_id: Id | None = Field(None, description="Plan to start from; its territory codes stay.")


class SweepGiven(_Given):
    """Many what-ifs of a scenario, the front they make and a few proposals; the options hold for each what-if."""

    kind: Literal["sweep"]
    vary: dict[Annotated[str, Field(max_length=200)], Annotated[list[JsonValue], Field(min_length=1)]] = Field(
        {}, description="Values by the path of a field, e.g. measures.workload.tolerance; without it the sweep chooses."
    )
    proposals: Annotated[int, Field(ge=1, le=7)] = Field(7, description="Most proposals.")


class CompareGiven(_Given):
    """Present plans of scenarios to be held against that of a base scenario."""

    kind: Literal["compare"]
    against: Annotated[list[Id], Field(max_length=3)] = Field(
        [], description="Ids of other scenarios; with none the one plan is held against today's."
    )


class FormGiven(_Given):
    """A form of a plan that takes long to make; it is then one of the job's files."""

    kind: Literal["export"]
    form: Annotated[str, Field(max_length=200)] = Field(description="Its name, as the list of forms has it.")
    plan_id: Id | None = Field(None, description="A plan of the scenario; the present one by default.")


def _kind_of(body: Any) -> str:
    """Return the kind that a body names; without one it is a solve."""
    return str(body.get("kind", "solve") if isinstance(body, dict) else getattr(body, "kind", "solve"))


JobGiven = Annotated[
    Annotated[SolveGiven, Tag("solve")]
    | Annotated[SweepGiven, Tag("sweep")]
    | Annotated[CompareGiven, Tag("compare")]
    | Annotated[FormGiven, Tag("export")],
    Discriminator(_kind_of),
]
"""A job to be done, by its kind."""


class JobShown(Shown):
    """A job: what became of it, of the solution, and why it stopped are three separate things."""

    id: str
    kind: Kind
    status: JobStatus
    solution_status: Literal["optimal", "feasible", "infeasible", "unknown"] | None
    stop_reason: str | None = Field(
        description="optimal, gap, effort, time_limit, memory_limit, user_stop, infeasible; "
        "cancelled, error, worker_lost."
    )
    scenario_id: str
    scenario_version: int
    from_plan_id: str | None
    task: dict[str, Any] = Field(description="What else was asked for, by the kind.")
    options: dict[str, Any]
    priority: int
    attempt: int
    ahead: int | None = Field(description="About how many jobs are done before it; null unless it waits.")
    plan_id: str | None
    summary: dict[str, Any] | None = Field(description="What a sweep or a comparison found, or the file of an export.")
    retry_of: str | None
    error: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class PointShown(Shown):
    """One what-if of a sweep."""

    point: str = Field(description="P01, P02 ...")
    why: str = Field(description="What it is for; empty in a grid.")
    values: dict[str, Any] = Field(description="Value of each varied field by its path.")
    status: JobStatus
    summary: dict[str, Any] | None = Field(description="status, value, gap and figures, once it is solved.")
    error: dict[str, Any] | None


class AdoptGiven(Given):
    """How a scenario that is made of a what-if is called."""

    name: Name | None = Field(None, description="The scenario's name and the point's, where none is given.")


class IncumbentShown(Shown):
    """A best plan so far."""

    id: int
    attempt: int
    seconds: float
    value: float | None
    violation: float | None
    bound: float | None


class IncumbentPlan(IncumbentShown):
    """A best plan so far with who has what."""

    scenario_version: int
    territories: list[str] = Field(description="Their codes.")
    owner: list[int] = Field(
        description="Place in `territories` of who has most of each unit, in the order of plan.csv; -1: nobody."
    )


class SmallGiven(Given):
    """A small scenario with its files as texts."""

    scenario: dict[str, Any] = Field(description="The document; it names files by their names below.")
    files: dict[str, str] = Field(description="CSV, GeoJSON, TopoJSON or KML text by file name.")


class SmallShown(Shown):
    """A small scenario solved."""

    report: dict[str, Any]
    assignments: list[dict[str, Any]]
