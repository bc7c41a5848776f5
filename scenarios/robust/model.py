"""Robustness as it is reported: every figure with its meaning and unit."""

from pydantic import Field, FiniteFloat

from scenarios.report.part import Number, Part


class TerritoryRobustness(Part):
    """What becomes of one territory when the measure is off."""

    territory: str = Field(description="Code of the seat.")
    rep: str | None = Field(description="Id of the incumbent; null while nobody is matched.")
    index: FiniteFloat = Field(description="100 x load / target as planned.")
    expected_deviation: FiniteFloat = Field(description="Mean over the draws of |index - 100|.")
    worst_deviation: FiniteFloat = Field(description="Largest |index - 100| of all draws.")
    index_low: FiniteFloat = Field(description="Index that 5 % of the draws are below.")
    index_high: FiniteFloat = Field(description="Index that 5 % of the draws are above.")
    kept: FiniteFloat = Field(description="Share of the draws in which it is in band.")
    first: int = Field(description="Draws in which it is the one furthest out of band.")
    safe_spread: FiniteFloat = Field(description="No errors of single units up to this share take it out of band.")


class Robustness(Part):
    """What becomes of a plan under one spread."""

    measure: str = Field(description="The measure that is off.")
    spread: FiniteFloat = Field(description="Own errors of the units are uniform within plus and minus this share.")
    common_column: str | None = Field(description="Column whose equal values share an error; null for none.")
    common_spread: FiniteFloat = Field(description="Common errors are uniform within plus and minus this share.")
    tolerance: FiniteFloat = Field(description="The band, as a share of the target.")
    draws: int = Field(description="Number of draws.")
    seed: int = Field(description="Seed of the draws.")
    kept: FiniteFloat = Field(description="Share of the draws in which every territory is in band.")
    expected_out: FiniteFloat = Field(description="Mean number of territories out of band.")
    expected_worst: FiniteFloat = Field(description="Mean over the draws of the largest |index - 100|.")
    worst_deviation: FiniteFloat = Field(description="Largest |index - 100| of all draws and territories.")
    territories: list[TerritoryRobustness] = Field(description="As the territories of the plan.")


class HedgeFigure(Part):
    """A hedged plan, and what the hedge costs against the plan without it."""

    measure: str = Field(description="The measure that may be off.")
    spread: FiniteFloat = Field(description="As in the scenario.")
    common_column: str | None = Field(description="As in the scenario.")
    common_spread: FiniteFloat = Field(description="As in the scenario; 0 for none.")
    keep: FiniteFloat = Field(description="Share of draws to keep, as in the scenario.")
    draws: int = Field(description="Number of fresh draws: none of them was used to find the plan.")
    kept: FiniteFloat = Field(description="Share of the fresh draws in which every territory is in band.")
    met: bool = Field(description="Whether kept is at least keep.")
    ceiling: FiniteFloat = Field(description="Proven: no plan keeps more of the fresh draws; 1 where nothing is.")
    plain_kept: Number = Field(description="The same of the plan without the hedge; null for a given plan.")
    plain_value: Number = Field(description="Value of that plan.")
    cost_value: Number = Field(description="value - plain_value: what the hedge costs.")
    plain_travel: Number = Field(description="Amount of the goal travel of that plan, in km or as the matrix.")
    cost_travel: Number = Field(description="Amount of the goal travel - plain_travel.")
    margin: Number = Field(description="Mean of what the solver's bands were narrowed by, as a share of the target.")
    rounds: int = Field(description="Solves with narrowed bands.")
    text: str = Field(description="All of it in words, with the reason where keep was not met.")
