"""Corners: units that cannot all be held, held against all plans of small maps and one worked out by hand."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from optimizer.costs import balance_reference
from optimizer.explain.corner import Corner
from optimizer.explain.corners import find_corners
from optimizer.explain.facts import facts_of
from optimizer.explain.pockets import find_pockets
from optimizer.judge.judge import judge
from optimizer.local_search.run import never
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, limit


@pytest.mark.parametrize("seed", [*range(6), 19, 29, 53, 65])
def test_no_plan_misses_less_than_a_corner_tells(seed: int) -> None:
    """The sum told for some units is none above that of the territories which hold them, in any connected plan."""
    rng = np.random.default_rng(seed)
    problem = grid_problem("AoooB/ooooo", load=rng.integers(1, 12, (2, 10)))
    mean, width = problem.load.sum(axis=1) / 2, rng.choice([0.02, 0.1, 0.3])
    limits = tuple(limit(problem, m, mean[m] * (0.9 - width / 2), mean[m] * (0.9 + width / 2)) for m in range(2))
    problem = changed(problem, limits=limits)
    if seed % 2:
        problem = _unlike(problem, rng)
    centers = rng.choice(10, 2, replace=False)
    around = rng.choice(10, 10 if seed % 3 else 6, replace=False)
    corner = np.union1d(centers, around).astype(np.int32)
    told = Corner(facts_of(problem), centers.tolist(), corner).least_miss(never)
    assert told <= _least(problem, centers) + 1e-9


def test_two_heavy_units_with_one_way_out_are_named() -> None:
    """Each of two units could have the one between them, so that neither is stuck; only together they are."""
    problem = grid_problem("AoB/.o./.o.", load=np.array([6, 4, 6, 5, 5]))
    problem = changed(problem, limits=(limit(problem, 0, 9, 11),))
    plan = drawn_plan("AAB/.A./.A.")
    facts, score = facts_of(problem), judge(problem, plan)
    assert not [item for item in find_pockets(facts, plan, score, never) if item.unit in (0, 2)]
    found = list(find_corners(facts, plan, score, never))
    assert any({0, 2} <= {*item.units} and item.total == pytest.approx(3 / 13, abs=1e-4) for item in found)


def _unlike(problem: Problem, rng: np.random.Generator) -> Problem:
    """Return a problem whose second rep has other limits and targets, and in which a unit is open to one."""
    size = np.array([1.0, rng.choice([0.9, 1.1])])
    limits = tuple(
        replace(item, low=(item.low * size).astype(np.int64), high=(item.high * size).astype(np.int64))
        for item in problem.limits
    )
    closed = [(unit, rng.integers(0, 2)) for unit in rng.choice(10, 1)]
    return changed(problem, limits=limits, target=problem.target * size, forbidden=np.array(closed, dtype=np.int32))


def _least(problem: Problem, centers: np.ndarray) -> float:
    """Return the least sum of misses of the territories that hold the units, over all connected plans."""
    base, least = balance_reference(problem), np.inf
    low, high = (np.array([getattr(item, end) for item in problem.limits]) for end in ("low", "high"))
    for owner in product((0, 1), repeat=problem.n_units):
        plan = Plan(np.array(owner, dtype=np.int32))
        score = judge(problem, plan)
        if (score.pieces == 1).all() and not any(item.rule == "forbid" for item in score.broken):
            misses = (np.maximum(np.maximum(low - score.load, score.load - high), 0) / base).sum(axis=0)
            least = min(least, float(misses[np.unique(plan.owner[centers])].sum()))
    return least
