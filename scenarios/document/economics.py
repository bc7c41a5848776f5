"""What an alignment earns: sales response, margin, travel cost, rep cost and the loss from changed hands."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenarios.document.types import FileName, NotNegative, Part, Positive, Share, Text, mistake

FORM_PARAMETERS = {"power": ("c", "b"), "adbudg": ("min", "max", "a", "g")}
"""Parameters of each form of response, in the order of its formula."""


class Response(Part):
    """How much of a measure is sold at a coverage: given parameters, or those that a file of past data shows."""

    measure: Text = Field("potential", description="Measure that is sold.")
    segment: Text | None = Field(None, description="Segment that the curve is for; without it, all that have none.")
    form: Literal["power", "adbudg"] = Field("power", description="power: c t^b; adbudg: min + (max-min) t^a/(g+t^a).")
    c: Positive | None = Field(None, description="power: share of the measure that is sold at full coverage.")
    b: Annotated[float, Field(gt=0, lt=1)] | None = Field(None, description="power: elasticity, within 0..1.")
    min: NotNegative | None = Field(None, description="adbudg: share sold without coverage.")
    max: Positive | None = Field(None, description="adbudg: share sold at endless coverage.")
    a: Positive | None = Field(None, description="adbudg: steepness; above 1 the curve is S-shaped.")
    g: Positive | None = Field(None, description="adbudg: slowness; at t = g^(1/a) half of the way is gone.")
    file: FileName | None = Field(None, description="Past data: columns hours, workload, sales, potential.")

    @model_validator(mode="after")
    def _parameters_of_the_form(self) -> "Response":
        own = FORM_PARAMETERS[self.form]
        given = [name for name in ("c", "b", "min", "max", "a", "g") if getattr(self, name) is not None]
        foreign = [name for name in given if name not in own]
        if foreign:
            raise mistake(
                "conflicting-fields", f"is {self.form}, which has no {foreign[0]}. Maybe give {', '.join(own)}."
            )
        missing = [name for name in own if name not in given]
        if missing and self.file is None and not self._is_unsaid(given):
            raise mistake("missing-field", f"lacks {', '.join(missing)}. Maybe give it, or a file of past data.")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise mistake("min-above-max", "has a min that is not below its max. Maybe swap them.")
        return self

    def _is_unsaid(self, given: list[str]) -> bool:
        """Return whether the usual curve is meant: a power without any parameter."""
        return self.form == "power" and not given


class TravelMoney(Part):
    """What the trips from the rep's home cost."""

    cost_per_km: NotNegative | None = Field(None, description="Money per km driven.")
    cost_per_hour: NotNegative | None = Field(None, description="Money per hour on the road.")
    speed_kmh: Positive = Field(70.0, description="Turns km into hours and back.")
    trips: NotNegative = Field(0.125, description="Round trips from home for each unit of workload.")
    matrix_unit: Literal["km", "h", "min"] | None = Field(None, description="What the travel matrix holds, one way.")

    @model_validator(mode="after")
    def _some_cost(self) -> "TravelMoney":
        if self.cost_per_km is None and self.cost_per_hour is None:
            raise mistake("missing-field", "has neither cost_per_km nor cost_per_hour. Maybe add `cost_per_km: 0.6`.")
        return self


class DisruptionMoney(Part):
    """What is lost in the first year where a rep changes who need not."""

    loss: Share = Field(0.15, description="Share of the sales of avoidably moved units that is lost.")
    sales: Text | None = Field(None, description="Measure or column with today's sales; blank cells: the potential.")
    full_tenure_years: Positive = Field(5.0, description="Years after which a relationship counts in full.")


class Economics(Part):
    """What an alignment earns."""

    margin: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="Contribution of each unit of sales, before reps and travel."
    )
    response: list[Response] = Field(default_factory=list, description="Sales response curves.")
    travel: TravelMoney | None = Field(None, description="Cost of the trips from home.")
    rep_cost: NotNegative | None = Field(None, description="Cost a year of a rep without `cost` in reps.csv.")
    disruption: DisruptionMoney = Field(DisruptionMoney(), description="First-year loss from changed hands.")
    objective: Literal["goals", "contribution"] = Field(
        "goals", description="contribution: the solver maximises it; goals: it is reported only."
    )
