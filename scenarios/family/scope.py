"""A scope: a part of the map that is planned, while everything else stays with its rep."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.findings import Finding, Level
from optimizer.graph import IntArray
from optimizer.problem import NOBODY, BoolArray
from scenarios.case import Case, Rep
from scenarios.document.scenario import Scope
from scenarios.family.freeze import Part, freeze
from scenarios.family.only_seats import only_seats
from scenarios.prepare.rule_places import Place
from scenarios.prepare.seats import Team
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.where import REP_COLUMNS, rows_where
from scenarios.prepare.wording import some

FROZEN = "outside the scope"
"""Reason of a unit in plan.csv that a scope leaves where it is."""
WAITING = "outside the scope, with nobody who stays"
"""Reason of a frozen unit that only counts with its rep until somebody plans it."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What a scope is laid on: the case as if all of it were planned, its units and its people."""

    case: Case
    table: UnitTable
    team: Team


def narrow(ground: Ground, scope: Scope, owner: IntArray) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case in which only the scope is planned; unchanged, with errors, where the scope means nothing.

    Seats out of scope that hold nothing are left out.

    Parameters
    ----------
    ground : Ground
    scope : Scope
    owner : (n_units,) int32
        Seat of each unit before: of an earlier plan, or today's. Negative for nobody who stays.
    """
    case, findings = ground.case, list[Finding]()
    if ground.team.is_free:
        message = "A scope needs reps: free territories belong to nobody, so none of them could stay as it is."
        return case, (
            Finding(Level.ERROR, "scope-without-reps", message, "Maybe leave out reps.count.", field="scope"),
        )
    rows = rows_where(scope.where, Place("", None, "scope.where"), ground.table, case.reps, findings)
    if rows is None:
        return case, tuple(replace(finding, level=Level.ERROR) for finding in findings)
    inside = np.isin(case.row_of, rows)
    seats = _seats(ground, scope, owner, inside, findings)
    if not seats.any() and not findings:
        message = "No rep holds a unit in the scope or lives there."
        hint = "Maybe name them in scope.reps."
        findings.append(Finding(Level.ERROR, "scope-without-reps", message, hint, field="scope.where"))
    if findings:
        return case, tuple(findings)
    if seats.all():
        inside = inside | (owner < 0)
    held, about_loose = _held(case, owner, inside, seats)
    reason = case.units["reason"].to_numpy(dtype=object, copy=True)
    reason[case.row_of[~inside]] = FROZEN
    reason[case.row_of[~inside & (owner < 0)]] = WAITING
    problem = freeze(case.scenario, case.problem, Part(inside, seats, held, ground.team))
    kept = np.flatnonzero(seats | np.isin(np.arange(len(seats)), held))
    narrowed = replace(
        case,
        problem=only_seats(problem, kept.astype(np.int32)),
        seats=tuple(case.seats[seat] for seat in kept),
        units=case.units.assign(reason=reason),
    )
    return narrowed, (_told(case, inside, seats), *about_loose)


def _seats(ground: Ground, scope: Scope, owner: IntArray, inside: BoolArray, findings: list[Finding]) -> BoolArray:
    """Return which seats are in scope, (n_seats,) bool.

    Those named, or else: who holds a unit of the scope, to whom one is locked, and, of those who hold nothing at all,
    whose nearest unit is in the scope or, without a home, whose region, manager or territory is asked for.
    """
    case, team = ground.case, ground.team
    n = case.problem.n_reps
    chosen = np.zeros(n, dtype=np.bool_)
    if scope.reps is not None:
        by_rep = team.seat_by_rep()
        for i, rep in enumerate(scope.reps):
            if rep in by_rep:
                chosen[by_rep[rep]] = True
            else:
                hint = team.offers().hint(rep, "Maybe remove it.")
                message = f"There is no rep {rep} who could be in scope."
                field = f"scope.reps[{i}]"
                findings.append(Finding(Level.ERROR, "unknown-rep", message, hint, field=field, value=rep))
        return chosen
    locked = case.problem.locked
    chosen[np.unique(owner[inside & (owner >= 0)])] = True
    chosen[np.unique(locked[inside & (locked >= 0)])] = True
    idle = np.setdiff1d(np.arange(n), owner[owner >= 0])
    for seat in idle.tolist():
        km = case.problem.distance_km[:, seat]
        home = not np.isnan(km).all()
        chosen[seat] |= bool(inside[np.nanargmin(km)]) if home else _asked(scope, team.seated[seat])
    return chosen


def _asked(scope: Scope, rep: Rep) -> bool:
    wanted = {column: value for column, value in scope.where.items() if column in REP_COLUMNS}
    return bool(wanted) and all(getattr(rep, column) == value for column, value in wanted.items())


def _held(case: Case, owner: IntArray, inside: BoolArray, seats: BoolArray) -> tuple[IntArray, tuple[Finding, ...]]:
    """Return the seat that each frozen unit stays with; nobody's count with the nearest seat out of scope."""
    held = np.where(inside, NOBODY, owner).astype(np.int32)
    loose = np.flatnonzero(~inside & (owner < 0))
    if len(loose) == 0:
        return held, ()
    others = np.flatnonzero(~seats)
    cost = case.problem.travel_cost[np.ix_(loose, others)]
    held[loose] = others[np.argmin(np.nan_to_num(cost, nan=np.inf), axis=1)]
    rows = np.unique(case.row_of[loose])
    message = (
        f"{len(rows)} units outside the scope have nobody who stays; until they are planned they count with the "
        f"nearest rep there: {some(list(case.units['unit']), rows)}."
    )
    hint = "Maybe plan them too, or give them to somebody in the plan of --from."
    return held, (Finding(Level.WARNING, "frozen-without-rep", message, hint, field="scope.where"),)


def _told(case: Case, inside: BoolArray, seats: BoolArray) -> Finding:
    codes = [seat.code for seat in case.seats]
    units = len(np.unique(case.row_of[inside]))
    message = (
        f"{units} of {len(case.units)} units are in the scope, and {int(seats.sum())} of {len(codes)} territories: "
        f"{some(codes, np.flatnonzero(seats))}."
    )
    return Finding(Level.NOTE, "scope", message, field="scope")
