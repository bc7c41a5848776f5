"""A written plan, ours or hand-made, laid onto the units of a case."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.findings import Finding, InputError, Level, has_errors
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.formula_guard import unguarded
from scenarios.near_names import listed
from scenarios.prepare.id_offers import IdOffers
from scenarios.prepare.plan_shares import Holding, lay_shares
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.wording import counted, some
from scenarios.tables.numbers import parse_amounts
from scenarios.tables.table import read_table
from scenarios.team.names import RepNames

OUTDATED = {
    "unknown-unit": Level.WARNING,
    "unknown-rep": Level.WARNING,
    "unknown-territory": Level.WARNING,
    "leaving-rep": Level.WARNING,
    "divided-unit": Level.NOTE,
}
"""What is an error in a plan to be judged, and only tells the age of an earlier one: there it has another level."""


def read_plan(path: Path, case: Case) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan from a table with the columns unit and rep or territory, and share where units are split.

    A row's rep decides; its territory counts where there is no rep, or where no rep has a seat yet. A unit may stand
    in several rows with different reps only where it is split: each share is then rounded to whole parts. Rows of one
    rep count as one. Units without a row, or with neither rep nor territory, have nobody.

    Raises
    ------
    InputError
        With every finding, where a unit or rep is unknown, a row stands twice, shares add to more than 1, or a unit
        that the case keeps whole is divided.
    """
    plan, findings = _laid(path, case)
    if has_errors(findings):
        raise InputError(findings)
    return plan, findings


def read_earlier(path: Path, case: Case) -> tuple[Plan, tuple[Finding, ...]]:
    """Read the plan of an earlier scenario to start from, as `read_plan` does.

    The units of a rep who is no longer there stay with the territory, or go to nobody where that is gone too; units
    that are gone are left out. Each is a warning. A unit that the plan divides, and the case does not, goes to whoever
    has most of it; that is a note.
    """
    plan, findings = _laid(path, case)
    findings = tuple(replace(found, level=OUTDATED.get(found.code, found.level)) for found in findings)
    if has_errors(findings):
        raise InputError(findings)
    return plan, findings


def _laid(path: Path, case: Case) -> tuple[Plan, tuple[Finding, ...]]:
    table = read_table(path, path.name)
    findings = list(table.findings)
    findings += missing_columns(table.frame, path.name) if not has_errors(findings) else []
    if has_errors(findings):
        raise InputError(findings)
    plan, found = lay_plan(table.frame.map(unguarded), path.name, case)
    return plan, listed((*findings, *found))


def lay_plan(frame: pd.DataFrame, label: str, case: Case) -> tuple[Plan, tuple[Finding, ...]]:
    """Return the plan that a table of texts describes, as `read_plan` does; `label` names it in findings."""
    findings: list[Finding] = []
    holdings = list(_holdings(frame, label, case, findings))
    owner = np.full(case.problem.n_units, NOBODY, dtype=np.int32)
    by_unit: dict[int, list[Holding]] = {}
    for holding in holdings:
        by_unit.setdefault(holding.unit, []).append(holding)
    parts = parts_of_rows(case)
    for unit, rows in by_unit.items():
        findings += lay_shares(rows, parts[unit], owner, case, label)
    findings += _left_out(owner, case, label)
    return Plan(owner), listed(findings)


def parts_of_rows(case: Case) -> list[IntArray]:
    """Return the units of the Problem behind each row."""
    order = np.argsort(case.row_of, kind="stable").astype(np.int32)
    ends = np.cumsum(np.bincount(case.row_of, minlength=len(case.units)))
    return np.split(order, ends[:-1])


def missing_columns(frame: pd.DataFrame, label: str) -> Iterator[Finding]:
    """Yield an error for each column that a plan must have."""
    for alternatives in (("unit",), ("rep", "territory")):
        if not any(name in frame.columns for name in alternatives):
            message = f"{label} has no column {' or '.join(alternatives)}."
            hint = f"Maybe one of its columns needs another name: {', '.join(map(str, frame.columns[:12]))}."
            yield Finding(Level.ERROR, "unknown-column", message, hint, label, field=alternatives[0])


