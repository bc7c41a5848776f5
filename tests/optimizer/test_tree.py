"""Branch and cut: never above a plan, as high as the best plan in the end, and cuts that no plan breaks."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.bound.duals import find_prices
from optimizer.exact.conflicts import Clique, Conflicts
from optimizer.exact.fractions import FractionalPieces
from optimizer.exact.tree import TreeSearch
from optimizer.judge.judge import judge
from optimizer.model.separators import NOWHERE, Separator
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import Run
from tests.optimizer.tiny import changed, grid_problem, limit
from tests.optimizer.wild import wild_problem


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 6), st.integers(1, 3))
def test_no_plan_beats_the_bound(seed: int, n_units: int, n_reps: int) -> None:
    """A bound above the optimum would be a wrong proof; from the worst plan nothing may be cut off too early."""
    problem = wild_problem(np.random.default_rng(seed), n_units, n_reps)
    plans = _legal_plans(problem)
    for start in (min(plans, default=None, key=_value), max(plans, default=None, key=_value)):
        if start is not None:
            truth = min(value for value, _ in plans)
            run = _searched(problem, start[1])
            assert run.bound <= truth + 1e-9 * abs(truth) + 1e-9


def test_the_tree_alone_closes_the_gap() -> None:
    """On a lumpy map whose relaxation is far off, the tree must come to the best plan and prove it."""
    problem = _lumpy()
    plans = _legal_plans(problem)
    run = _searched(problem, max(plans, key=_value)[1])
    truth = min(value for value, _ in plans)
    assert run.score is not None
    assert abs(run.score.value - truth) <= 2e-5 * truth
    assert find_prices(problem).bound < 0.99 * truth
    assert run.bound >= truth * (1.0 - 2e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31))
def test_no_legal_plan_breaks_a_cut(seed: int) -> None:
    """Cuts found at any fractions, here random ones, must hold for every plan that keeps the rules."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, 6, 2)
    share = rng.random((6, 2)) * (rng.random((6, 2)) > 0.4)
    allowed = np.ones((6, 2), dtype=np.bool_)
    cuts = [
        *Conflicts(problem).broken(share, 1e-6),
        *FractionalPieces(problem, allowed).broken(share, 1e-6, (1e-6, 0.3)),
    ]
    for _, plan in _legal_plans(problem):
        assert not [cut for cut in cuts if _breaks(plan, cut)]


def _breaks(plan: Plan, cut: Clique | Separator) -> bool:
    mine = set(np.flatnonzero(plan.owner == cut.rep).tolist())
    if isinstance(cut, Clique):
        return len(mine.intersection(cut.units)) > 1
    ends = {cut.unit, cut.other} - {NOWHERE}
    return ends <= mine and not mine.intersection(cut.between)


def _lumpy() -> Problem:
    """Make a map with three units that fill more than half a territory each, for three reps at one end of it."""
    problem = grid_problem("AoB/ooC/o..", load=np.array([6, 1, 6, 1, 2, 6, 2]))
    return changed(problem, limits=(limit(problem, 0, 7, 11),))


def _searched(problem: Problem, start: Plan) -> Run:
    run = Run(problem, SolveOptions(time_limit_s=None, effort=1.0, gap=0.0, workers=1), lambda _: None, lambda: False)
    run.offer(start, "start")
    TreeSearch(run, find_prices(problem), np.zeros(0)).search(200)
    return run


def _legal_plans(problem: Problem) -> list[tuple[float, Plan]]:
    owners = product(range(problem.n_reps), repeat=problem.n_units)
    plans = [Plan(np.array(owner, dtype=np.int32)) for owner in owners]
    scores = [judge(problem, plan) for plan in plans]
    return [(score.value, plan) for score, plan in zip(scores, plans, strict=True) if not score.broken]


def _value(pair: tuple[float, Plan]) -> float:
    return pair[0]
