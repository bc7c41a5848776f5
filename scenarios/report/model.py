"""report.json as types: every figure with its formula and unit in the field's description."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, FiniteFloat, JsonValue

from optimizer.result import AttemptEnd, Status, StopReason
from scenarios.quotas.model import QuotaFigure
from scenarios.report.money import ContributionFigures
from scenarios.report.part import Number, Part
from scenarios.robust.model import HedgeFigure


class BoundKind(StrEnum):
    """How a bound was proved."""

    EXACT = "exact"
    MIP = "mip"
    LAGRANGIAN = "lagrangian"
    NONE = "none"


class GoalFigure(Part):
    """One goal's part of the value."""

    name: str = Field(description="travel, fit, balance or disruption.")
    weight: FiniteFloat = Field(description="Weight from the scenario, or its default.")
    amount: FiniteFloat = Field(description="Amount in the goal's fixed unit; the value sums weight x amount.")


class LoadFigure(Part):
    """What a territory holds of one measure."""

    load: FiniteFloat = Field(description="Sum over the units of the measure x share, in the customer's unit.")
    target: Number = Field(description="Balanced load of the territory; null for a rep without a seat.")
    index: Number = Field(description="100 x load / target; null without a target above 0.")
    in_band: bool | None = Field(description="Whether the hard band holds the load; null without a tolerance.")


class TerritoryFigure(Part):
    """One territory of a plan."""

    territory: str = Field(description="Code of the seat.")
    name: str = Field(description="Readable name of the seat.")
    rep: str | None = Field(description="Id of the incumbent; null while nobody is matched.")
    rep_name: str | None = Field(description="Name of the incumbent.")
    status: str = Field(
        description="active, vacant, planned or leaving; open without an incumbent, gone if not listed."
    )
    units: int = Field(description="Distinct units, a split unit counting in each territory that holds a share of it.")
    loads: dict[str, LoadFigure] = Field(description="By measure.")
    mean_km: Number = Field(
        description="Workload-weighted mean great-circle distance to the rep's home, of a free centre to the "
        "territory's workload-weighted centroid; null without workload."
    )
    max_km: Number = Field(description="Largest of these distances; null without units.")
    fit: Number = Field(description="Potential-weighted mean skill fit, 0..1; null without potential.")
    pieces: int | None = Field(
        description="Connected pieces, units exempt from contiguity left out; null for an owner without a seat."
    )
    moved: int = Field(description="Distinct units that come from another rep.")
    home_lat: Number = Field(description="Latitude of the incumbent's home.")
    home_lon: Number = Field(description="Longitude of the incumbent's home.")


class BrokenFigure(Part):
    """One hard rule that a plan breaks at one place."""

    rule: str = Field(description="Name of the rule, e.g. band, contiguity, lock.")
    where: str = Field(description="The place in words: territories, measure, units.")
    amount: FiniteFloat = Field(description="What the plan has, in the customer's unit.")
    limit: FiniteFloat = Field(description="What the rule allows, in the same unit.")
    cause: str = Field(description="Why, in one sentence.")
    evidence: Literal["proven", "observed"] = Field(
        description="proven: no plan can do better here; observed: on the plans tried."
    )
    units: list[str] = Field(description="Ids of the offending units.")
    territories: list[str] = Field(description="Codes of the offending territories.")
    measure: str | None = Field(description="Measure or budget; null where the rule has none.")


class ReasonFigure(Part):
    """Why no plan keeps every hard rule, or a limit to loosen."""

    kind: Literal["conflict", "relaxation"] = Field(description="conflict, or the cheapest relaxation.")
    rule: str = Field(description="Name of the rule.")
    where: str = Field(description="The place in words.")
    amount: Number = Field(description="What is needed, in the customer's unit; null where it is no amount.")
    limit: Number = Field(description="What the limit is, in the same unit.")
    evidence: Literal["proven", "observed"] = Field(description="As in broken.")
    text: str = Field(description="The whole reason in words.")
    units: list[str] = Field(default=[], description="Ids of the units it is about.")
    territories: list[str] = Field(default=[], description="Codes of the territories it is about.")
    measure: str | None = Field(default=None, description="Measure or budget; null where the rule has none.")
    way: int | None = Field(
        default=None,
        description="Relaxations of the same number together make a plan possible: 1 the plan that is shown, higher "
        "numbers one that was found and judged beside it. Null for a conflict.",
    )


class AttemptFigure(Part):
    """One kind of limit that was to be loosened by itself, and how that ended."""

    rule: str = Field(description="Name of the rule; pairs for any two kinds of limits together.")
    measure: str | None = Field(description="Measure or budget; null where the rule has none.")
    end: AttemptEnd = Field(
        description="enough: a way of its own among the reasons; cut_short: likewise, but time ended before smaller "
        "amounts were tried; impossible: no amount is enough, which is proven; not_found: searched in vain; "
        "unsearched: time ended before."
    )
    text: str = Field(description="The kind of limit in words.")


