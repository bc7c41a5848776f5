"""The Lagrangian bound: valid for any prices, and tight where the relaxation is."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from optimizer.bound.duals import find_prices
from optimizer.bound.lagrangian import lagrangian_value
from optimizer.bound.load_range import load_range
from optimizer.costs import pair_cost
from optimizer.judge.judge import judge
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import changed, grid_problem, limit
from tests.optimizer.wild import wild_problem


def _optimum(problem: Problem) -> float:
    """Least value of all plans that keep every hard rule, by trying all of them."""
    best = math.inf
    for owner in itertools.product(range(problem.n_reps), repeat=problem.n_units):
        score = judge(problem, Plan(np.array(owner, dtype=np.int32)))
        if not score.broken:
            best = min(best, score.value)
    return best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 6), st.integers(1, 3), st.floats(0.0, 10.0))
def test_no_prices_lift_the_bound_above_the_optimum(seed: int, n_units: int, n_reps: int, size: float) -> None:
    """A bound above the optimum would be a wrong proof, the worst mistake this product can make."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, n_units, n_reps)
    load_price = size * rng.normal(size=problem.target.shape)
    budget_price = size * rng.random(len(problem.budgets))
    optimum = _optimum(problem)
    assert lagrangian_value(problem, load_price, budget_price) <= optimum + 1e-6 * max(1.0, abs(optimum))
    assert find_prices(problem).bound <= optimum + 1e-6 * max(1.0, abs(optimum))


def test_found_prices_reach_the_linear_optimum() -> None:
    """Prices that stop short of the linear relaxation would show needlessly large gaps."""
    free = grid_problem("Aooo/oBoo/oooC", load=np.array([3, 1, 2, 1, 4, 3, 1, 1, 2, 2, 1, 3]))
    problem = changed(free, limits=(limit(free, 0, 7, 9), limit(free, 1, 7, 9)))
    problem = changed(problem, weights=type(problem.weights)(travel=1.0))
    found = find_prices(problem)
    assert found.bound == pytest.approx(_linear_optimum(problem), rel=2e-3)
    assert found.bound == lagrangian_value(problem, found.load_price, found.budget_price)


def test_bad_prices_are_refused() -> None:
    """A certificate edited by hand must not pass as a proof."""
    problem = grid_problem("Ao/oB")
    with pytest.raises(ValueError, match="finite"):
        lagrangian_value(problem, np.full((2, 2), np.nan), np.zeros(0))


def _linear_optimum(problem: Problem) -> float:
    """Optimum of the assignment with whole units relaxed to shares."""
    n, k = problem.n_units, problem.n_reps
    low, high = load_range(problem)
    one_rep = np.kron(np.eye(n), np.ones(k))
    loads = np.concatenate([np.kron(row, np.eye(k)) for row in problem.load])
    answer = linprog(
        pair_cost(problem).ravel(),
        A_ub=np.concatenate([loads, -loads]),
        b_ub=np.concatenate([high.ravel(), -low.ravel()]),
        A_eq=one_rep,
        b_eq=np.ones(n),
    )
    return float(answer.fun)
