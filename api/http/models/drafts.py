"""Drafts: scenarios guessed from data, and checked before they are kept."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.models.base import Given, Name, Shown, Text
from api.http.models.scenarios import Checked, FindingShown

Role = Literal["units", "accounts", "reps", "map", "unused"]
MOST_DATASETS = 12


class DraftDataset(Given):
    """A data set that a scenario is to be made of."""

    id: Annotated[str, Field(min_length=1, max_length=60)]
    role: Role | None = Field(None, description="The part it plays; guessed without it.")


class DraftGiven(Given):
    """The data sets that a scenario is to be made of, and what is known of them already."""

    datasets: Annotated[list[DraftDataset], Field(min_length=1, max_length=MOST_DATASETS)]
    name: Name = "New scenario"
    mapped: dict[Text, Text] = Field({}, description='Columns by dotted field, e.g. {"units.id": "GEOID"}.')


class DraftColumn(Shown):
    """A column, with what helps to recognise it."""

    name: str
    examples: list[str] = Field(description="Its first three different values.")
    is_number: bool
    is_unique: bool = Field(description="No value is repeated.")
    blank: int = Field(description="Cells without a value.")


class DraftFile(Shown):
    """A data set of a draft."""

    dataset_id: str
    name: str
    role: Role
    is_map: bool
    rows: int
    columns: list[DraftColumn]
    first_rows: list[list[str]]


class DraftField(Shown):
    """A field that was guessed."""

    field: str = Field(description="Dotted, e.g. units.id.")
    why: str
    is_doubtful: bool = Field(description="Somebody should look at it before it is relied on.")


class DraftShown(Shown):
    """A guessed scenario, which may be unfinished."""

    document: dict[str, Any] = Field(description="The fields that could be guessed.")
    guessed: list[DraftField]
    files: list[DraftFile]
    findings: list[FindingShown] = Field(description="Errors say what could not be guessed.")


class CheckedDocument(Checked):
    """What `territory check` says of a document that is not kept."""

    document: dict[str, Any] | None = Field(description="As it would be kept; null where its form is wrong.")
    text: str | None = Field(description="The same as YAML.")
    totals: dict[str, float] = Field(description="Each measure over all units; empty where the data cannot be used.")
