"""The scenario document, version 1: what a planner writes, checked for form only.

Every scalar reaches these models as the text that stands in the file: ids keep leading zeros and quotes never matter.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from scenarios.document.economics import Economics
from scenarios.document.hedge import CommonError, Hedge
from scenarios.document.plan_columns import PLAN_COLUMNS
from scenarios.document.quota import CAPACITY, HISTORY, OverAssignment, Quota, QuotaLimit
from scenarios.document.rules import Apart, DisruptionLimits, Limits, PairRule, Rules, Together
from scenarios.document.types import (
    ContiguityMode,
    FileName,
    IsoDate,
    NotNegative,
    Part,
    Positive,
    Share,
    Text,
    mistake,
)
from scenarios.document.units import Accounts, Geography, PointColumns, Units, WorkloadBuildUp
from scenarios.document.what_if import Growth, Scope
from scenarios.near_names import maybe, nearest

__all__ = [
    "Accounts",
    "Apart",
    "CommonError",
    "ContiguityMode",
    "DisruptionLimits",
    "Economics",
    "Geography",
    "Goals",
    "Growth",
    "Hedge",
    "Limits",
    "Measure",
    "Neighbours",
    "NotNegative",
    "OverAssignment",
    "PairRule",
    "Part",
    "PlanPeriod",
    "PointColumns",
    "Positive",
    "Quota",
    "QuotaLimit",
    "Reps",
    "Rules",
    "Scenario",
    "Scope",
    "Share",
    "Skill",
    "Solve",
    "Text",
    "Together",
    "Travel",
    "Units",
    "WorkloadBuildUp",
]


RepFields = Annotated[dict[Text, Text], Field(min_length=1)]
"""Fields of one rep by name, as in a row of reps.csv."""


class PlanPeriod(Part):
    """The planning period the scenario is for."""

    year: Annotated[int, Field(ge=1900, le=2200)] | None = Field(None, description="Planning year.")
    start: IsoDate | None = Field(None, alias="from", description="First day the plan is in force.")
    end: IsoDate | None = Field(None, alias="to", description="Last day the plan is in force.")
    currency: Text | None = Field(None, description="Currency of the measure `potential`, as an ISO 4217 code.")

    @model_validator(mode="after")
    def _ordered(self) -> "PlanPeriod":
        first = self.start or (date(self.year, 1, 1) if self.year else None)
        if first is not None and self.end is not None and self.end < first:
            raise mistake("period-ends-first", f"ends on {self.end}, before it begins on {first}. Maybe swap them.")
        return self


class Measure(Part):
    """An additive number on a unit and what every territory should have of it."""

    column: Text | None = Field(None, description="Column of the units or accounts; the measure's own name by default.")
    target: Text = Field("capacity", description="`capacity`, `equal`, or a column of reps.csv with each rep's target.")
    tolerance: NotNegative | None = Field(None, description="Hard band, as a share of the target.")
    aim: NotNegative = Field(
        0.0, description="Soft band, as a share of the target, inside which the goal balance counts nothing."
    )
    min: NotNegative | None = Field(None, description="Hard smallest load of a territory.")
    max: NotNegative | None = Field(None, description="Hard largest load of a territory.")

    @model_validator(mode="after")
    def _ordered(self) -> "Measure":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise mistake("min-above-max", "has a min above its max. Maybe swap them.")
        return self


class Neighbours(Part):
    """Which units touch."""

    rule: Literal["rook", "queen"] = Field("rook", description="rook: shared border; queen: shared point.")
    file: FileName | None = Field(None, description="CSV with columns a, b that replaces the computed neighbours.")
    bridges: FileName = Field("none", description="`none`, `nearest`, or a CSV with columns a, b of links to add.")
    barriers: FileName | None = Field(None, description="CSV with columns a, b of links to remove.")
    country: Text | None = Field(None, description="Column of the units with the country; borders are barriers.")


class Travel(Part):
    """A travel matrix instead of straight distances."""

    file: FileName = Field(description="CSV with columns unit, rep, cost.")


class Reps(Part):
    """Who may own units."""

    file: FileName | None = Field(None, description="CSV, XLSX or Parquet table with one row a rep.")
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    columns: dict[Text, Text] = Field(
        default_factory=dict, description="Header in the file of each field, e.g. {id: Employee No}."
    )
    count: Annotated[int, Field(ge=1, le=10**6)] | None = Field(
        None, description="Number of free territories to design."
    )
    add: list[RepFields] = Field(default_factory=list, description="Further reps: the fields of one row each.")
    change: dict[Text, RepFields] = Field(
        default_factory=dict, description="Fields of a rep that differ from the file, by the rep's id."
    )
    remove: list[Text] = Field(default_factory=list, description="Ids of reps to leave out.")

    @model_validator(mode="after")
    def _some_source(self) -> "Reps":
        if self.file is None and self.count is None and not self.add:
            raise mistake("missing-field", "has neither file nor count nor add. Maybe add `count: 20`.")
        return self


class Skill(Part):
    """A column of the units whose value names the rep's column with a fit of 0..1."""

    column: Text = Field(description="Column of the units.")
    required: bool = Field(False, description="true: a fit of 0 is a ban.")
    weight: Positive = Field(1.0, description="Weight of this skill in the mean fit.")


