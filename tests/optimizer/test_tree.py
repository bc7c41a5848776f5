"""Branch and cut: never above a plan, as high as the best plan in the end, and cuts that no plan breaks."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.bound.blocks import blocks_of
from optimizer.bound.duals import find_prices
from optimizer.bound.load_range import balance_cost
from optimizer.bound.whole_units import raise_by_whole_units
from optimizer.exact.conflicts import Clique, Conflicts
from optimizer.exact.fractions import FractionalPieces
from optimizer.exact.least_cost import least_costs
from optimizer.exact.tree import TreeSearch
from optimizer.graph import Graph
from optimizer.judge.judge import judge
from optimizer.model.separators import NOWHERE, Separator
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.problem import UNLOCKED, LoadLimit, Problem
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


def test_twins_are_counted_and_not_told_apart() -> None:
    """Ten equal shares of a split unit change places in countless ways: a tree that tells them apart never ends."""
    problem = _ten_shares()
    owners = [np.repeat(np.arange(3), (a, b, 10 - a - b)) for a in range(11) for b in range(11 - a)]
    plans = [Plan(np.concatenate([np.arange(3), owner]).astype(np.int32)) for owner in owners]
    scores = [judge(problem, plan) for plan in plans]
    legal = [(score.value, plan) for score, plan in zip(scores, plans, strict=True) if not score.broken]
    truth = min(legal, key=_value)[0]
    run = _searched(problem, max(legal, key=_value)[1], most_nodes=25)
    assert truth * (1.0 - 2e-5) <= run.bound <= truth


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31))
def test_no_plan_costs_less_than_its_whole_territories(seed: int) -> None:
    """At any prices of units, here random ones, the cut of each rep must hold for every plan that keeps the rules."""
    rng = np.random.default_rng(seed)
    problem = wild_problem(rng, 6, 2)
    if not (legal := _legal_plans(problem)):
        return
    prices = find_prices(problem)
    block_price = rng.normal(size=blocks_of(problem).n_blocks) * max(legal, key=_value)[0] / 6.0
    cuts = list(least_costs(problem, prices, block_price))
    assert len(cuts) == problem.n_reps
    for _, plan in legal:
        load = np.stack([problem.load @ (plan.owner == rep) for rep in range(problem.n_reps)], axis=1)
        balance = balance_cost(problem, load).sum(axis=0)
        for cut in cuts:
            cost = float(cut.cost[plan.owner == cut.rep].sum() + balance[cut.rep])
            assert cost >= cut.least - 1e-6 * (1.0 + abs(cut.least))


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


def _ten_shares() -> Problem:
    """Make three homes, each its rep's, around ten units that are all neighbours, of each other and of the homes."""
    home_km = np.array([[0.0, 30.0, 40.0], [30.0, 0.0, 50.0], [40.0, 50.0, 0.0]])
    cost = np.concatenate([home_km, np.tile([11.0, 17.0, 29.0], (10, 1))]).astype(np.float32)
    links = [(a, b) for b in range(3, 13) for a in range(b)]
    return grid_problem(
        "ABCoooooooooo",
        load=np.array([4, 5, 6] + [7] * 10),
        distance_km=cost,
        travel_cost=cost,
        graph=Graph.from_links(13, *np.array(links, dtype=np.int32).T),
        locked=np.array([0, 1, 2] + [UNLOCKED] * 10, dtype=np.int32),
        limits=(LoadLimit("band", 0, np.array([18, 18, 18]), np.array([38, 38, 38])),),
    )


def _searched(problem: Problem, start: Plan, most_nodes: int = 200) -> Run:
    run = Run(problem, SolveOptions(time_limit_s=None, effort=1.0, gap=0.0, workers=1), lambda _: None, lambda: False)
    run.offer(start, "start")
    prices = find_prices(problem)
    value = run.score.value if run.score else 0.0
    whole = raise_by_whole_units(problem, prices, value, rounds=10)
    TreeSearch(run, prices, whole.block_price).search(most_nodes)
    return run


def _legal_plans(problem: Problem) -> list[tuple[float, Plan]]:
    owners = product(range(problem.n_reps), repeat=problem.n_units)
    plans = [Plan(np.array(owner, dtype=np.int32)) for owner in owners]
    scores = [judge(problem, plan) for plan in plans]
    return [(score.value, plan) for score, plan in zip(scores, plans, strict=True) if not score.broken]


def _value(pair: tuple[float, Plan]) -> float:
    return pair[0]
