"""Comments, decisions, and what happened to a scenario."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.http.models.base import Given, Line, Shown

About = Literal["scenario", "territory", "unit", "account"]
MOST_LETTERS = 4000
Paragraphs = Annotated[str, Field(max_length=MOST_LETTERS, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]


class CommentGiven(Given):
    """Something to say about a scenario, or about a unit, account or territory of it."""

    about: About = "scenario"
    subject: Line = Field("", description="Id of the unit or account, code of the territory; empty for the scenario.")
    text: Paragraphs

    @model_validator(mode="after")
    def _says_something(self) -> "CommentGiven":
        if not self.text.strip():
            raise ValueError("text is empty")
        if (self.about == "scenario") == bool(self.subject):
            raise ValueError("subject names a unit, account or territory, and is empty for the scenario")
        return self


class CommentShown(Shown):
    """A comment; open until it is resolved."""

    id: str
    about: About
    subject: str
    text: str
    plan_id: str | None = Field(description="The present plan when it was written.")
    created_at: datetime
    created_by: str
    author: str = Field(description="Name of who wrote it.")
    resolved_at: datetime | None
    resolver: str | None = Field(description="Name of who resolved it.")


class Decision(Given):
    """What one says on submitting, approving or rejecting."""

    comment: Paragraphs = ""


class HistoryShown(Shown):
    """Something that somebody did to a scenario, its plans or its jobs."""

    id: int
    user_id: str
    user: str = Field(description="Name of who did it.")
    action: str
    subject: str
    detail: dict[str, Any]
    created_at: datetime