class ChangeFigures(Part):
    """What changes hands against today's plan."""

    units_with_rep: int = Field(description="Distinct units that have a rep today.")
    moved_units: int = Field(description="Those of them of which any share leaves its current rep.")
    unavoidable_units: int = Field(description="Moved units whose current rep is leaving or not in the list.")
    moved_potential_percent: FiniteFloat = Field(
        description="100 x potential that leaves its current rep / all potential."
    )


class TodayFigures(Part):
    """The current plan, judged by the same rules; units without a rep who stays are nobody's."""

    value: Number = Field(description="Sum of weight x amount; null where no seat holds a unit today.")
    goals: list[GoalFigure]
    territories: list[TerritoryFigure] = Field(
        description="Seats first, then today's owners who have no seat (leaving, or not in the list)."
    )
    broken: list[BrokenFigure]


class FindingFigure(Part):
    """One thing found in the input."""

    level: str
    code: str
    file: str
    row: int | None
    field: str
    value: str
    message: str
    hint: str


class RepFigure(Part):
    """One rep of the list, leaving ones included."""

    id: str = Field(description="Rep id.")
    name: str = Field(description="Readable name.")
    status: str = Field(description="active, vacant, planned or leaving.")
    territory: str = Field(description="Lasting code of the seat, blank where none is given.")
    capacity: FiniteFloat = Field(description="Relative size; 1 is one full rep.")
    hours: Number = Field(description="Selling hours a year; null where unknown.")
    manager: str = Field(description="Manager, blank where none is given.")
    region: str = Field(description="Region, blank where none is given.")
    crm_user_id: str = Field(default="", description="Id of the user in the CRM, blank where none is given.")
    email: str = Field(default="", description="E-mail address, blank where none is given.")


class Provenance(Part):
    """What the plan was made from."""

    command: Literal["solve", "score"] = Field(description="Whether the plan was solved or given.")
    product: str = Field(description="Name and version of this product.")
    scenario: dict[str, JsonValue] = Field(description="The scenario document as it was read.")
    scenario_sha256: str = Field(description="SHA-256 of the scenario file.")
    inputs: dict[str, str] = Field(description="SHA-256 of every input file by the name the scenario uses.")
    options: dict[str, float | int | str | None] = Field(
        description="Options of the solve; start is the SHA-256 of the plan it started from."
    )
    seed: int | None = Field(description="Seed of the solve; null for a given plan.")
    versions: dict[str, str] = Field(description="Versions of Python and the libraries that decide the answer.")
    reproducible: bool = Field(description="Whether the same input, options and versions give the same bytes.")


class TracePoint(Part):
    """One moment of the solve."""

    seconds: FiniteFloat
    phase: str
    value: Number
    violation: Number
    bound: Number


class Timing(Part):
    """Clocks, dates and places of this run: all that may differ between equal runs."""

    started: datetime = Field(description="When the command started, UTC.")
    seconds: FiniteFloat = Field(description="Time the solve took; 0 for a given plan.")
    scenario_path: str = Field(description="The scenario file, relative to the folder of this report.")
    start_path: str | None = Field(default=None, description="The plan the solve started from, told alike; or null.")
    trace: list[TracePoint] = Field(description="Value and bound over time.")


class Report(Part):
    """The readable outcome of one plan."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    name: str = Field(description="Name of the scenario.")
    status: Status = Field(description="What is known of the plan. A given plan is feasible or unknown.")
    stop_reason: StopReason | None = Field(description="Why the solve ended; null for a given plan.")
    value: FiniteFloat = Field(description="Sum of weight x amount over the goals; smaller is better.")
    bound: Number = Field(description="No plan that keeps every hard rule has a smaller value; null without proof.")
    bound_kind: BoundKind = Field(description="How the bound was proved.")
    gap: Number = Field(description="(value - bound) / |value|; null where a hard rule is broken or no bound exists.")
    violation: FiniteFloat = Field(
        description="Sum of the relative misses of all load limits, as shares of the target."
    )
    goals: list[GoalFigure]
    territories: list[TerritoryFigure]
    today: TodayFigures | None = Field(description="The current plan; null where none was given.")
    changes: ChangeFigures | None = Field(description="Against the current plan; null where none was given.")
    contribution: ContributionFigures | None = Field(
        default=None, description="What it contributes in a year; null in reports of earlier versions."
    )
    broken: list[BrokenFigure] = Field(description="Every hard rule the plan breaks; empty for a feasible plan.")
    reasons: list[ReasonFigure] = Field(description="Why no feasible plan was found, and what would help.")
    attempts: list[AttemptFigure] = Field(
        default=[], description="What became of loosening each kind of limit by itself; empty for a feasible plan."
    )
    quotas: list[QuotaFigure] | None = Field(
        default=None, description="Quotas by measure; null where the scenario asks for none."
    )
    hedge: HedgeFigure | None = Field(default=None, description="What became of the hedge; null without one.")
    findings: list[FindingFigure]
    reps: list[RepFigure] = Field(default_factory=list, description="Everybody in the list of reps.")
    provenance: Provenance
    timing: Timing
