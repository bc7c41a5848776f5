"""The rules of a scenario: hard limits on territories, and rules on single units."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from scenarios.document.hedge import Hedge
from scenarios.document.types import (
    AS_LIST,
    AS_MAPPING,
    AS_TEXT,
    ContiguityMode,
    FileShape,
    Part,
    Positive,
    Share,
    Text,
    Where,
    mistake,
    shape,
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

    contiguity: Annotated[
        Annotated[ContiguityMode, Tag(AS_TEXT)] | Annotated[dict[Text, ContiguityMode], Tag(AS_MAPPING)],
        Discriminator(shape),
    ] = Field("required", description="One mode, or one per segment.")
    home: Literal["free", "inside"] = Field("free", description="inside: a territory holds its rep's home.")
    max_distance_km: Positive | None = Field(None, description="Largest distance of a unit from its rep.")
    hours: Literal["off", "hard"] = Field("off", description="hard: a rep's `hours` cap the workload.")
    disruption: DisruptionLimits = Field(DisruptionLimits(), description="Budgets of avoidable moves.")
    hedge: Hedge | None = Field(None, description="Bands that are to hold when a measure is off.")
    oversize: Literal["refuse", "split", "share"] = Field(
        "refuse", description="What becomes of units heavier than a territory."
    )
    split_units: list[Text] = Field(
        default_factory=list, description="Units that `oversize` divides even where a territory could hold them whole."
    )

    @model_validator(mode="after")
    def _divides(self) -> "Limits":
        if self.split_units and self.oversize == "refuse":
            raise mistake("conflicting-fields", "has split_units, but oversize: refuse. Maybe set oversize to split.")
        return self


class PairRule(Part):
    """A unit, or all units with given column values, and a rep."""

    unit: Text | None = Field(None, description="Unit id.")
    where: Where | None = Field(None, description="Column values that pick units.")
    rep: Text = Field(description="Rep id.")
    reason: str = Field("", description="Why, for the report.")

    @model_validator(mode="after")
    def _one_place(self) -> "PairRule":
        if self.unit is not None and self.where is not None:
            raise mistake("conflicting-fields", "has both unit and where. Maybe remove one of them.")
        if self.unit is None and self.where is None:
            raise mistake("missing-field", "has neither unit nor where. Maybe add the unit's id.")
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
        if self.units is not None and self.column is not None:
            raise mistake("conflicting-fields", "has both units and column. Maybe remove one of them.")
        if self.units is None and self.column is None:
            raise mistake("missing-field", "has neither units nor column. Maybe add the ids of the units.")
        return self


PairRules = Annotated[list[PairRule], Tag(AS_LIST)]
TogetherRules = Annotated[list[Together], Tag(AS_LIST)] | Annotated[Together, Tag(AS_MAPPING)]
ApartRules = Annotated[list[Apart], Tag(AS_LIST)]


class RulePattern(Part):
    """The rules that have these fields."""

    unit: Text | None = Field(None, description="Unit id.")
    where: Where | None = Field(None, description="Column values that pick units.")
    rep: Text | None = Field(None, description="Rep id.")
    units: Annotated[list[Text], Field(min_length=1)] | None = Field(None, description="Unit ids, in any order.")
    column: Text | None = Field(None, description="Column whose equal values keep units together.")
    reason: str | None = Field(None, description="Why.")

    @model_validator(mode="after")
    def _some_field(self) -> "RulePattern":
        if not self.model_fields_set:
            raise mistake("missing-field", "names no field of a rule. Maybe add the unit's id.")
        return self


class RulesAdded(Part):
    """Rules beside those that are listed or stand in files."""

    lock: list[PairRule] = Field(default_factory=list, description="Units that stay with a rep.")
    forbid: list[PairRule] = Field(default_factory=list, description="Units a rep must not have.")
    together: list[Together] = Field(default_factory=list, description="Units kept together.")
    apart: list[Apart] = Field(default_factory=list, description="Units kept apart.")


class RulesRemoved(Part):
    """Rules that no longer hold: those that have all the fields given."""

    lock: list[RulePattern] = Field(default_factory=list, description="Locks to leave out.")
    forbid: list[RulePattern] = Field(default_factory=list, description="Forbids to leave out.")
    together: list[RulePattern] = Field(default_factory=list, description="Groups to leave out.")
    apart: list[RulePattern] = Field(default_factory=list, description="Groups to leave out.")


class Rules(Part):
    """Rules on single units: inline, or the name of a CSV file with the same columns."""

    lock: Annotated[PairRules | FileShape, Discriminator(shape)] = Field(
        default_factory=list, description="Units that stay with a rep."
    )
    forbid: Annotated[PairRules | FileShape, Discriminator(shape)] = Field(
        default_factory=list, description="Units a rep must not have."
    )
    together: Annotated[TogetherRules | FileShape, Discriminator(shape)] = Field(
        default_factory=list, description="Units kept together."
    )
    apart: Annotated[ApartRules | FileShape, Discriminator(shape)] = Field(
        default_factory=list, description="Units kept apart."
    )
    add: RulesAdded = Field(RulesAdded(), description="Rules beside those above.")
    remove: RulesRemoved = Field(RulesRemoved(), description="Rules of those above that no longer hold.")
