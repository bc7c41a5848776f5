"""The hedge: a plan that stays in band when a measure is off."""

from typing import Annotated

from pydantic import Field, FiniteFloat

from scenarios.document.types import Part, Text

Spread = Annotated[FiniteFloat, Field(gt=0, lt=1)]
Chance = Annotated[FiniteFloat, Field(ge=0.5, le=0.99)]


class CommonError(Part):
    """An error that all units with the same value of a column share."""

    column: Text = Field(description="Column of the units, such as segment or state.")
    spread: Spread = Field(description="Largest common error, as a share.")


class Hedge(Part):
    """How far a measure may be off, and how surely every territory is to stay in its band."""

    measure: Text = Field("potential", description="Measure that may be off; it needs a tolerance.")
    spread: Spread = Field(description="Largest error of a unit, as a share: 0.1 is 10 % up or down.")
    common: CommonError | None = Field(None, description="Error that units share.")
    keep: Chance = Field(0.9, description="Share of draws in which every territory is to be in band.")
