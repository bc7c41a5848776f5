"""The range that all load limits together leave each rep, and what a load costs the balance goal."""

import numpy as np

from optimizer.costs import balance_reference
from optimizer.problem import FloatArray, Problem


def load_range(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Intersect all load limits with 0..total.

    Returns
    -------
    low, high : (n_measures, n_reps) float64
        Integer load units; low is above high where limits contradict each other.
    """
    total = problem.load.sum(axis=1, dtype=np.float64)[:, None]
    low = np.zeros(problem.target.shape)
    high = np.repeat(total, problem.n_reps, axis=1)
    for limit in problem.limits:
        low[limit.measure] = np.maximum(low[limit.measure], limit.low)
        high[limit.measure] = np.minimum(high[limit.measure], limit.high)
    return low, high


def balance_slope(problem: Problem) -> FloatArray:
    """Return the value of one load unit beyond the aim, (n_measures, n_reps) float64."""
    return 100.0 * problem.weights.balance / problem.target.size / balance_reference(problem)


def aim_load(problem: Problem) -> FloatArray:
    """Return the deviation from the target that the balance goal ignores, (n_measures, n_reps) float64."""
    return problem.aim[:, None] * balance_reference(problem)


def balance_cost(problem: Problem, load: FloatArray) -> FloatArray:
    """Return what the loads add to the value, (n_measures, n_reps) float64; also for (..., n_measures, n_reps)."""
    away = np.abs(load - problem.target) - aim_load(problem)
    return np.asarray(balance_slope(problem) * np.maximum(away, 0.0))
