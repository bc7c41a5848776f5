"""The scenario document, version 1: what a planner writes, checked for form only.

Every scalar reaches these models as the text that stands in the file, so ids keep leading zeros and quotes never matter.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

Text = Annotated[str, Field(min_length=1)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
NotNegative = Annotated[FiniteFloat, Field(ge=0)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
ContiguityMode = Literal["required", "preferred", "off"]


class Part(BaseModel):
    """A part of the document: frozen, and unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class PlanPeriod(Part):
    """The planning period the scenario is for."""

    year: Annotated[int, Field(ge=1900, le=2200)] | None = Field(None, description="Planning year.")
    start: date | None = Field(None, alias="from", description="First day the plan is in force.")
    currency: Text | None = Field(None, description="Currency of the measure `potential`, as an ISO 4217 code.")


class Geography(Part):
    """Where the polygons or points of a table's rows come from."""

    file: Text | None = Field(None, description="Map file with one feature a geography.")
    id: Text | None = Field(None, description="Id column of the map file.")
    bundled: Literal["us-counties", "us-zips"] | None = Field(
        None, description="A geography that ships with the product."
    )
    key: Text = Field(description="Column of the units table that names the geography.")

    @model_validator(mode="after")
    def _one_source(self) -> "Geography":
        if (self.file is None) == (self.bundled is None):
            raise ValueError("geography needs exactly one of file and bundled. Maybe remove one of them.")
        if self.file is not None and self.id is None:
            raise ValueError("geography.file needs geography.id. Maybe add the id column of the map file.")
        return self


class Units(Part):
    """The table of units."""

    file: Text = Field(
        description="GeoJSON, GeoPackage, Shapefile, GeoParquet, or a table (CSV, XLSX, Parquet) with lat, lon."
    )
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    id: Text = Field(description="Column with the customer's unit id, kept as text.")
    name: Text | None = Field(None, description="Column with a readable name.")
    segment: Text | None = Field(None, description="Column with the segment; a unit is then geography x segment.")
    current: Text | None = Field(None, description="Column with today's rep id.")
    tenure: Text | None = Field(None, description="Column with the years today's rep has held the unit.")
    lat: Text | None = Field(None, description="Latitude column of a table; `lat` by default.")
    lon: Text | None = Field(None, description="Longitude column of a table; `lon` by default.")
    geography: Geography | None = Field(None, description="Map file or bundled geography the rows are joined to.")


class PointColumns(Part):
    """Columns that place an account as a point."""

    lat: Text = Field(description="Latitude column.")
    lon: Text = Field(description="Longitude column.")


class WorkloadBuildUp(Part):
    """Workload of an account as calls a year x (call length + travel allowance), after Talley."""

    calls: Text = Field(description="Column with calls a year.")
    call_h: Text = Field(description="Column with hours a call, or a number.")
    travel_h: NotNegative = Field(0.0, description="Travel allowance a call, in hours.")


class Accounts(Part):
    """A CRM export that is rolled up to units."""

    file: Text = Field(description="CSV, XLSX or Parquet table with one row an account.")
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    id: Text = Field(description="Column with the account id.")
    name: Text | None = Field(None, description="Column with the account name.")
    owner: Text | None = Field(None, description="Column with today's rep id.")
    parent: Text | None = Field(None, description="Column with the id of the account family.")
    segment: Text | None = Field(None, description="Column with the segment.")
    named: Text | None = Field(None, description="Column that marks named accounts; each is a unit of its own.")
    geography: Text | PointColumns = Field(description="Key column into the units, or lat and lon columns.")
    workload: WorkloadBuildUp | None = Field(None, description="Workload build-up instead of a workload column.")
    unmatched: Literal["error", "nearest", "unassigned"] = Field(
        "error", description="What becomes of accounts without a unit."
    )


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


class Neighbours(Part):
    """Which units touch."""

    rule: Literal["rook", "queen"] = Field("rook", description="rook: shared border; queen: shared point.")
    file: Text | None = Field(None, description="CSV with columns a, b that replaces the computed neighbours.")
    bridges: Text = Field("none", description="`none`, `nearest`, or a CSV with columns a, b of links to add.")
    barriers: Text | None = Field(None, description="CSV with columns a, b of links to remove.")


class Travel(Part):
    """A travel matrix instead of straight distances."""

    file: Text = Field(description="CSV with columns unit, rep, cost.")