def _holdings(frame: pd.DataFrame, label: str, case: Case, findings: list[Finding]) -> Iterator[Holding]:
    units = UnitTable(case.units, case.attributes, np.arange(len(case.units)) + 1, label)
    meant, recognised = units.keys.match(frame["unit"], label)
    findings += recognised
    blank = pd.Series("", index=frame.index, dtype=str)
    share, wrong = parse_amounts(frame.get("share", blank), label, "share", blank=1.0)
    findings += wrong
    shares = np.asarray(share, dtype=float).tolist()
    names = RepNames(case.reps)
    reps = [names.find(rep) or rep for rep in frame.get("rep", blank).tolist()]
    territories = frame.get("territory", blank).tolist()
    named = _Seats(case)
    ids = meant.where(meant != "", frame["unit"])
    for i, (index, unit) in enumerate(zip(frame.index.tolist(), ids.tolist(), strict=True)):
        row = index + 1
        rows = units.rows_of(unit)
        if rows is None:
            hint = units.offers.hint(unit, "Maybe the plan belongs to another scenario.")
            message = f"There is no unit {unit or '(blank)'}."
            findings.append(Finding(Level.ERROR, "unknown-unit", message, hint, label, row, "unit", unit))
            continue
        seat = named.seat(reps[i], territories[i], label, row, findings)
        for one in rows.tolist():
            yield Holding(one, seat, shares[i], row)


class _Seats:
    """The seats of a case by rep and by territory code."""

    def __init__(self, case: Case) -> None:
        seats = list(enumerate(case.seats))
        self._by_code = {seat.code: i for i, seat in seats}
        self._by_rep = {case.reps[seat.rep].id: i for i, seat in seats if seat.rep is not None}
        self._known_reps = {rep.id for rep in case.reps}

    def seat(self, rep: str, territory: str, label: str, row: int, findings: list[Finding]) -> int:
        """Return the seat that a row names.

        Where its rep is unknown or leaves, that is an error, and the seat is the territory's or else NOBODY.
        """
        by_rep, by_code = self._by_rep.get(rep), self._by_code.get(territory)
        if by_rep is not None:
            if by_code is not None and by_code != by_rep:
                message = (
                    f"Row {row} names the rep {rep} and the territory {territory} of somebody else; the rep counts."
                )
                hint = "Maybe the territory was left over from before."
                findings.append(Finding(Level.WARNING, "plan-disagrees", message, hint, label, row, "rep", rep))
            return by_rep
        if by_code is not None and (rep == "" or not self._by_rep):
            return by_code
        if rep in self._known_reps:
            message, hint = f"The rep {rep} has no territory in this scenario.", "Maybe give the unit to somebody else."
            findings.append(Finding(Level.ERROR, "leaving-rep", message, hint, label, row, "rep", rep))
        elif rep or territory:
            code, name, known = (
                ("unknown-rep", rep, self._by_rep) if rep else ("unknown-territory", territory, self._by_code)
            )
            kind, hint = (
                code.removeprefix("unknown-"),
                IdOffers(known).hint(name, "Maybe the plan is of another scenario."),
            )
            findings.append(Finding(Level.ERROR, code, f"There is no {kind} {name}.", hint, label, row, kind, name))
        return NOBODY if by_code is None else by_code


def _left_out(owner: IntArray, case: Case, label: str) -> Iterator[Finding]:
    rows = np.unique(case.row_of[owner == NOBODY])
    if len(rows):
        message = (
            f"{counted(len(rows), 'unit has', 'units have')} nobody in {label}: {some(list(case.units['unit']), rows)}."
        )
        yield Finding(Level.WARNING, "unassigned-unit", message, "Maybe add a row for each.", label, field="unit")
