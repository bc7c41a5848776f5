"""A variant: a scenario that states only how it differs from another one."""

from typing import Annotated, Any

from pydantic import Field

from scenarios.document.types import FileName, Part, Text


class Variant(Part):
    """A scenario that extends another one."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = Field(description="Version of this document: 1.")
    extends: FileName = Field(description="The scenario it starts from, which may itself be a variant.")
    name: Text = Field(description="Name of the variant.")
    changes: dict[Text, Any] = Field(
        default_factory=dict, description="Fields of the scenario document that differ, each in its place."
    )


OWN_FIELDS = tuple(Variant.model_fields)
"""Fields that a variant has beside its changes, never among them."""
EXTENDS, CHANGES = "extends", "changes"
