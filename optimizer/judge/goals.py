"""The amounts of the goals of a plan, in their fixed units."""

import numpy as np

from optimizer.graph import IntArray
from optimizer.judge.places import great_circle_km
from optimizer.problem import GONE, POTENTIAL, WORKLOAD, FloatArray, LoadArray, Problem


def travel_amount(problem: Problem, owner: IntArray, center_xyz_m: FloatArray) -> float:
    """Return the workload-weighted mean travel cost (km, or the matrix's unit) of the owned units.

    A unit of a free centre counts its distance in km to the center of its territory.
    """
    units = np.flatnonzero((owner >= 0) & (owner < problem.n_reps))
    cost = problem.travel_cost[units, owner[units]].astype(np.float64)
    to_center = problem.free[owner[units]]
    free_units = units[to_center]
    cost[to_center] = great_circle_km(problem.xyz_m[free_units], center_xyz_m[owner[free_units]])
    return _mean(cost, problem.load[WORKLOAD, units])


def fit_amount(problem: Problem, owner: IntArray) -> float:
    """Return 100 x (1 - potential-weighted mean fit) of the owned units."""
    units = np.flatnonzero((owner >= 0) & (owner < problem.n_reps))
    fit = problem.fit[problem.fit_class[units], owner[units]].astype(np.float64)
    return 100.0 * _mean(1.0 - fit, problem.load[POTENTIAL, units])


def balance_amount(problem: Problem, load: LoadArray) -> float:
    """Return the mean over territories and measures of |index - 100| beyond the aim.

    The index of a load without a target is 100 plus its share of an equal share, in per cent.
    """
    total = 0.0
    for measure in range(len(problem.measures)):
        target = problem.target[measure]
        equal = float(problem.load[measure].sum()) / problem.n_reps or 1.0
        away = 100.0 * np.abs(load[measure] - target) / np.where(target > 0, target, equal)
        total += float(np.maximum(away - 100.0 * problem.aim[measure], 0.0).sum())
    return total / load.size


def disruption_amount(problem: Problem, owner: IntArray) -> float:
    """Return the percentage of all potential that leaves its current rep, avoidably or not."""
    leaves = ((problem.current >= 0) & (owner != problem.current)) | (problem.current == GONE)
    return 100.0 * _mean(leaves.astype(np.float64), problem.load[POTENTIAL])


def contribution_amount(problem: Problem, owner: IntArray) -> float:
    """Return what is forgone by the pairs of the owned units."""
    if problem.forgone is None:
        return 0.0
    units = np.flatnonzero((owner >= 0) & (owner < problem.n_reps))
    return float(problem.forgone[units, owner[units]].sum(dtype=np.float64))


def _mean(amount: FloatArray, weight: LoadArray) -> float:
    """Return the weighted mean; 0 where the weights are all 0."""
    total = float(weight.sum())
    return float(amount @ weight) / total if total > 0 else 0.0
