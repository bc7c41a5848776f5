"""The Lagrangian bound: what loads and budgets priced at any multipliers cannot undercut.

Dualising the definition of the loads and the disruption budgets leaves every block of units free to choose its rep
and every rep free to choose its loads (Geoffrion 1974). Both choices are made exactly here, over all pairs, so the
value is a lower bound whatever the prices; contiguity and the other structural rules are relaxed.
"""

import math

import numpy as np

from optimizer.bound.blocks import Blocks, blocks_of
from optimizer.bound.load_range import aim_load, balance_cost, load_range
from optimizer.costs import pair_cost
from optimizer.eligibility import allowed_pairs
from optimizer.problem import FloatArray, Problem

ROWS_AT_ONCE = 1024
"""Units priced together, to stay inside the processor's cache."""


def lagrangian_value(problem: Problem, load_price: FloatArray, budget_price: FloatArray) -> float:
    """Return a lower bound on the value of every plan that keeps the hard rules.

    Parameters
    ----------
    problem : Problem
    load_price : (n_measures, n_reps) float64
        Any multipliers, in value per integer load unit. A positive one makes the load of that rep dearer.
    budget_price : (n_budgets,) float64
        Multipliers at or above 0, in value per unit of the budget's weight.

    Returns
    -------
    float
        In units of the value; infinity where single rules already exclude every plan.

    Raises
    ------
    ValueError
        If a budget price is negative or a price is not finite.
    """
    if not (np.isfinite(load_price).all() and np.isfinite(budget_price).all() and (budget_price >= 0).all()):
        raise ValueError("prices must be finite, budget prices at or above 0. Maybe the certificate was edited.")
    allowed = allowed_pairs(problem)
    if not allowed.any(axis=1).all():
        return math.inf
    reduced = priced_cost(problem, load_price, budget_price)
    np.copyto(reduced, np.inf, where=~allowed)
    limits = np.array([budget.limit for budget in problem.budgets], dtype=np.float64)
    return (
        blockwise_minimum(blocks_of(problem), reduced)
        + float(range_minimum(problem, load_price).sum())
        - float(budget_price @ limits)
    )


def priced_cost(problem: Problem, load_price: FloatArray, budget_price: FloatArray) -> FloatArray:
    """Return pair costs plus priced loads and priced avoidable moves, (n_units, n_reps) float64."""
    reduced = pair_cost(problem)
    load = problem.load.T.astype(np.float64)
    for first in range(0, problem.n_units, ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        reduced[rows] += load[rows] @ load_price
    held = np.flatnonzero(problem.current >= 0)
    for budget, price in zip(problem.budgets, budget_price, strict=True):
        reduced[held] += price * budget.weight[held, None]
        reduced[held, problem.current[held]] -= price * budget.weight[held]
    return reduced


def blockwise_minimum(blocks: Blocks, reduced: FloatArray) -> float:
    """Sum the cheapest rep of every block."""
    return float(blocks.sum_rows(reduced).min(axis=1).sum())


def range_minimum(problem: Problem, load_price: FloatArray) -> FloatArray:
    """Return the least of balance cost minus priced load over each rep's allowed loads.

    The balance cost is piecewise linear and convex, so an end of a piece attains the minimum.

    Returns
    -------
    (n_measures, n_reps) float64
        Infinity where the limits leave no load.
    """
    low, high = load_range(problem)
    points = np.clip(breakpoints(problem), low, high)
    least = (balance_cost(problem, points) - load_price * points).min(axis=0)
    return np.where(low > high, np.inf, least)


def breakpoints(problem: Problem) -> FloatArray:
    """Return loads between which the balance cost is linear, (n_points, n_measures, n_reps), before clipping."""
    aim = aim_load(problem)
    none = np.zeros_like(aim)
    return np.stack([none - np.inf, problem.target - aim, problem.target + aim, none + np.inf])
