"""What giving a unit to a rep adds to the value, where that does not depend on the other units."""

import numpy as np

from optimizer.graph import IntArray
from optimizer.problem import GONE, NOBODY, POTENTIAL, WORKLOAD, FloatArray, LoadArray, Problem

EVERY = slice(None)
"""All units."""


def pair_cost(problem: Problem, rows: slice = EVERY) -> FloatArray:
    """Return the linear part of the value of each pair: weighted travel, fit, disruption and contribution.

    The value of a plan is the sum of the costs of its pairs, plus the balance goal, plus the travel within the
    territories of free centres (whose columns hold no travel here).

    Parameters
    ----------
    problem : Problem
    rows : slice
        The units.

    Returns
    -------
    (number of the units, n_reps) float64
        In units of the value; finite. The unavoidable disruption of units without their rep stands in all columns.
    """
    weights = problem.weights
    workload, potential = share(problem.load[WORKLOAD])[rows], share(problem.load[POTENTIAL])[rows]
    cost = np.multiply(problem.travel_cost[rows], (weights.travel * workload)[:, None], dtype=np.float64)
    cost[:, problem.free] = 0.0
    if weights.fit > 0:
        misfit = 1.0 - problem.fit.astype(np.float64)
        cost += misfit[problem.fit_class[rows]] * (100.0 * weights.fit * potential)[:, None]
    if weights.disruption > 0:
        _add_disruption(problem.current[rows], 100.0 * weights.disruption * potential, cost)
    if weights.contribution > 0 and problem.forgone is not None:
        cost += weights.contribution * problem.forgone[rows].astype(np.float64)
    return cost


OUTSIDE = 0.1
"""What each territory outside its limits counts beyond its misses, in targets, when plans are compared."""
MISS_DIGITS = 12
"""Decimals of misses that count then: less is how a sum of the same misses was rounded."""


def balance_reference(problem: Problem) -> FloatArray:
    """Return the load that counts as 100 in the balance goal: the target, or an equal share where it is 0.

    Returns
    -------
    (n_measures, n_reps) float64
        Above 0; 1 where the measure is 0 everywhere.
    """
    total = problem.load.sum(axis=1, dtype=np.float64)[:, None]
    equal_share = np.where(total > 0, total / problem.n_reps, 1.0)
    return np.where(problem.target > 0, problem.target, equal_share)


def share(load: LoadArray) -> FloatArray:
    """Return each unit's share of a measure's total; zeros where the total is 0."""
    total = float(load.sum())
    return load / total if total > 0 else np.zeros(len(load))


def _add_disruption(current: IntArray, weight: FloatArray, cost: FloatArray) -> None:
    had_rep = current != NOBODY
    cost[had_rep] += weight[had_rep, None]
    stays = np.flatnonzero((current != NOBODY) & (current != GONE))
    cost[stays, current[stays]] -= weight[stays]
