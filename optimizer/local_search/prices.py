"""What a missed limit costs during the search, and what a plan is worth for comparison."""

import numpy as np

from optimizer.costs import MISS_DIGITS, OUTSIDE, balance_reference
from optimizer.local_search.running import count_far, missed, value
from optimizer.local_search.state import Reals, SearchState
from optimizer.problem import FloatArray, Problem

BASE_PRICE = 0.3
"""Price of missing a whole target, in shares of the value at stake that falls to one rep."""
FREE_BASE_PRICE = 100.0
"""The same for free centres, for which no duals tell what a limit costs."""
DUAL_FACTOR = 1.2
"""An exact penalty must exceed the dual; whole units and contiguity want some more."""
PIECE_PRICE = 0.2
"""Price of an excess piece where contiguity is preferred, in shares of the value at stake that falls to one rep."""
FAR_PRICE = 50.0
"""Price of twice the reach, in shares of the value at stake that falls to one unit."""
BUDGET_PRICE = 3.0
"""Price of moving everything, in shares of the value at stake."""
CHEAPEST = 8
"""Reps of each block that tell what is at stake."""

Standing = tuple[int, float, float]
"""Broken structural rules, relative misses of limits with a charge for each rep outside, value: in this order."""


def stake(state: SearchState) -> float:
    """Return how much value the choice of reps can change: what near alternatives cost more than the best."""
    count = min(CHEAPEST, state.cost.shape[1])
    near = np.partition(state.cost, count - 1, axis=1)[:, :count].astype(np.float64)
    spread = float((near.mean(axis=1) - near.min(axis=1)).sum())
    balance = float((state.limits["slope"] * state.limits["target"]).sum()) / 100.0
    return spread + float(state.reps["center_cost"].sum()) + balance + 1e-9


def penalty_prices(problem: Problem, state: SearchState, load_price: FloatArray) -> Reals:
    """Return a price per load unit below low and above high that makes keeping the limits worthwhile.

    Returns
    -------
    (n_reps, n_measures, 2) float64
    """
    base = np.where(problem.free, FREE_BASE_PRICE, BASE_PRICE) * stake(state) / problem.n_reps
    price = (base / balance_reference(problem) + DUAL_FACTOR * np.abs(load_price)).T
    return np.stack([price, price], axis=-1)


def set_rule_prices(state: SearchState, scale: float) -> None:
    """Price an excess piece where contiguity is preferred, a km beyond reach, and a unit of weight over budget.

    Parameters
    ----------
    state : SearchState
    scale : float
        Value at stake.
    """
    n_units, n_reps = len(state.units) - 1, len(state.reps)
    state.common["piece_price"] = PIECE_PRICE * scale / n_reps
    reach = state.reps["reach_km"]
    state.common["far_price"] = FAR_PRICE * scale / n_units / reach.min() if np.isfinite(reach.min()) else 0.0
    total = np.maximum(state.budget_weight.sum(axis=0), 1.0)
    state.budgets["price"] = BUDGET_PRICE * scale / total


def standing(problem: Problem, state: SearchState) -> Standing:
    """Rank the present plan of a state: structure first, then misses of loads and budgets, then value."""
    limit = state.budgets["limit"]
    over_budget = float((np.maximum(state.budgets["used"] - limit, 0.0) / np.maximum(limit, 1.0)).sum())
    outside = (np.stack(missed(state)) > 0).any(axis=(0, 2)).sum()
    misses = violation(problem, state.limits["load"].T) + OUTSIDE * float(outside) + over_budget
    return int(state.common["broken"][0]) + int(count_far(state)), round(misses, MISS_DIGITS), value(state)


def violation(problem: Problem, load: Reals) -> float:
    """Sum the misses of all load limits as shares of the balance reference; load is (n_measures, n_reps)."""
    reference = balance_reference(problem)
    total = 0.0
    for limit in problem.limits:
        amount = load[limit.measure]
        miss = np.maximum(limit.low - amount, 0.0) + np.maximum(amount - limit.high, 0.0)
        total += float((miss / reference[limit.measure]).sum())
    return total
