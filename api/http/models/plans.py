"""Plans, moves and locks."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

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


Units = Annotated[list[Text], Field(min_length=1, max_length=100_000)]


class OneMove(Given):
    """Units to give to a territory."""

    units: Units
    territory: Text = Field(description="Code of the territory, or id of its rep.")


class FormShown(Shown):
    """A further form that a plan can be had in."""

    name: str
    group: str
    title: str
    about: str
    file: str = Field(description="Its file; a name that ends in / is a folder, which comes as a zip.")
    needs: list[str] = Field(description="What it needs that the plan alone does not have.")
    takes: list[str] = Field(description="What it uses where it is given.")
    is_slow: bool = Field(False, description="It takes long for this plan: better made by a job of the kind export.")


class ExportGiven(Given):
    """A form that is asked for."""

    form: Text
    plan_id: Id | None = Field(None, description="A plan of the scenario; the present one by default.")
    earlier_plan_id: Id | None = Field(None, description="An earlier plan, for forms that need one.")
    mapping: str | None = Field(
        None, max_length=100_000, description="Mapping document in YAML, for forms that take one."
    )


class MoveGiven(Given):
    """Units to give to a territory, or several such moves that are made and undone as one."""

    units: Units | None = None
    territory: Text | None = Field(None, description="Code of the territory, or id of its rep.")
    moves: Annotated[list[OneMove], Field(min_length=1, max_length=5_000)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "MoveGiven":
        if (self.moves is None) != (self.units is not None and self.territory is not None):
            raise ValueError("Maybe give either `units` and `territory`, or `moves`")
        if self.moves is not None and (self.units is not None or self.territory is not None):
            raise ValueError("Maybe leave out `units` and `territory` beside `moves`")
        return self

    @property
    def pairs(self) -> list[tuple[list[str], str]]:
        """All moves as (units, territory)."""
        if self.moves is not None:
            return [(move.units, move.territory) for move in self.moves]
        return [(self.units or [], self.territory or "")]


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


class UnitLock(LockGiven):
    """A unit and who keeps it."""

    unit: Text


class LocksGiven(Given):
    """Units to lock, in place of their locks so far, and units to unlock."""

    lock: Annotated[list[UnitLock], Field(default_factory=list, max_length=100_000)]
    unlock: Annotated[list[Text], Field(default_factory=list, max_length=100_000)]


class LockShown(Shown):
    """A lock of the scenario's document."""

    unit: str | None
    where: dict[str, str] | None
    rep: str
    reason: str
