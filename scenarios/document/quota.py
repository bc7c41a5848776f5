"""Quotas: a company target for a measure, and how it is spread to the territories of a plan."""

from typing import Annotated

from pydantic import Field, model_validator

from scenarios.document.types import NotNegative, Part, Positive, Text, mistake

HISTORY, CAPACITY = "history", "capacity"
"""What a target may be spread by, beside measures."""
MOST_STEPS = 1e12
"""Largest company target in steps: beyond it whole numbers are not exact any more."""


class OverAssignment(Part):
    """By how much the quotas of a level add up to more than those of the level above."""

    region: NotNegative = Field(0.0, description="Share by which the regions' quotas exceed the company's.")
    manager: NotNegative = Field(0.0, description="Share by which the managers' quotas exceed their region's.")
    territory: NotNegative = Field(0.0, description="Share by which the territories' quotas exceed their manager's.")


class QuotaLimit(Part):
    """An end of the range a territory's quota must be in; the narrower one where both are given."""

    amount: NotNegative | None = Field(None, description="In the measure's unit.")
    of_history: NotNegative | None = Field(None, description="As a share of the territory's history.")


class Quota(Part):
    """The company's target for a measure and how territories share it."""

    target: Positive = Field(description="The company's target for the period, in the measure's unit.")
    spread: dict[Text, NotNegative] = Field(
        default_factory=dict,
        description="Weights of what it is spread by: measures, history, capacity; the quota's own measure by default.",
    )
    history: Text | None = Field(None, description="Column of the units or accounts with past sales.")
    over_assignment: OverAssignment = Field(OverAssignment(), description="Over-assignment at each level.")
    floor: QuotaLimit = Field(QuotaLimit(), description="Smallest quota of a territory.")
    cap: QuotaLimit = Field(QuotaLimit(), description="Largest quota of a territory.")
    step: Positive = Field(1.0, description="Every quota is a multiple of this amount.")
    ramp_months: Annotated[int, Field(ge=0, le=60)] = Field(
        0, description="Months from the start of a rep to the full quota, rising evenly from 0."
    )

    @model_validator(mode="after")
    def _holds_together(self) -> "Quota":
        _check_step(self.target, self.step)
        asks_history = HISTORY in self.spread or {self.floor.of_history, self.cap.of_history} != {None}
        if asks_history and self.history is None:
            raise mistake("missing-field", "goes by history and names none. Maybe add `history: sales_last_year`.")
        if self.spread and sum(self.spread.values()) <= 0:
            raise mistake("invalid-value", "has no weight above 0 in spread. Maybe give one the weight 1.")
        for floor, cap in ((self.floor.amount, self.cap.amount), (self.floor.of_history, self.cap.of_history)):
            if floor is not None and cap is not None and floor > cap:
                raise mistake("floor-above-cap", f"has a floor of {floor:g} above its cap of {cap:g}. Maybe swap them.")
        return self


def _check_step(target: float, step: float) -> None:
    steps = target / step
    if steps > MOST_STEPS:
        raise mistake("quota-step", f"has a step of {step:g}, too fine for its target. Maybe use a larger step.")
    if abs(steps - round(steps)) > 1e-9 * max(steps, 1.0) or round(steps) == 0:
        near = max(round(steps), 1) * step
        raise mistake(
            "quota-step", f"has a target that is no multiple of its step of {step:g}. Maybe set the target to {near:g}."
        )
