"""Contribution as the solver sees it: linear in the pairs around territories on target, plus a price on imbalance.

Exact: trips, reps, first-year losses, and sales at the coverage of the target. Approximate: how sales bend as a
territory's coverage leaves that of its target. Its tangent goes into the pairs (a unit sells itself and dilutes the
rest), its bend into the weight of the goal `balance`, and what both miss is bounded over the territories' limits.
docs/economics.md has the formulas.
"""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.problem import POTENTIAL, WORKLOAD, FloatArray, Weights
from scenarios.case import Case
from scenarios.economics.contribution import base
from scenarios.economics.curves import SalesCurve

USUAL_REACH = 0.1
"""Deviation from target at which the bend is priced where neither tolerance nor aim says which matters."""


@dataclass(frozen=True, eq=False)
class Reference:
    """Territories on target.

    Attributes
    ----------
    workload : (n_seats,) float64
        In the customer's unit.
    coverage : (n_seats,) float64
    sold : (n_curves, n_seats) float64
        Amount that each curve applies to, times fit.
    """

    workload: FloatArray
    coverage: FloatArray
    sold: FloatArray


def maximising(case: Case) -> Case:
    """Return the case with goals in money, or points of the index, by which the solver maximises contribution."""
    at, per = reference(case), per_money(case)
    forgone = per * (_losses(case) - _sales(case, at))
    forgone -= forgone.min(axis=1, keepdims=True)
    weights = Weights(
        travel=per * case.economics.trip_cost * float(case.amounts[WORKLOAD].sum()),
        balance=per * _balance_weight(case, at),
        contribution=1.0,
    )
    return replace(case, problem=replace(case.problem, weights=weights, forgone=forgone.astype(np.float32)))


def reference(case: Case) -> Reference:
    """Return where the tangent is taken: every territory on target, sold at the best fit there is."""
    problem, economics = case.problem, case.economics
    workload = problem.target[WORKLOAD] / problem.load_per_amount[WORKLOAD]
    hours = np.array([economics.typical_hours if s.rep is None else economics.hours[s.rep] for s in case.seats])
    coverage = np.divide(hours, workload, out=np.ones(len(hours)), where=workload > 0)
    share = problem.target[POTENTIAL] / max(float(problem.target[POTENTIAL].sum()), 1e-300)
    best = problem.fit.max(axis=1)[problem.fit_class].astype(np.float64)
    sold = np.stack([amounts(case, curve) @ best * share for curve in economics.curves])
    return Reference(workload, np.maximum(coverage, 1e-9), sold)


def amounts(case: Case, sold: SalesCurve) -> FloatArray:
    """Return what each unit of the Problem has for a curve, in the customer's unit, (n_units,) float64."""
    return np.asarray(np.where(sold.rows, case.amounts[sold.measure], 0.0)[case.row_of] * case.share)


def per_money(case: Case) -> float:
    """Return units of contribution per unit of money."""
    return 1.0 if case.economics.in_money else 100.0 / base(case)


def dilution(case: Case, at: Reference) -> FloatArray:
    """Return the margin that one more unit of workload takes from the rest of a territory, (n_seats,) float64."""
    slope = sum(a * sold.curve.slope(at.coverage) for a, sold in zip(at.sold, case.economics.curves, strict=True))
    spread = np.divide(at.coverage, at.workload, out=np.zeros(len(at.workload)), where=at.workload > 0)
    return np.asarray(case.economics.margin * slope * spread)


def _sales(case: Case, at: Reference) -> FloatArray:
    """Return what each pair adds to the margin on sales, (n_units, n_seats) float64."""
    problem, economics = case.problem, case.economics
    fit = problem.fit.astype(np.float64)[problem.fit_class]
    worth = np.zeros(fit.shape)
    for sold in economics.curves:
        worth += economics.margin * amounts(case, sold)[:, None] * fit * sold.curve.at(at.coverage)
    work = case.amounts[WORKLOAD, case.row_of] * case.share
    return np.asarray(worth - work[:, None] * dilution(case, at))


def _losses(case: Case) -> FloatArray:
    """Return the margin lost in the first year by each pair, (n_units, n_seats) float64."""
    economics, current = case.economics, case.problem.current
    lost = economics.margin * (economics.sales * economics.loss_rate)[case.row_of] * case.share
    held = np.flatnonzero(current >= 0)
    losses = np.zeros((case.problem.n_units, case.problem.n_reps))
    losses[held] = lost[held, None]
    losses[held, current[held]] = 0.0
    return losses


def _balance_weight(case: Case, at: Reference) -> float:
    """Return the money of a balance point: the bend of sales as territories grow and shrink as a whole.

    A territory d larger than its target sells (1 + d) r(t / (1 + d)); that bends by t^2 r''(t) d^2 / 2.
    """
    step = 1e-3
    bend = np.zeros(len(at.coverage))
    for amount, sold in zip(at.sold, case.economics.curves, strict=True):
        near = [(1 + d) * sold.curve.at(at.coverage / (1 + d)) for d in (-step, 0.0, step)]
        bend -= case.economics.margin * amount * (near[0] - 2 * near[1] + near[2]) / step**2 / 2
    reach = max(4.0 * float(case.problem.aim[WORKLOAD]), _tolerance(case))
    return max(float(bend.sum()), 0.0) * reach / 100.0


def _tolerance(case: Case) -> float:
    workload = case.scenario.measures["workload"].tolerance
    return USUAL_REACH if workload is None else workload
