"""Quotas as they are reported: every figure with its meaning and unit."""

from datetime import date
from typing import Literal

from pydantic import Field, FiniteFloat

from scenarios.report.part import Number, Part

Level = Literal["company", "region", "manager"]


class SeatQuota(Part):
    """The quota of one territory and of its incumbent, in the measure's unit."""

    territory: str = Field(description="Code of the seat.")
    name: str = Field(description="Readable name of the seat.")
    rep: str | None = Field(description="Id of the incumbent; null while nobody is matched.")
    status: str = Field(description="active, vacant, planned or open, as in territories.")
    manager: str = Field(description="Manager of the incumbent; blank where none is given.")
    region: str = Field(description="Region of the incumbent; blank where none is given.")
    share: FiniteFloat = Field(description="Weighted share of potential, history and capacity; shares add to 1.")
    history: Number = Field(description="Past sales of its units; null where no history is given.")
    floor: Number = Field(description="Smallest quota allowed; null without a floor.")
    cap: Number = Field(description="Largest quota allowed; null without a cap.")
    quota: FiniteFloat = Field(description="The seat's quota for the whole period.")
    held: Literal["floor", "cap"] | None = Field(description="What keeps the quota from following the share.")
    incumbent_share: FiniteFloat = Field(description="Mean productivity of the incumbent over the period, 0 to 1.")
    incumbent_quota: FiniteFloat = Field(description="quota x incumbent_share, rounded to the nearest step.")
    open_quota: FiniteFloat = Field(description="quota - incumbent_quota: what the manager answers for.")
    index: Number = Field(description="100 x share of all quotas / share of the measure; null without any.")
    growth_percent: Number = Field(description="100 x (quota / history - 1); null without history.")


class LevelQuota(Part):
    """What one manager, one region or the company answers for, in the measure's unit."""

    level: Level = Field(description="company, region or manager.")
    region: str = Field(description="Name of the region; blank for the company and where none is given.")
    manager: str = Field(description="Name of the manager; blank for company and regions.")
    quota: FiniteFloat = Field(description="Top-down: this node's own quota.")
    below: FiniteFloat = Field(description="Bottom-up: sum of the quotas of the next level below.")
    over_assignment: FiniteFloat = Field(description="below - quota.")
    territories: int = Field(description="Territories below.")
    seat_quota: FiniteFloat = Field(description="Sum of the quotas of these territories.")
    incumbent_quota: FiniteFloat = Field(description="Sum of the incumbents' quotas.")
    open_quota: FiniteFloat = Field(description="seat_quota - incumbent_quota: vacant seats, late starts and ramps.")


class Fairness(Part):
    """How evenly quotas ask of large and small territories, and of those that grow; null where not defined."""

    index_min: Number = Field(description="Smallest index.")
    index_max: Number = Field(description="Largest index.")
    index_spread: Number = Field(description="Standard deviation of the indices / their mean.")
    size_correlation: Number = Field(description="Correlation (Pearson) of index and load of the measure.")
    growth_min: Number = Field(description="Smallest growth asked, per cent.")
    growth_max: Number = Field(description="Largest growth asked, per cent.")
    growth_correlation: Number = Field(description="Correlation (Pearson) of growth asked and load / history.")


class QuotaFigure(Part):
    """The quotas of one measure."""

    measure: str = Field(description="The measure they are for.")
    target: FiniteFloat = Field(description="The company's target for the period.")
    step: FiniteFloat = Field(description="Every quota is a multiple of it.")
    period_from: date | None = Field(description="First day of the period; null where none is known.")
    period_to: date | None = Field(description="Last day of the period.")
    ramp_months: int = Field(description="Months from start to full quota.")
    territories_total: FiniteFloat = Field(description="What the territories' quotas add up to, over-assignment in it.")
    possible: bool = Field(description="Whether floors, caps and target can hold together; else nothing is spread.")
    levels: list[LevelQuota] = Field(description="The company, then each region followed by its managers.")
    territories: list[SeatQuota] = Field(description="As the territories of the plan.")
    fairness: Fairness | None = Field(description="Null where nothing is spread.")
