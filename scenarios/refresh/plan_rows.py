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
from scenarios.numbers import parse_amounts
from scenarios.prepare.plan import missing_columns
from scenarios.refresh.model import Change, Kind
from scenarios.refresh.names import Names
from scenarios.refresh.records import Records
from scenarios.refresh.seats import Seats
from scenarios.tables import read_table

PLAN_ROW = "plan row"


@dataclass(frozen=True)
class PlanRow:
    """A row of the earlier plan, or what it has become."""

    row: int
    old: str
    unit: str
    rep: str
    territory: str
    share: float

    @property
    def holder(self) -> str:
        """Who has the unit, for a sentence and for telling rows apart."""
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
    return tuple(PlanRow(int(i) + 1, unit, unit, rep, code, float(part)) for i, unit, rep, code, part in cells)


def carry_rows(
    rows: tuple[PlanRow, ...], label: str, names: Names, old: Records, case: Case
) -> tuple[tuple[PlanRow, ...], tuple[Change, ...]]:
    """Return the rows in today's units, reps and territories, at most one for a unit that is not split.

    Where several rows meet in one unit, the one with most of the earlier potential (its share of the unit's) counts.
    A unit that no row is about goes to its owner of today, where that rep has a territory.
    """
    changes: list[Change] = []
    told = list(_in_units_of_today(rows, label, names, changes))
    seats = Seats(case)
    seated = [_seated(row, label, seats, changes) for row in told]
    single = list(_one_each(seated, label, old, case, changes))
    known = {row.unit for row in single}
    added = [_new(case, i, unit, seats, label, changes) for i, unit in enumerate(case.units["unit"]) if unit not in known]
    return (*single, *added), tuple(changes)


def plan_frame(rows: tuple[PlanRow, ...]) -> pd.DataFrame:
    """Return the rows as a plan's table of texts."""
    columns = {
        "unit": [row.unit for row in rows],
        "rep": [row.rep for row in rows],
        "territory": [row.territory for row in rows],
        "share": [repr(row.share) for row in rows],
    }
    return pd.DataFrame(columns, dtype=str)


def _in_units_of_today(
    rows: tuple[PlanRow, ...], label: str, names: Names, changes: list[Change]
) -> Iterator[PlanRow]:
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
    """Return a row with a rep or territory that is there; with neither, and a change, where both are gone."""
    rep, territory, how = seats.holder(row.rep, row.territory)
    if how:
        kind = Kind.INHERITED if territory else Kind.OPEN
        changes.append(_change(kind, row, label, how, before=row.holder, after=territory))
    return replace(row, rep=rep, territory=territory)


def _one_each(
    rows: list[PlanRow], label: str, old: Records, case: Case, changes: list[Change]
) -> Iterator[PlanRow]:
    by_unit: dict[str, list[PlanRow]] = {}
    for row in rows:
        by_unit.setdefault(row.unit, []).append(row)
    parts = np.bincount(case.row_of, minlength=len(case.units))
    n_parts = dict(zip(case.units["unit"], parts.tolist(), strict=True))
    for unit, same in by_unit.items():
        if len(same) == 1:
            # Shares of a unit that is whole again are one.
            yield replace(same[0], share=1.0) if n_parts[unit] == 1 else same[0]
        elif len({row.old for row in same}) == 1 and n_parts[unit] > 1:
            yield from same
        else:
            yield _heaviest(same, label, old, changes)


def _heaviest(rows: list[PlanRow], label: str, old: Records, changes: list[Change]) -> PlanRow:
    """Return the row of the holder with most potential; every row of somebody else is a change."""
    weight: dict[str, list[float]] = {}
    for row in rows:
        weight.setdefault(row.holder, []).append(row.share * _potential(old, row.old))
    total = {holder: math.fsum(parts) for holder, parts in weight.items()}
    best = max((holder for holder in total if holder), key=total.__getitem__, default="")
    kept = next(row for row in rows if row.holder == best)
    for row in rows:
        if row.holder != best:
            how = f"its unit is one with others now, of which {best} has most potential"
            changes.append(_change(Kind.MERGED, row, label, how, before=row.holder, after=best))
    return replace(kept, share=1.0)


def _potential(old: Records, unit: str) -> float:
    amounts = old.amounts.get("potential", old.amounts.get("workload"))
    at = old.at.get(unit)
    return 0.0 if amounts is None or at is None else float(amounts[at])


def _new(case: Case, i: int, unit: str, seats: Seats, label: str, changes: list[Change]) -> PlanRow:
    owner = str(case.units["current"].iloc[i])
    rep, _, how = seats.holder(owner, "")
    row = PlanRow(0, unit, str(unit), rep, "", 1.0)
    kind = Kind.ASSIGNED if rep else Kind.OPEN
    why = "no row of the plan; its owner of today" if rep else "no row of the plan, and no owner who has a territory"
    changes.append(_change(kind, row, label, f"{why} ({how})" if owner and how else why, after=rep))
    return row


def _change(
    kind: Kind, row: PlanRow, label: str, how: str, *, new_id: str = "", before: str | None = None, after: str | None = None
) -> Change:
    return Change(
        kind=kind,
        of=PLAN_ROW,
        id=row.old,
        new_id=new_id or ("" if kind is Kind.DROPPED else row.unit),
        file=label,
        row=row.row or None,
        before=before,
        after=after,
        how=how,
    )