class Goals(Part):
    """Weights of the goals; where goals are given, an unnamed one weighs 0."""

    travel: NotNegative = Field(0.0, description="Weight of the workload-weighted mean km.")
    fit: NotNegative = Field(0.0, description="Weight of 100 x (1 - potential-weighted mean fit).")
    balance: NotNegative = Field(0.0, description="Weight of the mean deviation of the balance index beyond `aim`.")
    disruption: NotNegative = Field(
        0.0, description="Weight of the percentage of potential that leaves its current rep."
    )


class Solve(Part):
    """How long and how hard to solve."""

    time_limit_s: Positive | None = Field(None, description="Wall-clock limit; 60 by default.")
    effort: Positive | None = Field(
        None, description="Work without a clock, for byte-same answers; excludes time_limit_s."
    )
    gap: NotNegative = Field(0.01, description="Stop at this proven gap, a fraction.")
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = Field(0, description="Seed of every random choice.")
    workers: Annotated[int, Field(ge=1, le=256)] = Field(2, description="Processor cores to use.")
    memory_limit_gb: Positive | None = Field(None, description="Largest resident memory.")

    @model_validator(mode="after")
    def _one_clock(self) -> "Solve":
        if self.time_limit_s is not None and self.effort is not None:
            raise mistake("conflicting-fields", "has both time_limit_s and effort. Maybe remove one of them.")
        return self


def _blank_is_empty(value: Any) -> Any:
    return {} if value is None else value


class Scenario(Part):
    """One written what-if."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = Field(description="Version of this document: 1.")
    name: Text = Field(description="Name of the scenario.")
    plan: PlanPeriod | None = Field(None, description="Planning period.")
    units: Units | None = Field(None, description="Table of units.")
    accounts: Accounts | None = Field(None, description="CRM export, rolled up to units.")
    measures: dict[Text, Annotated[Measure, BeforeValidator(_blank_is_empty)]] = Field(
        description="Measures by name; workload is one of them.", json_schema_extra={"required": ["workload"]}
    )
    neighbours: Neighbours = Field(Neighbours(), description="Which units touch.")
    travel: Travel | None = Field(None, description="Travel matrix.")
    reps: Reps = Field(description="Who may own units.")
    skills: list[Skill] = Field(default_factory=list, description="Skills and their fit.")
    goals: Goals | None = Field(None, description="Weights of the goals.")
    limits: Limits = Field(Limits(), description="Hard limits.")
    rules: Rules = Field(Rules(), description="Rules on single units.")
    economics: Economics | None = Field(None, description="What an alignment earns, in money.")
    quota: dict[Text, Quota] = Field(default_factory=dict, description="Quotas by measure.")
    growth: list[Growth] = Field(default_factory=list, description="Measures that grow or shrink, one after another.")
    scope: Scope | None = Field(None, description="The part of the map that is planned; the rest stays as it is.")
    solve: Solve = Field(Solve(), description="How long and how hard to solve.")

    @field_validator("measures")
    @classmethod
    def _has_workload(cls, measures: dict[str, Measure]) -> dict[str, Measure]:
        if "workload" not in measures:
            near = nearest("workload", measures)
            hint = f"Maybe rename {near}." if near else "Maybe add `workload: {column: hours}`."
            raise mistake("missing-measure", f"has no `workload`. {hint}")
        taken = [name for name in measures if name in PLAN_COLUMNS]
        if taken:
            raise mistake("taken-name", f"names a measure {taken[0]}, as plan.csv has a column. Maybe rename it.")
        return measures

    @model_validator(mode="after")
    def _some_units(self) -> "Scenario":
        if self.units is None and self.accounts is None:
            raise mistake("missing-field", "has neither units nor accounts. Maybe add `units: {file: ...}`.")
        return self

    @model_validator(mode="after")
    def _quotas_of_known_measures(self) -> "Scenario":
        for name, quota in self.quota.items():
            for asked in (name, *quota.spread):
                if asked not in self.measures and (asked == name or asked not in (HISTORY, CAPACITY)):
                    hint = maybe(asked, [*self.measures, HISTORY, CAPACITY] if asked != name else list(self.measures))
                    raise mistake("unknown-measure", f"has a quota.{name} that goes by {asked}, no measure. {hint}")
        return self
