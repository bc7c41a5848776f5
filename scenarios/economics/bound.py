"""The most that any plan can contribute: a bound on the solver's linear view plus all that this view can miss."""

import numpy as np

from optimizer.bound.load_range import balance_cost, load_range
from optimizer.judge.judge import loads
from optimizer.plan import Plan
from optimizer.problem import POTENTIAL, WORKLOAD, FloatArray
from scenarios.case import Case
from scenarios.economics.contribution import contribution, coverage_of
from scenarios.economics.crews import plan_crew
from scenarios.economics.linear import Reference, amounts, dilution, per_money, reference

GRID = 401
"""Workloads of a territory at which the error is looked at."""


def most_possible(case: Case, plan: Plan, value: float, bound: float | None) -> float | None:
    """Return what the contribution of no plan that keeps every hard rule exceeds, in its unit.

    With V the value, contribution C = K - V + E for every plan, K a constant and E what the linear view misses. So with
    q the plan given, C <= C(q) + V(q) - bound + most E - E(q). None without a bound, or where E has no limit: with free
    territories, without a smallest workload, or where something else than potential is sold.

    Parameters
    ----------
    case : Case
        As `linear.maximising` returns it.
    plan : Plan
        A plan in which every seat holds something.
    value, bound : float, float or None
        The plan's value and a bound on that of all plans.
    """
    low, _ = load_range(case.problem)
    sells_potential = all(sold.measure == POTENTIAL for sold in case.economics.curves)
    if bound is None or case.problem.free.any() or not sells_potential or (low[WORKLOAD] <= 0).any():
        return None
    at = reference(case)
    return contribution(case, plan).total + value - bound + _most_missed(case, at) - missed(case, at, plan)


def missed(case: Case, at: Reference, plan: Plan) -> float:
    """Return what the linear view misses of a plan: true less linear sales, plus the price of imbalance."""
    crew = plan_crew(case, plan)
    coverage = coverage_of(case, crew)
    work = loads(case.problem, plan.owner)[WORKLOAD] / case.problem.load_per_amount[WORKLOAD]
    error = dilution(case, at) * (work - at.workload)
    for sold in case.economics.curves:
        amount = np.bincount(plan.owner, amounts(case, sold) * crew.fit, len(work))
        error += case.economics.margin * amount * (sold.curve.at(coverage) - sold.curve.at(at.coverage))
    return per_money(case) * float(error.sum()) + float(balance_cost(case.problem, _load(case, plan)).sum())


def _load(case: Case, plan: Plan) -> FloatArray:
    return loads(case.problem, plan.owner).astype(np.float64)


def _most_missed(case: Case, at: Reference) -> float:
    """Return the most that `missed` can be inside the limits on loads.

    It is linear in the amount sold, so the ends of the potential tell; workload is looked at on a grid, with the
    largest step of the grid on top.
    """
    low, high = load_range(case.problem)
    price = np.maximum(balance_cost(case.problem, low), balance_cost(case.problem, high)).sum(axis=0)
    total = float(price.sum())
    for seat in range(case.problem.n_reps):
        least_fit = float(case.problem.fit[:, seat].min())
        ends = np.array([low[POTENTIAL, seat] * least_fit, high[POTENTIAL, seat]])
        work = np.linspace(low[WORKLOAD, seat], high[WORKLOAD, seat], GRID)
        per_amount = case.problem.load_per_amount
        error = _seat_error(case, at, seat, work / per_amount[WORKLOAD], ends / per_amount[POTENTIAL])
        total += per_money(case) * float(error.max() + np.abs(np.diff(error)).max())
    return total


def _seat_error(case: Case, at: Reference, seat: int, work: FloatArray, ends: FloatArray) -> FloatArray:
    """Return the most that true sales exceed linear ones at each workload, by the curve that gains most."""
    coverage = at.coverage[seat] * at.workload[seat] / work
    here = at.coverage[seat : seat + 1]
    gains = np.stack([sold.curve.at(coverage) - sold.curve.at(here) for sold in case.economics.curves])
    gain = case.economics.margin * gains.max(axis=0)
    tangent: FloatArray = dilution(case, at)[seat] * (work - at.workload[seat])
    return np.asarray(np.maximum(gain * ends[0], gain * ends[1]) + tangent)
