"""Workbooks that come back from managers, as requests that a planner accepts or drops."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from geodata.findings import Finding, Level, has_errors
from scenarios.export.pack.check import Checked, PackCheck
from scenarios.export.pack.columns import ABOUT, ACCOUNTS, PACK_OF, PLAN_KEY, REASON, REQUESTED, UNITS
from scenarios.export.pack.teams import Team, teams
from scenarios.export.written import WrittenPlan
from scenarios.near_names import listed, maybe
from scenarios.tables.xlsx_table import xlsx_rows

Kind = Literal["unit", "account"]
SHEETS: dict[str, Kind] = {UNITS: "unit", ACCOUNTS: "account"}


@dataclass(frozen=True)
class Request:
    """What a manager asks for: a unit or an account for another rep.

    Attributes
    ----------
    kind : "unit" or "account"
    id, name : str
    from_rep, from_territory, share : str, str and float
        Who has it in the plan, and how much of it: less than 1 for a part of a split unit.
    to_rep, to_territory : str
        Who shall have it.
    reason : str
    who : str
        The manager or region whose pack it is.
    file, row : str and int
        Where it stands: the workbook, and the row of its sheet as the program shows it.
    """

    kind: Kind
    id: str
    name: str
    from_rep: str
    from_territory: str
    share: float
    to_rep: str
    to_territory: str
    reason: str
    who: str
    file: str
    row: int


@dataclass(frozen=True)
class Conflict:
    """One unit that is asked for by several reps; `requests` are all requests that touch it."""

    unit: str
    requests: tuple[Request, ...]

    @property
    def message(self) -> str:
        """The conflict in a sentence."""
        asked = "; ".join(f"{one.who} wants {one.kind} {one.id} for {one.to_rep}" for one in self.requests)
        return f"Requests about {self.unit} exclude each other: {asked}."


@dataclass(frozen=True)
class PackRequests:
    """Everything that came back; requests in conflict are among the requests too."""

    requests: tuple[Request, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]


def read_packs(plan: WrittenPlan, workbooks: Mapping[str, bytes]) -> PackRequests:
    """Read filled workbooks.

    Parameters
    ----------
    plan : WrittenPlan
        The plan as it is now.
    workbooks : mapping of str to bytes
        By file name.

    Returns
    -------
    PackRequests
        A row that cannot be taken is an error among the findings, with its place; all others are requests. The same
        request twice is one.
    """
    requests: dict[tuple[str, ...], Request] = {}
    findings: list[Finding] = []
    check = PackCheck(plan)
    for name, data in workbooks.items():
        found: list[Finding] = []
        for request in _requests(plan, check, name, data, found):
            requests.setdefault((request.kind, request.id, request.from_territory, request.to_rep), request)
        findings += listed(found)
    asked = tuple(requests.values())
    return PackRequests(asked, tuple(_conflicts(plan, asked)), tuple(findings))


def _requests(
    plan: WrittenPlan, check: PackCheck, file: str, data: bytes, findings: list[Finding]
) -> Iterator[Request]:
    team, about = _team(plan, file, data)
    findings += about
    if team is None:
        return
    for sheet, kind in SHEETS.items():
        if sheet == ACCOUNTS and plan.accounts is None:
            continue
        rows, wrong = xlsx_rows(data, file, sheet)
        findings += wrong
        for row, cells in enumerate(_asked(rows, kind, file, sheet, findings), start=2):
            if any(cells[2:]):
                checked = check.check(kind, cells, team, file, row)
                findings += checked.findings
                yield from _request(plan, checked, kind, cells[3], team, (file, row))


def _team(plan: WrittenPlan, file: str, data: bytes) -> tuple[Team | None, list[Finding]]:
    """Return whose pack a workbook is, None with errors where that cannot be told."""
    rows, wrong = xlsx_rows(data, file, ABOUT)
    if has_errors(wrong):
        return None, wrong
    told = {row[0]: row[1] for row in rows if len(row) > 1}
    found = {team.name: team for team in teams(plan)}
    name = told.get(PACK_OF, "")
    if name not in found:
        message = f"{file} is no pack of a manager or region of this plan."
        hint = maybe(name, found) if name else "Maybe it is another workbook, or its sheet About was changed."
        return None, [Finding(Level.ERROR, "not-a-pack", message, hint, file, value=name)]
    if told.get(PLAN_KEY) == plan.key:
        return found[name], []
    message = f"{file} was made for another plan; its requests are held against the plan as it is now."
    hint = "Maybe the plan changed since the packs were sent: look at each request, or send new packs."
    return found[name], [Finding(Level.WARNING, "other-plan", message, hint, file, value=told.get(PLAN_KEY, ""))]


def _asked(rows: list[list[str]], kind: Kind, file: str, sheet: str, findings: list[Finding]) -> list[list[str]]:
    """Return id, territory, requested rep and reason of each row of a sheet; an error where a column is gone."""
    if not rows:
        return []
    wanted = [kind, "territory", REQUESTED, REASON]
    gone = [name for name in wanted if name not in rows[0]]
    for name in gone:
        message = f"The sheet {sheet} of {file} has no column {name}."
        hint = "Maybe the heading was changed; write it as it was."
        findings.append(Finding(Level.ERROR, "unknown-column", message, hint, file, 1, name))
    at = [] if gone else [rows[0].index(name) for name in wanted]
    return [[row[i].strip() if i < len(row) else "" for i in at] for row in rows[1:]] if at else []


def _request(
    plan: WrittenPlan, checked: Checked, kind: Kind, reason: str, team: Team, place: tuple[str, int]
) -> Iterator[Request]:
    if checked.item is not None and checked.territory:
        item = checked.item
        to = plan.territories[checked.territory].rep or ""
        has = (item.rep, item.territory, item.share)
        yield Request(kind, item.id, item.name, *has, to, checked.territory, reason, team.name, *place)


def _conflicts(plan: WrittenPlan, requests: tuple[Request, ...]) -> Iterator[Conflict]:
    """Yield what requests give to several reps: a unit, or an account, or a unit and an account in it."""
    unit_of = {} if plan.accounts is None else dict(zip(plan.accounts["account"], plan.accounts["unit"], strict=True))
    about: dict[tuple[str, str], list[Request]] = {}
    for request in requests:
        unit = request.id if request.kind == "unit" else unit_of[request.id]
        about.setdefault((unit, request.from_territory), []).append(request)
    for (unit, _), found in about.items():
        wanted = {request.to_rep for request in found if request.kind == "unit"}
        accounts: dict[str, set[str]] = {}
        for request in found:
            if request.kind == "account":
                accounts.setdefault(request.id, {*wanted}).add(request.to_rep)
        if any(len(reps) > 1 for reps in (wanted, *accounts.values())):
            yield Conflict(unit, tuple(found))
