"""What every part of the report is made of."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the report: frozen, and unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)
