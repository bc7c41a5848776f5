"""Whether a row of a workbook that came back can be taken."""

from dataclasses import dataclass

from geodata.findings import Finding, Level
from scenarios.export.pack.columns import REQUESTED, choice
from scenarios.export.pack.teams import Team
from scenarios.export.written import WrittenPlan
from scenarios.near_names import maybe, plain
from scenarios.prepare.id_offers import IdOffers


@dataclass(frozen=True)
class Item:
    """A unit, or the part of it that a territory has, or an account, as the plan has it."""

    id: str
    name: str
    territory: str
    rep: str
    share: float = 1.0
    locked: bool = False


@dataclass(frozen=True)
class Checked:
    """What a row asks for; without an item or a territory it asks for nothing that can be taken."""

    item: Item | None
    territory: str
    findings: tuple[Finding, ...]


class PackCheck:
    """A plan, ready to be asked about the rows of workbooks."""

    def __init__(self, plan: WrittenPlan) -> None:
        self._items = {"unit": _units(plan), "account": _accounts(plan)}
        self._offers = {kind: IdOffers(items) for kind, items in self._items.items()}
        self._seat_of = {row.rep: row.territory for row in plan.report.territories if row.rep}
        self._rep_of: dict[str, str] = {}
        for rep in plan.reps.values():
            for name in (rep.id, choice(rep), rep.name):
                self._rep_of.setdefault(plain(name), rep.id)
        self._ids = {rep.id for rep in plan.reps.values()}
        self._choices = [choice(rep) for rep in plan.reps.values() if rep.id in self._seat_of]

    def check(self, kind: str, cells: list[str], team: Team, file: str, row: int) -> Checked:
        """Return what a row (id, territory, requested rep, reason) asks for, and what is wrong with it."""
        id_, territory, requested, _ = cells
        items = self._items[kind]
        if id_ not in items:
            message = f"There is no {kind} {id_ or 'without an id'} in the plan."
            hint = self._offers[kind].hint(id_, "Maybe the plan was made again with other units.")
            return _refused(Finding(Level.ERROR, f"unknown-{kind}", message, hint, file, row, kind, id_))
        held = [item for item in items[id_] if item.territory in team.territories]
        if not held:
            message = f"The {kind} {id_} belongs to no territory of {team.name} in this plan."
            hint = "Maybe ask for it in a word to the planner."
            return _refused(Finding(Level.ERROR, "other-team", message, hint, file, row, kind, id_))
        if not requested:
            message = f"A reason stands with {kind} {id_}, and no requested rep; nothing is changed."
            hint = "Maybe talk to the manager."
            return _refused(Finding(Level.WARNING, "no-requested-rep", message, hint, file, row, REQUESTED))
        item = next((item for item in held if item.territory == territory), held[0])
        return self._with_rep(kind, item, requested, file, row)

    def _with_rep(self, kind: str, item: Item, requested: str, file: str, row: int) -> Checked:
        rep = requested if requested in self._ids else self._rep_of.get(plain(requested), "")
        if not rep:
            message, hint = f"{requested} is nobody in the list of reps.", maybe(requested, self._choices)
            return _refused(Finding(Level.ERROR, "unknown-rep", message, hint, file, row, REQUESTED, requested))
        if rep not in self._seat_of:
            message, hint = f"The rep {rep} has no territory in the plan.", "Maybe somebody else."
            return _refused(Finding(Level.ERROR, "leaving-rep", message, hint, file, row, REQUESTED, requested))
        if item.locked and rep != item.rep:
            message, hint = f"The {kind} {item.id} is locked to {item.rep}.", "Maybe remove its lock first."
            return _refused(Finding(Level.ERROR, "locked-unit", message, hint, file, row, kind, item.id))
        return Checked(None if rep == item.rep else item, self._seat_of[rep], ())


def _refused(finding: Finding) -> Checked:
    return Checked(None, "", (finding,))


def _units(plan: WrittenPlan) -> dict[str, list[Item]]:
    columns = ["unit", "name", "territory", "rep", "share", "locked"]
    found: dict[str, list[Item]] = {}
    for row in plan.units[columns].to_numpy(dtype=object).tolist():
        found.setdefault(row[0], []).append(Item(*row))
    return found


def _accounts(plan: WrittenPlan) -> dict[str, list[Item]]:
    if plan.accounts is None:
        return {}
    columns = plan.accounts[["account", "name", "territory", "rep"]].to_numpy(dtype=object).tolist()
    return {row[0]: [Item(*row)] for row in columns}
