"""Plans, moves and locks."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.models.base import Given, Id, Line, Shown, Text


class PlanShown(Shown):
    """A judged plan."""

    id: str
    scenario_id: str
    scenario_version: int
    source: Literal["solved", "given", "moved", "carried"]
    job_id: str | None
    summary: dict[str, Any] = Field(
        description="status, value, bound, gap, violation, broken, goals, moved units, territories (in band), mean km."
    )
    files: list[str] = Field(description="Names for /v1/plans/{id}/files/{name}.")
    created_at: datetime


class PlanChosen(Given):
    """The plan that becomes the present one."""

    plan_id: Id


class MoveGiven(Given):
    """Units to give to a territory."""

    units: Annotated[list[Text], Field(min_length=1, max_length=100_000)]
    territory: Text = Field(description="Code of the territory, or id of its rep.")


class FormShown(Shown):
    """A further form that a plan can be had in."""

    name: str
    group: str
    title: str
    about: str
    file: str = Field(description="Its file; a name that ends in / is a folder, which comes as a zip.")
    needs: list[str] = Field(description="What it needs that the plan alone does not have.")


class ExportGiven(Given):
    """A form that is asked for."""

    form: Text
    plan_id: Id | None = Field(None, description="A plan of the scenario; the present one by default.")
    earlier_plan_id: Id | None = Field(None, description="An earlier plan, for forms that need one.")
    mapping: str | None = Field(
        None, max_length=100_000, description="Mapping document in YAML, for forms that take one."
    )


class ChangeShown(Shown):
    """A unit that changed hands; before and after swapped is its inverse. Territories by their codes, "" for nobody."""

    unit: str
    before: list[str]
    after: list[str]


class MoveShown(Shown):
    """A move, or the undoing of one."""

    id: str
    number: int
    before_plan_id: str
    after_plan_id: str
    changes: list[ChangeShown]
    undoes: str | None
    undone_by: str | None
    created_at: datetime


class Moved(Shown):
    """A move with the plan it led to and the scenario's new revision."""

    move: MoveShown
    plan: PlanShown
    revision: int


class LockGiven(Given):
    """Who keeps a unit."""

    rep: Text
    reason: Line = ""


class LockShown(Shown):
    """A lock of the scenario's document."""

    unit: str | None
    where: dict[str, str] | None
    rep: str
    reason: str
