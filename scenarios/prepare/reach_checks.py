"""Whether every unit has a rep who may serve it, and every rep enough units to serve."""

from collections.abc import Iterator, Sequence

import numpy as np

from geodata.findings import Finding, Level
from optimizer.bound.load_range import load_range
from optimizer.eligibility import allowed_pairs
from optimizer.problem import POTENTIAL, UNLOCKED, WORKLOAD, BoolArray, FloatArray, Problem
from scenarios.prepare.wording import amount, some


def reach_findings(problem: Problem, ids: Sequence[str], codes: Sequence[str]) -> Iterator[Finding]:
    """Yield warnings about units nobody may serve and reps who cannot fill their territory.

    Parameters
    ----------
    problem : Problem
    ids : n_units texts
        The units' ids.
    codes : n_seats texts
        The territories' codes.
    """
    yield from _unreachable_locks(problem, ids, codes)
    allowed = allowed_pairs(problem)
    unserved = np.flatnonzero(~allowed.any(axis=1) & (problem.locked == UNLOCKED)).tolist()
    if unserved:
        distinct = list(dict.fromkeys(ids[unit] for unit in unserved))
        message = (
            f"No rep may serve {some(distinct, range(len(distinct)))}: skills, distance or rules exclude them all."
        )
        hint = "Maybe a longer max_distance_km, another skill, or a rule less."
        yield Finding(Level.WARNING, "unserved-unit", message, hint, value=distinct[0])
    low, high = load_range(problem)
    for measure in range(len(problem.measures)):
        yield from _short_reach(problem, measure, allowed, low[measure], codes)
    yield from _ratio_windows(problem, allowed, low, high, codes)


def _unreachable_locks(problem: Problem, ids: Sequence[str], codes: Sequence[str]) -> Iterator[Finding]:
    units = np.flatnonzero(problem.locked != UNLOCKED)
    if len(units) == 0:
        return
    seats = problem.locked[units]
    forbidden = np.zeros((problem.n_units, problem.n_reps), dtype=np.bool_)
    forbidden[problem.forbidden[:, 0], problem.forbidden[:, 1]] = True
    reasons = {
        "a required skill excludes": problem.banned[problem.fit_class[units], seats],
        "the maximum distance excludes": problem.distance_km[units, seats] > problem.max_distance_km,
        "the travel matrix lacks": forbidden[units, seats],
    }
    for reason, wrong in reasons.items():
        for i in np.flatnonzero(wrong).tolist():
            unit, code = ids[units[i]], codes[seats[i]]
            message = f"Unit {unit} is locked to {code}, a pair that {reason}."
            hint = "Maybe remove the lock, or loosen the limit."
            yield Finding(Level.WARNING, "lock-unreachable", message, hint, field="rules.lock", value=unit)


def _short_reach(
    problem: Problem, measure: int, allowed: BoolArray, low: FloatArray, codes: Sequence[str]
) -> Iterator[Finding]:
    within = problem.load[measure].astype(np.float64) @ allowed
    name, scale = problem.measures[measure], float(problem.load_per_amount[measure])
    for seat in np.flatnonzero(within < low).tolist():
        message = (
            f"All units that {codes[seat]} may serve have {amount(within[seat] / scale)} of {name}; at least "
            f"{amount(low[seat] / scale)} is asked for."
        )
        hint = "Maybe a longer max_distance_km, another skill, or a smaller target."
        yield Finding(Level.WARNING, "short-reach", message, hint, field=f"measures.{name}", value=codes[seat])


def _ratio_windows(
    problem: Problem, allowed: BoolArray, low: FloatArray, high: FloatArray, codes: Sequence[str]
) -> Iterator[Finding]:
    """Yield seats for which no mix of units, even of parts of them, meets both workload and potential.

    Taking units by falling potential per workload gives the most potential within a workload, by rising ratio the
    least (Dantzig's bound of the knapsack problem, 1957).
    """
    if not {WORKLOAD, POTENTIAL} <= {limit.measure for limit in problem.limits}:
        return
    workload, potential = problem.load[WORKLOAD].astype(np.float64), problem.load[POTENTIAL].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.nan_to_num(potential / workload, nan=0.0)
    rising = np.argsort(ratio, kind="stable")
    for seat in range(problem.n_reps):
        mine = rising[allowed[rising, seat]]
        most = _potential_at(workload[mine[::-1]], potential[mine[::-1]], high[WORKLOAD, seat])
        least = _potential_at(workload[mine], potential[mine], low[WORKLOAD, seat])
        reachable = workload[mine].sum() >= low[WORKLOAD, seat] and potential[mine].sum() >= low[POTENTIAL, seat]
        if reachable and (most < low[POTENTIAL, seat] * (1 - 1e-9) or least > high[POTENTIAL, seat] * (1 + 1e-9)):
            lack = "too little" if most < low[POTENTIAL, seat] else "too much"
            message = f"The units that {codes[seat]} may serve have {lack} potential for their workload to meet both."
            hint = "Maybe a wider tolerance of one of the two measures."
            yield Finding(Level.WARNING, "ratio-window", message, hint, field="measures", value=codes[seat])


def _potential_at(workload: FloatArray, potential: FloatArray, at: float) -> float:
    """Return the potential gathered when units are taken in order until the workload is `at`, the last in part."""
    if len(workload) == 0:
        return 0.0
    return float(np.interp(at, np.append(0.0, np.cumsum(workload)), np.append(0.0, np.cumsum(potential))))
