"""Data sets and scenarios."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.models.base import Given, JobStatus, Shown, Text
from api.http.models.plans import PlanShown


class FindingShown(Shown):
    """One thing found in a file or document."""

    level: Literal["error", "warning", "note"]
    code: str
    message: str
    hint: str
    file: str
    row: int | None
    field: str
    value: str


class DatasetUse(Shown):
    """A scenario that names a data set."""

    id: str
    name: str


class DatasetShown(Shown):
    """A file that scenarios name as `dataset:<id>`."""

    id: str
    name: str
    sha256: str = Field(description="SHA-256 of the file that was sent.")
    kind: Literal["table", "map"]
    rows: int
    columns: list[str]
    findings: list[FindingShown]
    created_at: datetime

    @property
    def ref(self) -> str:
        """The name of the data set in a scenario."""
        return f"dataset:{self.id}"


class DatasetListed(DatasetShown):
    """A data set with the scenarios that name it in their present document."""

    scenarios: list[DatasetUse]


class DatasetRows(Shown):
    """The first rows of a data set."""

    columns: list[str]
    rows: list[list[str]] = Field(description="Cells as texts, in the order of the columns.")


class SampleShown(Shown):
    """A bundled scenario."""

    name: str
    title: str
    about: str


class ScenarioShown(Shown):
    """A stored scenario; `revision` is its ETag."""

    id: str
    name: str
    status: Literal["draft", "submitted", "approved", "rejected", "archived"]
    version: int = Field(description="Counts the documents.")
    revision: int = Field(description="Counts all changes; the ETag is this number in quotes.")
    forked_from: str | None
    plan_id: str | None = Field(description="The present plan.")
    submitted_by: str | None = Field(description="Id of the user who asked for approval last.")
    created_at: datetime
    updated_at: datetime


class LatestJob(Shown):
    """The last job of a scenario."""

    id: str
    kind: str
    status: JobStatus
    solution_status: str | None
    stop_reason: str | None


class ScenarioListed(ScenarioShown):
    """A scenario in a list, with what became of it."""

    summary: dict[str, Any] | None = Field(description="Of the present plan, as in GET /v1/plans/{plan_id}.")
    job: LatestJob | None = Field(description="Its last job.")


class ScenarioWhole(ScenarioShown):
    """A stored scenario with its document."""

    document: dict[str, Any]
    findings: list[FindingShown] = Field(description="What the form of the document shows; /findings reads the data.")


class RebaseGiven(Given):
    """New data for a scenario."""

    datasets: Annotated[list[Text], Field(min_length=1, max_length=2)] = Field(
        description="Ids of data sets: the new table of units, of accounts, or both, the units first."
    )


class RebaseShown(Shown):
    """A scenario on new data."""

    scenario: ScenarioWhole
    plan: PlanShown | None = Field(description="The carried plan, now the present one.")
    changes: list[dict[str, Any]] = Field(description="refresh.json of each new data set.")


class Checked(Shown):
    """What `territory check` says of a scenario."""

    usable: bool
    units: int | None
    territories: int | None
    findings: list[FindingShown]
