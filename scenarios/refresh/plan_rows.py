"""The rows of an earlier plan carried to a new table: whose each unit of today is, as far as the plan still says."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import InputError, has_errors
from scenarios.case import Case
from scenarios.formula_guard import unguarded
from scenarios.prepare.plan import missing_columns
from scenarios.refresh.model import Change, Kind
from scenarios.refresh.names import Names
from scenarios.refresh.records import Records
from scenarios.refresh.seats import Seats
from scenarios.tables.numbers import parse_amounts
from scenarios.tables.table import read_table

PLAN_ROW = "plan row"


@dataclass(frozen=True)
class PlanRow:
    """A row of the earlier plan as written, and the unit and territory of today that it means."""

    row: int | None
    old: str
    rep: str
    territory: str
    share: float
    unit: str = ""
    code: str = ""

    @property
    def holder(self) -> str:
        """Who has the unit, as written."""
        return self.rep or self.territory


def read_plan_rows(path: Path) -> tuple[PlanRow, ...]:
    """Read a plan's rows without knowing its units; raises InputError where it is no plan."""
    table = read_table(path, path.name)
    findings = list(table.findings)
    findings += missing_columns(table.frame, path.name) if not has_errors(findings) else []
    if has_errors(findings):
        raise InputError(findings)
    frame = table.frame.map(unguarded)
    blank = pd.Series("", index=frame.index, dtype=str)
    share, wrong = parse_amounts(frame.get("share", blank), path.name, "share", blank=1.0)
    if has_errors(wrong):
        raise InputError(wrong)
    cells = zip(frame.index, frame["unit"], frame.get("rep", blank), frame.get("territory", blank), share, strict=True)
    return tuple(PlanRow(int(i) + 1, unit, rep, code, float(part)) for i, unit, rep, code, part in cells)


def carry_rows(
    rows: tuple[PlanRow, ...], label: str, names: Names, old: Records, case: Case
) -> tuple[tuple[PlanRow, ...], tuple[Change, ...]]:
    """Return the rows in today's units and territories, at most one for a unit that is not split.

    Where several rows meet in one unit, the one with most of the earlier potential (its share of the unit's) counts.
    A unit that no row is about goes to its owner of today, where that rep has a territory.
    """
    changes: list[Change] = []
    told = list(_in_units_of_today(rows, label, names, changes))
    seats = Seats(case)
    seated = [_seated(row, label, seats, changes) for row in told]
    single = list(_one_each(seated, label, old, case, changes))
    known = {row.unit for row in single}
    today = zip(case.units["unit"].astype(str), case.units["current"].astype(str), strict=True)
    added = [_new(unit, owner, seats, label, changes) for unit, owner in today if unit not in known]
    return (*single, *added), tuple(changes)


def plan_frame(rows: tuple[PlanRow, ...]) -> pd.DataFrame:
    """Return the rows as a plan's table of texts."""
    columns = {
        "unit": [row.unit for row in rows],
        "territory": [row.code for row in rows],
        "share": [repr(row.share) for row in rows],
    }
    return pd.DataFrame(columns, dtype=str)


def _in_units_of_today(rows: tuple[PlanRow, ...], label: str, names: Names, changes: list[Change]) -> Iterator[PlanRow]:
    for row in rows:
        meant = names.now(row.old)
        units = [str(names.new.ids[i]) for name in meant for i in _rows_of(names, name)]
        if not units:
            was = names.old.rows_of(row.old) is not None
            how = "the unit is closed" if was else "there was no such unit before either"
            changes.append(_change(Kind.DROPPED, row, label, how, before=row.holder))
        elif meant != (row.old,):
            changes.append(_change(Kind.CARRIED, row, label, "the unit has another id", new_id=", ".join(units)))
        yield from (replace(row, unit=unit) for unit in units)


def _rows_of(names: Names, name: str) -> list[int]:
    rows = names.new.rows_of(name)
    return [] if rows is None else [int(i) for i in rows]


def _seated(row: PlanRow, label: str, seats: Seats, changes: list[Change]) -> PlanRow:
    """Return a row with the territory it means; a change where that is not what the row says."""
    code, why = seats.code(row.rep, row.territory)
    if why:
        kind = Kind.INHERITED if code else Kind.OPEN
        changes.append(_change(kind, row, label, why, before=row.holder, after=code))
    return replace(row, code=code)


def _one_each(rows: list[PlanRow], label: str, old: Records, case: Case, changes: list[Change]) -> Iterator[PlanRow]:
    """Yield one row a unit; several only of a unit that was split and is."""
    by_unit: dict[str, list[PlanRow]] = {}
    for row in rows:
        by_unit.setdefault(row.unit, []).append(row)
    parts = np.bincount(case.row_of, minlength=len(case.units))
    n_parts = dict(zip(case.units["unit"], parts.tolist(), strict=True))
    for unit, same in by_unit.items():
        if len(same) > 1 and n_parts[unit] > 1 and len({row.old for row in same}) == 1:
            yield from _by_territory(same)
        else:
            kept = same[0] if len(same) == 1 else _heaviest(same, label, old, changes)
            yield kept if n_parts[unit] > 1 and len(same) == 1 else replace(kept, share=1.0)


def _by_territory(rows: list[PlanRow]) -> Iterator[PlanRow]:
    """Yield the rows of a split unit, those of one territory as one."""
    for code in dict.fromkeys(row.code for row in rows):
        same = [row for row in rows if row.code == code]
        yield replace(same[0], share=math.fsum(row.share for row in same))


def _heaviest(rows: list[PlanRow], label: str, old: Records, changes: list[Change]) -> PlanRow:
    """Return the row of the territory with most potential; every row of another territory is a change."""
    weight: dict[str, list[float]] = {}
    for row in rows:
        weight.setdefault(row.code, []).append(row.share * _potential(old, row.old))
    total = {code: math.fsum(parts) for code, parts in weight.items()}
    best = max((code for code in total if code), key=total.__getitem__, default="")
    for row in rows:
        if row.code != best:
            how = f"its unit has one territory now, {best}, which had most of the potential"
            changes.append(_change(Kind.MERGED, row, label, how, before=row.holder, after=best))
    return next(row for row in rows if row.code == best)


def _potential(old: Records, unit: str) -> float:
    amounts = old.amounts.get("potential", old.amounts.get("workload"))
    at = old.at.get(unit)
    return 0.0 if amounts is None or at is None else float(amounts[at])


def _new(unit: str, owner: str, seats: Seats, label: str, changes: list[Change]) -> PlanRow:
    code, _ = seats.code(owner, "")
    row = PlanRow(None, unit, owner, "", 1.0, unit, code)
    kind = Kind.ASSIGNED if code else Kind.OPEN
    why = f"new to the plan; it stays with its owner {owner}" if code else "new to the plan, without an owner who stays"
    changes.append(_change(kind, row, label, why, after=code))
    return row


def _change(
    kind: Kind,
    row: PlanRow,
    label: str,
    how: str,
    *,
    new_id: str = "",
    before: str | None = None,
    after: str | None = None,
) -> Change:
    return Change(
        kind=kind,
        of=PLAN_ROW,
        id=row.old,
        new_id=new_id or ("" if kind is Kind.DROPPED else row.unit),
        file=label,
        row=row.row,
        before=before,
        after=after,
        how=how,
    )
