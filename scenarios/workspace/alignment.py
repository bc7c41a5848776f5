"""alignment.json: who has which unit in a plan, and the rules that a change of it has to keep."""

from typing import Any

import numpy as np

from geodata.draw import palette
from geodata.draw.encode import encode_numbers
from optimizer.graph import IntArray
from optimizer.problem import NOBODY, UNLOCKED, LoadLimit
from scenarios.case import Case
from scenarios.prepare.load_limits import UNLIMITED
from scenarios.report.answer import Answer
from scenarios.report.changes import LEAVING
from scenarios.report.figures import finite
from scenarios.report.matched import planned_fit
from scenarios.report.seats import free_seats

SHARED = -2
"""In `owner`: several territories hold parts of the unit; `shares` tells which."""
MOST_FITS = 400_000
"""Pairs of class and territory up to which all fits are told."""


def alignment_json(answer: Answer) -> dict[str, Any]:
    """Return a plan row by row and the rules on it; texts of numbers are those of `encode_numbers`.

    `owner` and `locked` are places in `territories`, -1 for none; where `owner` is -2, `shares` has pairs of territory
    and share. Limits and targets are in the customer's units. `fit` has a row for each class of units and a column
    for each territory, or `fit_now` the fit of each unit in this plan. `banned` lists class x territories + territory,
    `forbidden` unit x territories + territory. A budget's `weights` count what leaves its rep avoidably, up to `limit`.
    """
    case, problem = answer.case, answer.case.problem
    owner, shares = _holders(case, answer.plan.owner)
    locked = _by_row(case, problem.locked, UNLOCKED)
    return {
        "colours": {
            "territories": palette.TERRITORIES,
            "nobody": palette.NOBODY,
            "balance": palette.BALANCE,
            "amount": palette.AMOUNT,
        },
        "territories": _territories(answer),
        "owner": encode_numbers(owner),
        "shares": shares,
        "locked": encode_numbers(locked),
        "reasons": {row: text for row, text in enumerate(case.units["reason"].astype(str)) if text},
        "targets": (problem.target / problem.load_per_amount[:, None]).tolist(),
        "limits": [_limit(case, limit) for limit in problem.limits],
        "tolerances": {name: measure.tolerance for name, measure in case.scenario.measures.items()},
        **_fits(answer),
        "banned": encode_numbers(np.flatnonzero(problem.banned)),
        "forbidden": encode_numbers(_forbidden(case)),
        "max_distance_km": finite(problem.max_distance_km),
        "together": _groups(case, problem.together),
        "apart": _groups(case, problem.apart),
        "homes": [_rows(case, units) for units in problem.home_units],
        "budgets": [
            {"name": budget.name, "limit": budget.limit, "weights": _summed(case, budget.weight).tolist()}
            for budget in problem.budgets
        ],
        "current": encode_numbers(_by_row(case, problem.current, NOBODY)),
        "currency": (case.scenario.plan and case.scenario.plan.currency) or "",
    }


def _territories(answer: Answer) -> list[dict[str, Any]]:
    case = answer.case
    colour = _colours(case, answer.plan.owner)
    found = []
    for at, seat in enumerate(case.seats):
        rep = answer.incumbent(at)
        found.append(
            {
                "code": seat.code,
                "name": seat.name,
                "rep": None if rep is None else rep.id,
                "rep_name": None if rep is None else rep.name,
                "status": "open" if rep is None else rep.status,
                "stays": rep is not None and rep.status != LEAVING,
                "manager": "" if rep is None else rep.manager,
                "region": "" if rep is None else rep.region,
                "lat": None if rep is None else rep.lat,
                "lon": None if rep is None else rep.lon,
                "colour": colour[at],
            }
        )
    return found


def _colours(case: Case, owner: IntArray) -> list[int]:
    """Return the colour of each territory: neighbours differ, today's too where possible."""
    a, b = case.problem.graph.links()
    return palette.colours_of(case.problem.n_reps, _pairs(owner[a], owner[b]), _pairs(*(case.problem.current[[a, b]])))


def _pairs(one: IntArray, other: IntArray) -> list[tuple[int, int]]:
    differ = (one != other) & (one >= 0) & (other >= 0)
    ends = np.sort(np.column_stack([one, other])[differ], axis=1)
    return [(int(a), int(b)) for a, b in np.unique(ends, axis=0).tolist()]


def _holders(case: Case, owner: IntArray) -> tuple[IntArray, dict[int, list[list[float]]]]:
    """Return the one holder of each row, or SHARED, and who shares those."""
    rows = len(case.units)
    low, high = np.full(rows, np.iinfo(np.int32).max), np.full(rows, NOBODY - 1)
    np.minimum.at(low, case.row_of, owner)
    np.maximum.at(high, case.row_of, owner)
    shares: dict[int, list[list[float]]] = {}
    for row in np.flatnonzero(low != high).tolist():
        parts = np.flatnonzero(case.row_of == row)
        held = {int(seat): float(case.share[parts][owner[parts] == seat].sum()) for seat in np.unique(owner[parts])}
        shares[row] = [[seat, share] for seat, share in held.items()]
    return np.where(low == high, low, SHARED).astype(np.int32), shares


def _by_row(case: Case, values: IntArray, none: int) -> IntArray:
    found: IntArray = np.full(len(case.units), none, dtype=np.int32)
    found[case.row_of] = values
    return found


def _summed(case: Case, weight: Any) -> Any:
    return np.bincount(case.row_of, weight, len(case.units)).astype(np.int64)


def _limit(case: Case, limit: LoadLimit) -> dict[str, Any]:
    per_amount = float(case.problem.load_per_amount[limit.measure])
    holds = limit.low != UNLIMITED
    return {
        "rule": limit.rule,
        "measure": limit.measure,
        "low": [low / per_amount if on else None for low, on in zip(limit.low.tolist(), holds, strict=True)],
        "high": [high / per_amount if on else None for high, on in zip(limit.high.tolist(), holds, strict=True)],
    }


def _fits(answer: Answer) -> dict[str, Any]:
    """Return the fit of each class with each territory; for free territories, or too many classes, of the plan only."""
    problem = answer.case.problem
    if not answer.case.scenario.skills:
        return {"fit": None, "fit_now": None}
    if problem.fit.size <= MOST_FITS and len(free_seats(answer.case)) == 0:
        return {"fit": np.round(problem.fit.astype(np.float64), 6).tolist(), "fit_now": None}
    fit = planned_fit(answer.case, answer.plan, answer.rep_of_seat)
    now = np.full(len(answer.case.units), np.nan)
    now[answer.case.row_of] = fit
    return {"fit": None, "fit_now": [finite(value) for value in now.round(4).tolist()]}


def _forbidden(case: Case) -> IntArray:
    units, seats = case.problem.forbidden.T
    return np.unique(case.row_of[units].astype(np.int64) * case.problem.n_reps + seats)


def _groups(case: Case, groups: tuple[IntArray, ...]) -> list[list[int]]:
    found = (_rows(case, units) for units in groups)
    return [rows for rows in found if len(rows) > 1]


def _rows(case: Case, units: IntArray) -> list[int]:
    return [int(row) for row in np.unique(case.row_of[units])]
