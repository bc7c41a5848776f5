"""Several workers at one search: whole plans, kept rules, and the same bytes every time."""

import numpy as np
import pytest

from optimizer.judge.judge import judge
from optimizer.local_search import refine as refining
from optimizer.local_search import regions
from optimizer.local_search.improve import improve
from optimizer.local_search.refine import refine
from optimizer.plan import Plan
from optimizer.problem import Budget, Problem
from tests.optimizer.tiny import changed, grid_problem, limit

MOVES = 60_000


@pytest.fixture(autouse=True)
def _small_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "LEAST_REPS", 3)
    monkeypatch.setattr(refining, "PLACE_REPS", 3)


def test_two_workers_give_the_same_plan_every_time() -> None:
    """Threads finish in any order; with effort the bytes must not tell."""
    problem, plan = _eight_reps()
    plans = [_improved(problem, plan, workers=2) for _ in range(3)]
    assert len({found.owner.tobytes() for found in plans}) == 1


def test_two_workers_reach_the_bands_and_keep_territories_whole() -> None:
    """Regions are put together from parts that were changed at the same time, and must fit."""
    problem, plan = _eight_reps()
    assert judge(problem, plan).broken
    assert judge(problem, _improved(problem, plan, workers=2)).broken == ()


def test_refining_keeps_the_limits_and_does_not_depend_on_who_is_first() -> None:
    """What is refined last must be a better plan that still keeps every limit, the same every time."""
    problem, plan = _eight_reps()
    unpriced = np.zeros(problem.target.shape)
    legal = improve(problem, plan, unpriced, moves=MOVES // 20, seed=1)
    assert judge(problem, legal).broken == ()
    refined = [refine(problem, legal, unpriced, moves=2 * MOVES, seed=1, workers=2) for _ in range(2)]
    assert refined[0].owner.tobytes() == refined[1].owner.tobytes()
    assert judge(problem, refined[0]).broken == ()
    assert judge(problem, refined[0]).value < judge(problem, legal).value


def test_workers_share_a_disruption_budget() -> None:
    """Each region may use its part of a budget only, or together they would exceed it."""
    problem, plan = _eight_reps()
    units = np.ones(problem.n_units, dtype=np.int64)
    budgets = (Budget("units", units, 12),)
    held = changed(problem, current=plan.owner, budgets=budgets, limits=())
    better = _improved(held, plan, workers=2)
    assert judge(held, better).value < judge(held, plan).value
    assert (better.owner != plan.owner).sum() <= 12


def _improved(problem: Problem, plan: Plan, workers: int) -> Plan:
    return improve(problem, plan, np.zeros(problem.target.shape), moves=MOVES, seed=1, workers=workers)


def _eight_reps() -> tuple[Problem, Plan]:
    """Return a map with eight homes and bands, and a plan of stripes that misses them."""
    rng = np.random.default_rng(3)
    drawing = "AooBoooCooDo/" + "oooooooooooo/" * 6 + "oEooFooGoooH"
    problem = grid_problem(drawing, load=rng.integers(5, 15, (2, 96)))
    mean = problem.target[:, 0]
    bands = tuple(limit(problem, m, 0.85 * mean[m], 1.15 * mean[m]) for m in range(2))
    sizes = rng.permutation(np.repeat(np.arange(8), [16, 8, 14, 10, 12, 12, 10, 14]))
    return changed(problem, limits=bands), Plan(np.sort(sizes).astype(np.int32))