class Reps(Part):
    """Who may own units."""

    file: Text | None = Field(None, description="CSV, XLSX or Parquet table with one row a rep.")
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    columns: dict[str, Text] = Field(
        default_factory=dict, description="Header in the file of each field, e.g. {id: Employee No}."
    )
    count: Annotated[int, Field(ge=1)] | None = Field(None, description="Number of free territories to design.")

    @model_validator(mode="after")
    def _some_source(self) -> "Reps":
        if self.file is None and self.count is None:
            raise ValueError("reps needs a file, a count or both. Maybe add `count: 20`.")
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


class DisruptionLimits(Part):
    """Largest shares of today's plan that may change hands avoidably."""

    units: Share | None = Field(None, description="Share of the units.")
    potential: Share | None = Field(None, description="Share of the potential.")
    accounts: Share | None = Field(None, description="Share of the accounts.")
    sales: Share | None = Field(None, description="Share of the measure or column `sales`.")
    tenure: Share | None = Field(None, description="Share of the years of tenure.")


class Limits(Part):
    """Hard limits on the shape of territories and on change."""

    contiguity: ContiguityMode | dict[str, ContiguityMode] = Field(
        "required", description="One mode, or one per segment."
    )
    home: Literal["free", "inside"] = Field("free", description="inside: a territory holds its rep's home.")
    max_distance_km: Positive | None = Field(None, description="Largest distance of a unit from its rep.")
    hours: Literal["off", "hard"] = Field("off", description="hard: a rep's `hours` cap the workload.")
    disruption: DisruptionLimits = Field(default_factory=DisruptionLimits, description="Budgets of avoidable moves.")
    oversize: Literal["refuse", "split", "share"] = Field(
        "refuse", description="What becomes of units heavier than a territory."
    )


class PairRule(Part):
    """A unit, or all units with given column values, and a rep."""

    unit: Text | None = Field(None, description="Unit id.")
    where: dict[str, Text] | None = Field(None, description="Column values that pick units.")
    rep: Text = Field(description="Rep id.")
    reason: str = Field("", description="Why, for the report.")

    @model_validator(mode="after")
    def _one_place(self) -> "PairRule":
        if (self.unit is None) == (self.where is None):
            raise ValueError("a rule needs exactly one of unit and where. Maybe remove one of them.")
        return self


class Apart(Part):
    """Units that must all have different reps."""

    units: Annotated[list[Text], Field(min_length=2)] = Field(description="Unit ids.")
    reason: str = Field("", description="Why, for the report.")


class Together(Part):
    """Units that one rep must own: listed, or all that share a value of a column."""

    units: Annotated[list[Text], Field(min_length=2)] | None = Field(None, description="Unit ids.")
    column: Text | None = Field(None, description="Column whose equal values keep units together.")
    reason: str = Field("", description="Why, for the report.")

    @model_validator(mode="after")
    def _one_source(self) -> "Together":
        if (self.units is None) == (self.column is None):
            raise ValueError("together needs exactly one of units and column. Maybe remove one of them.")
        return self


class Rules(Part):
    """Rules on single units: inline, or the name of a CSV file with the same columns."""

    lock: list[PairRule] | Text = Field(default_factory=list, description="Units that stay with a rep.")
    forbid: list[PairRule] | Text = Field(default_factory=list, description="Units a rep must not have.")
    together: list[Together] | Together | Text = Field(default_factory=list, description="Units kept together.")
    apart: list[Apart] | Text = Field(default_factory=list, description="Units kept apart.")


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
            raise ValueError("give either time_limit_s or effort. Maybe remove one of them.")
        return self


class Scenario(Part):
    """One written what-if."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = Field(description="Version of this document: 1.")
    name: Text = Field(description="Name of the scenario.")
    plan: PlanPeriod | None = Field(None, description="Planning period.")
    units: Units | None = Field(None, description="Table of units.")
    accounts: Accounts | None = Field(None, description="CRM export, rolled up to units.")
    measures: Annotated[dict[str, Measure], Field(min_length=1)] = Field(
        description="Measures by name; workload is one of them."
    )
    neighbours: Neighbours = Field(default_factory=Neighbours, description="Which units touch.")
    travel: Travel | None = Field(None, description="Travel matrix.")
    reps: Reps = Field(description="Who may own units.")
    skills: list[Skill] = Field(default_factory=list, description="Skills and their fit.")
    goals: Goals | None = Field(None, description="Weights of the goals.")
    limits: Limits = Field(default_factory=Limits, description="Hard limits.")
    rules: Rules = Field(default_factory=Rules, description="Rules on single units.")
    solve: Solve = Field(default_factory=Solve, description="How long and how hard to solve.")

    @model_validator(mode="after")
    def _some_units(self) -> "Scenario":
        if self.units is None and self.accounts is None:
            raise ValueError("a scenario needs units, accounts or both. Maybe add `units: {file: ...}`.")
        return self
