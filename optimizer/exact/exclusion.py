"""Pairs that no good plan can have, told by their reduced costs."""

import numpy as np

from optimizer.bound.blocks import blocks_of
from optimizer.bound.duals import Prices
from optimizer.bound.lagrangian import priced_cost
from optimizer.problem import BoolArray, Problem

ROUNDING = 1e-9
"""Share of the value by which floating-point sums may err."""


def pairs_worth_having(problem: Problem, allowed: BoolArray, prices: Prices, value: float) -> BoolArray:
    """Return the pairs that a plan of at most `value` may have.

    Giving a block of units to another rep than the cheapest raises the Lagrangian bound by the difference of their
    reduced costs; where that passes `value`, no such plan holds the pair.

    Parameters
    ----------
    problem : Problem
    allowed : (n_units, n_reps) bool
    prices : Prices
    value : float
    """
    blocks = blocks_of(problem)
    reduced = blocks.sum_rows(priced_cost(problem, prices.load_price, prices.budget_price))
    reduced[~allowed[blocks.units[blocks.start[:-1]]]] = np.inf
    with np.errstate(invalid="ignore"):
        rise = (reduced - reduced.min(axis=1, keepdims=True))[blocks.block_of]
    return np.asarray(allowed & (prices.bound + rise <= value + ROUNDING * abs(value)))
