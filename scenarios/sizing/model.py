"""size.json as types: contribution against headcount."""

from typing import Literal

from pydantic import Field, FiniteFloat

from optimizer.result import Status
from scenarios.report.part import Part

Number = FiniteFloat | None


class SizePoint(Part):
    """The best plan found with one number of reps."""

    reps: int = Field(description="Seats, vacant and planned ones among them.")
    gone: list[str] = Field(description="Ids of the reps who are there today and not here.")
    hired: list[str] = Field(description="Homes of the reps who are here and not there today.")
    contribution: FiniteFloat = Field(description="Of the plan found, in the unit of the whole.")
    bound: Number = Field(description="No plan with this team contributes more; null where that is not proven.")
    rep_cost: FiniteFloat = Field(description="Cost a year of all its reps.")
    disruption_loss: FiniteFloat = Field(description="First-year loss from changed hands, those of reps who go too.")
    marginal: Number = Field(description="(contribution + rep_cost) less that of the point with one rep fewer.")
    marginal_cost: Number = Field(description="rep_cost less that of the point with one rep fewer.")
    status: Status = Field(description="What is known of the plan.")
    gap: Number = Field(description="Of the plan's value, which is the contribution forgone.")
    in_band: int = Field(description="Territories that break no hard limit on loads.")
    broken: int = Field(description="Hard rules that the plan breaks.")


class Candidate(Part):
    """A rep who could go, or a place for one who could come."""

    name: str = Field(description="Rep id and name, or the place.")
    change: FiniteFloat = Field(description="Contribution against the team of today.")
    evidence: Literal["solved", "estimated"] = Field(
        description="solved: both plans were; estimated: both by the bound that ignores contiguity."
    )


class Sizing(Part):
    """The headcount curve and what it says."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    name: str = Field(description="Name of the scenario.")
    unit: str = Field(description="The currency, or index.")
    label: str = Field(description="calibrated, given or modelled.")
    reasons: list[str] = Field(description="What was assumed or left out.")
    today: int = Field(description="Seats of the scenario as it is.")
    points: list[SizePoint] = Field(description="By number of reps.")
    best: int = Field(description="Number of reps with the largest contribution.")
    flat: list[int] = Field(description="Numbers of reps within 1 % of it.")
    break_even: int | None = Field(
        description="Largest number up to which each rep added earns its cost; null where it lies outside the range."
    )
    vacancies: list[Candidate] = Field(description="Today's reps, by what their vacancy costs; the least first.")
    homes: list[Candidate] = Field(description="Places for one more rep, the best first.")
