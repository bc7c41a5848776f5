"""What exports change elsewhere, managers' packs, and what comes back in them."""

from typing import Literal

from pydantic import Field

from api.http.models.base import Shown
from api.http.models.scenarios import FindingShown


class ChangesShown(Shown):
    """What a form would bring with it; nothing is written."""

    files: dict[str, int] = Field(description="Bytes by file name.")
    columns: list[str]
    rows: list[list[str]] = Field(description="What loading the files would change, one row a record, at most 1000.")
    total: int = Field(description="Rows there are.")
    findings: list[FindingShown]


class TeamShown(Shown):
    """Whom a pack is for."""

    kind: Literal["manager", "region"]
    name: str
    territories: list[str]
    file: str = Field(description="Name of the archive.")


class RequestShown(Shown):
    """A unit or account that a manager asks to be given to another rep."""

    kind: Literal["unit", "account"]
    id: str
    name: str
    unit: str = Field(description="The unit, or that of the account: what would move.")
    from_rep: str
    from_territory: str
    share: float
    to_rep: str
    to_territory: str
    reason: str
    who: str
    file: str
    row: int


class ConflictShown(Shown):
    """Requests that exclude each other."""

    unit: str
    message: str


class RequestsShown(Shown):
    """What came back in workbooks, held against the present plan; nothing is changed."""

    plan_id: str
    requests: list[RequestShown]
    conflicts: list[ConflictShown]
    findings: list[FindingShown] = Field(description="Errors are rows that cannot be taken.")
