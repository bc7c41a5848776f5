"""refresh.json as types: everything that changed, one entry each."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, FiniteFloat

from scenarios.report.model import FindingFigure
from scenarios.report.part import Part


class Kind(StrEnum):
    """What happened to a unit, an account, an edit or a row of the plan."""

    NEW = "new"
    CLOSED = "closed"
    RENAMED = "renamed"
    MERGED = "merged"
    UNCLEAR = "unclear"
    REOWNED = "reowned"
    CHANGED = "changed"
    CARRIED = "carried"
    NARROWED = "narrowed"
    DROPPED = "dropped"
    INHERITED = "inherited"
    ASSIGNED = "assigned"
    OPEN = "open"


class Change(Part):
    """One thing that changed."""

    kind: Kind = Field(description="What happened.")
    of: str = Field(description="unit, account, plan row, a kind of rule (lock ...) or of link (bridges ...), travel.")
    id: str = Field(description="Id before; of something new, its id now; of an edit, the ids it names.")
    new_id: str = Field(default="", description="Id now; blank where there is none.")
    name: str = Field(default="", description="Readable name.")
    file: str = Field(default="", description="File that shows it: the new one, else the old one.")
    row: int | None = Field(default=None, description="Row in that file, 1 = first data row.")
    field: str = Field(default="", description="Measure, or place of an edit in the scenario.")
    before: FiniteFloat | str | None = Field(default=None, description="Rep, amount or written edit before.")
    after: FiniteFloat | str | None = Field(default=None, description="The same now.")
    share: FiniteFloat | None = Field(
        default=None, description="(after - before) / before of an amount; null where before is 0."
    )
    how: str = Field(default="", description="How it was recognised, or why it was done.")


class DataFile(Part):
    """A table as it was compared."""

    file: str = Field(description="Name, relative to the folder of refresh.json.")
    sha256: str = Field(description="SHA-256 of its bytes.")
    rows: int = Field(description="Units or accounts in it.")


class PlanRows(Part):
    """What became of the rows of the earlier plan."""

    file: str = Field(description="The earlier plan, relative to the folder of refresh.json.")
    rows: int = Field(description="Its rows.")
    units: int = Field(description="Units of the new file that the carried plan gives to a territory.")
    open: int = Field(description="Units of the new file that nobody has in the carried plan.")


class Refresh(Part):
    """The whole."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    of: Literal["units", "accounts"] = Field(description="Which table of the scenario the new file replaces.")
    scenario: str = Field(description="The earlier scenario, relative to the folder of refresh.json.")
    before: DataFile = Field(description="The earlier file.")
    after: DataFile = Field(description="The new file.")
    counts: dict[str, int] = Field(description="Number of changes by kind and of what, e.g. `closed account`.")
    plan: PlanRows | None = Field(description="The earlier plan, where one was given.")
    changes: list[Change] = Field(description="Every change; nothing is left out.")
    findings: list[FindingFigure] = Field(description="Warnings and notes on the refreshed scenario and plan.")
