"""Mending after an edit: back inside the limits, and everything else left alone."""

import numpy as np
import pytest

from optimizer.judge.judge import judge
from optimizer.local_search.mend import mend
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import POTENTIAL, Budget, Contiguity
from optimizer.result import Status
from optimizer.solve import solve
from tests.optimizer.brute import best_value
from tests.optimizer.tiny import changed, grid_problem, limit


def test_a_plan_that_keeps_every_rule_is_left_as_it_is() -> None:
    """Who starts from a good plan must not find it reshuffled."""
    problem = grid_problem("AoooB/ooooo")
    plan = Plan(np.array([0, 0, 0, 1, 1, 0, 0, 1, 1, 1], dtype=np.int32))
    assert (mend(problem, plan, seed=0).owner == plan.owner).all()


def test_an_edit_moves_what_it_needs_and_no_more() -> None:
    """A locked unit changes hands in one corner; the territories of the other corner stay."""
    problem = grid_problem("AoooooB/ooooooo/CoooooD/ooooooo")
    columns, rows = np.arange(28) % 7, np.arange(28) // 7
    plan = Plan(((columns >= 4) + 2 * (rows >= 2)).astype(np.int32))
    low = limit(problem, 0, 5, 9)
    locked = problem.locked.copy()
    locked[3] = 1
    edited = changed(problem, locked=locked, limits=(low,))
    assert judge(edited, plan).broken
    mended = mend(edited, plan, seed=0)
    assert judge(edited, mended).broken == ()
    assert (mended.owner != plan.owner).sum() <= 3


@pytest.mark.parametrize("seed", range(9))
def test_budgets_are_kept_exactly(seed: int) -> None:
    """Of all plans of a tiny map, a solve from today's plan finds the best that moves no more than is allowed."""
    rng = np.random.default_rng(seed)
    problem = grid_problem("AooB/oooo", load=rng.integers(2, 9, (2, 8)))
    weights = (np.ones(8, np.int64), problem.load[POTENTIAL], problem.load[POTENTIAL] * rng.integers(0, 6, 8))
    name = ("units", "potential", "tenure")[seed % 3]
    budget = Budget(name, weights[seed % 3], int(weights[seed % 3].sum() * rng.uniform(0.1, 0.5)))
    today = np.array([0, 0, 0, 1, 0, 0, 0, 1], dtype=np.int32)
    bands = tuple(limit(problem, m, 0.75 * problem.target[m, 0], 1.25 * problem.target[m, 0]) for m in range(2))
    edited = changed(problem, current=today, budgets=(budget,), limits=bands)
    best = best_value(edited)
    found = solve(edited, SolveOptions(time_limit_s=None, effort=0.02, gap=0.0, workers=1, start=Plan(today)))
    assert (found.status == Status.INFEASIBLE) == (best is None)
    assert best is None or found.score.value == pytest.approx(best)
    mended = judge(edited, mend(edited, Plan(today), seed=seed))
    assert (mended.broken == ()) == (best is not None)


def test_a_budget_missed_alone_is_mended() -> None:
    """Where every load is in its limits and only the budget is not, the search goes on until it is."""
    problem = grid_problem("AooooooB/oooooooo")
    today = (np.arange(16) % 8 >= 4).astype(np.int32)
    budget = Budget("units", np.ones(16, dtype=np.int64), 2)
    edited = changed(problem, current=today, budgets=(budget,), limits=(limit(problem, 0, 4, 12),))
    moved = Plan((np.arange(16) % 8 >= 6).astype(np.int32))
    assert {item.rule for item in judge(edited, moved).broken} == {"disruption"}
    assert judge(edited, mend(edited, moved, seed=0)).broken == ()


def test_a_territory_of_a_named_account_alone_finds_its_way_onto_the_map() -> None:
    """B holds only an account that lies nowhere: no neighbour leads to it, yet its share of the map comes to it."""
    problem = grid_problem("AooooooooB.o", load=np.array([2] * 10 + [6]))
    nowhere, locked = np.full(11, Contiguity.REQUIRED, dtype=np.int8), np.full(11, -1, dtype=np.int32)
    nowhere[10], locked[10] = Contiguity.OFF, 1
    problem = changed(problem, contiguity=nowhere, locked=locked, limits=(limit(problem, 0, 11, 15),))
    start = Plan(np.array([0] * 10 + [1], dtype=np.int32))
    assert judge(problem, start).broken and judge(problem, mend(problem, start, seed=0)).broken == ()
