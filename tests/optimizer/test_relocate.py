"""Moving whole territories of a design without homes."""

from dataclasses import replace

import numpy as np

from optimizer.free.halves import half_of
from optimizer.free.relocate import Tries, relocatable, relocate
from optimizer.judge.judge import judge
from optimizer.local_search.run import never, no_news
from optimizer.plan import Plan
from optimizer.problem import Problem
from tests.optimizer.tiny import grid_problem

COLUMNS = 120


def test_a_half_is_connected_and_so_is_the_rest() -> None:
    """Both parts of a divided territory are whole, and neither is empty or most of it."""
    problem = grid_problem("ooooo/o.o.o/ooooo/o.o.o", free=2)
    units = np.arange(problem.n_units)
    for seed in range(10):
        half = half_of(problem, units, np.random.default_rng(seed))
        plan = Plan(np.isin(units, half).astype(np.int32))
        assert judge(problem, plan).pieces.tolist() == [1, 1]
        assert len(units) / 4 <= len(half) <= 3 * len(units) / 4
    assert not len(half_of(problem, np.array([0, 2]), np.random.default_rng(0)))


def test_territories_move_from_where_they_are_small_to_where_they_are_large() -> None:
    """A strip cut coarsely at one end and finely at the other comes near equal parts, the same with any workers."""
    problem, plan = strip()
    plans = [relocate(problem, plan, Tries(2_000_000, workers, 1), never, no_news) for workers in (1, 2)]
    assert plans[0].owner.tobytes() == plans[1].owner.tobytes()
    before, after = judge(problem, plan), judge(problem, plans[0])
    assert not after.broken and (after.pieces == 1).all()
    assert after.value < 0.95 * before.value
    assert len(np.unique(plans[0].owner[: COLUMNS // 2])) > len(np.unique(plan.owner[: COLUMNS // 2]))


def test_only_territories_that_are_alike_are_moved() -> None:
    """A lock, a rep's own target or an owner of today ties a territory to its rep."""
    problem, _ = strip()
    tied = np.where(np.arange(problem.n_units) == 3, 0, -1).astype(np.int32)
    uneven = problem.target * np.linspace(0.9, 1.1, problem.n_reps)
    assert relocatable(problem)
    for other in (replace(problem, locked=tied), replace(problem, current=tied), replace(problem, target=uneven)):
        assert not relocatable(other)


def strip() -> tuple[Problem, Plan]:
    """Return a strip of cells, and a plan with 4 territories in its western half and 16 in its eastern one."""
    problem = grid_problem("/".join(2 * ["o" * COLUMNS]), free=20)
    column = np.arange(problem.n_units) % COLUMNS
    coarse, fine = column // 15, 4 + (column - COLUMNS // 2) * 16 // (COLUMNS // 2)
    return problem, Plan(np.where(column < COLUMNS // 2, coarse, fine).astype(np.int32))
