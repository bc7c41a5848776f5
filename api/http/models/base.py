"""What all bodies share.

Only pydantic is imported here, so that a planning script needs neither solver nor map library.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["viewer", "planner", "approver", "admin"]
JobStatus = Literal["queued", "running", "stopping", "succeeded", "failed", "cancelled"]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Line = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Given(BaseModel):
    """A body that somebody sends: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Shown(BaseModel):
    """A body that the service answers with."""

    model_config = ConfigDict(frozen=True)


class Problem(Shown):
    """What every call that goes wrong answers (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description="One of the codes of docs/api.md.")
    detail: str
    errors: list[dict[str, Any]] = Field(description="Findings, or fields of the request, with a pointer and a hint.")
    trace_id: str
