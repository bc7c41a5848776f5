"""What every part of the written documents is made of."""

from pydantic import BaseModel, ConfigDict, FiniteFloat

Number = FiniteFloat | None


class Part(BaseModel):
    """A part of a written document: frozen, and unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)
