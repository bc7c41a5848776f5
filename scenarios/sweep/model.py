"""sweep.json as types: every figure with its meaning and unit in the field's description."""

from datetime import datetime
from typing import Literal

from pydantic import Field, FiniteFloat, JsonValue

from optimizer.result import StopReason
from scenarios.report.model import BoundKind, FindingFigure
from scenarios.report.part import Number, Part

PointStatus = Literal["optimal", "feasible", "infeasible", "unknown", "refused", "unfinished"]


class AxisFigure(Part):
    """A direction in which plans are compared."""

    name: str = Field(description="balance, travel, disruption or contribution.")
    label: str = Field(description="In words.")
    unit: str = Field(description="Unit of the figure.")
    better: Literal["lower", "higher"] = Field(description="Which way is better.")


class PointFigure(Part):
    """One point: the values of the parameters and what came of them."""

    point: str = Field(description="Name of the point: P01, P02 ...")
    why: str = Field(description="What the point is for where the sweep chose it; empty in a grid.")
    values: dict[str, JsonValue] = Field(description="Value of each varied parameter by its path in the document.")
    start: str | None = Field(description="Point whose plan this one started from; null for none.")
    status: PointStatus = Field(
        description="As in report.json; refused: the values make no sense together; unfinished: the sweep was stopped."
    )
    stop_reason: StopReason | None = Field(description="Why the solve ended; null without one.")
    value: Number = Field(description="Sum of weight x amount over the goals; comparable between equal weights only.")
    bound: Number = Field(description="No plan under the rules of this point has a smaller value.")
    bound_kind: BoundKind = Field(description="How the bound was proved.")
    gap: Number = Field(description="(value - bound) / |value|; null where a hard rule is broken or no bound exists.")
    figures: dict[str, FiniteFloat] = Field(
        description="Amount of each goal by its name; of the nearest plan where no plan keeps every hard rule."
    )
    on_front: bool = Field(description="Whether no other point with a feasible plan beats it.")
    proposal: int | None = Field(description="Number of the proposal, null where it is none.")
    reasons: list[str] = Field(description="Why no plan keeps every hard rule, or what the nearest one breaks.")
    findings: list[FindingFigure] = Field(description="Why the values of a refused point make no sense.")


class ProposalFigure(Part):
    """A plan of the front that is worth a discussion."""

    proposal: int = Field(description="Number, 1 first.")
    point: str = Field(description="Its point.")
    why: str = Field(description="compromise, the goal it is best in, or in between.")
    folder: str = Field(description="Folder beside sweep.json with its scenario and the files that solve writes.")


class DifferenceFigure(Part):
    """How two proposals differ."""

    proposals: tuple[int, int] = Field(description="Their numbers.")
    percent: dict[str, FiniteFloat] = Field(
        description="By goal: 100 x difference / the larger figure, 0 where both are 0."
    )
    other_hands_percent: FiniteFloat = Field(description="Percentage of the potential that has another owner.")


class SweepProvenance(Part):
    """What the sweep was made from."""

    product: str = Field(description="Name and version of this product.")
    scenario_sha256: str = Field(description="SHA-256 of the scenario file.")
    inputs: dict[str, str] = Field(description="SHA-256 of every input file of the scenario as written.")
    options: dict[str, float | int | str | None] = Field(description="Options of the solve of each point.")
    reproducible: bool = Field(description="Whether the same input, options and versions give the same bytes.")


class SweepTiming(Part):
    """Clocks and places of this run: all that may differ between equal runs."""

    started: datetime = Field(description="When the command started, UTC.")
    seconds: FiniteFloat = Field(description="Time of the whole sweep.")
    scenario_path: str = Field(description="The scenario file, relative to the folder of sweep.json.")
    point_seconds: dict[str, FiniteFloat] = Field(description="Time of each point's solve.")


class SweepReport(Part):
    """The readable outcome of a sweep."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    name: str = Field(description="Name of the scenario.")
    parameters: list[str] = Field(description="Paths of the varied parameters.")
    goals: list[AxisFigure] = Field(description="Directions of the front.")
    today: dict[str, FiniteFloat] | None = Field(
        description="Figures of today's plan, disruption 0; null where nobody who has a seat holds anything today."
    )
    points: list[PointFigure]
    proposals: list[ProposalFigure]
    differences: list[DifferenceFigure] = Field(description="One for each pair of proposals.")
    provenance: SweepProvenance
    timing: SweepTiming
