"""What a what-if says beside the base: how measures grow, and which part of the map is planned."""

from typing import Annotated

from pydantic import Field, FiniteFloat

from scenarios.document.types import Part, Text, Where


class Growth(Part):
    """A measure that grows or shrinks in some units."""

    measure: Text = Field(description="Name of the measure.")
    by: Annotated[FiniteFloat, Field(ge=-1, le=1000)] = Field(description="Share: 0.1 is 10 % more, -0.1 is less.")
    where: Where | None = Field(None, description="Column values that pick units; all units without it.")


class Scope(Part):
    """The part of the map that is planned; the rest stays as it is."""

    where: Where = Field(description="Column values that pick units.")
    reps: Annotated[list[Text], Field(min_length=1)] | None = Field(
        None, description="Ids of the reps in scope, instead of those who hold units there or could."
    )
