"""Pockets: a few territories cut out as a problem that means the same as the whole."""

import numpy as np

from optimizer.bound.duals import find_prices
from optimizer.exact.pocket_search import search_pockets
from optimizer.judge.judge import judge
from optimizer.options import SolveOptions
from optimizer.plan import Plan
from optimizer.pocket import cut_out
from optimizer.problem import GONE, Budget, Weights
from optimizer.run import Run
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, ints, limit


def test_a_pocket_differs_by_as_much_as_the_whole() -> None:
    """Two ways to draw a pocket differ in value, loads and budgets as the two whole plans do."""
    load = np.array([[3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8]])
    problem = grid_problem(
        "AooB/ooCo",
        load=load,
        fit=np.array([[1.0, 0.4, 0.7]], dtype=np.float32),
        current=ints(0, 2, 1, GONE, 2, 2, 0, -1),
        budgets=(Budget("units", np.ones(8, dtype=np.int64), 4),),
        weights=Weights(1.0, 2.0, 0.5, 0.3),
        home_units=(ints(0), ints(3), ints(6)),
        apart=(ints(0, 3, 7),),
    )
    problem = changed(problem, limits=(limit(problem, 0, 2, 20),))
    whole, other = drawn_plan("AABB/ACCB"), drawn_plan("ABBB/AACB")
    pocket = cut_out(problem, whole, ints(0, 1))
    assert pocket.units.tolist() == [0, 1, 2, 3, 4, 7]
    moved = Plan(ints(0, 1, 1, 1, 0, 1))
    assert pocket.put_back(whole, moved).owner.tolist() == drawn_plan("ABBB/ACCB").owner.tolist()
    before, after = judge(pocket.problem, pocket.plan), judge(pocket.problem, moved)
    whole_after = judge(problem, pocket.put_back(whole, moved))
    assert np.isclose(after.value - before.value, whole_after.value - judge(problem, whole).value)
    assert [item.rule for item in after.broken] == [item.rule for item in whole_after.broken]
    assert judge(problem, other).load.sum() == load.sum()


def test_pockets_solved_at_once_fit_together_and_come_in_one_order() -> None:
    """Two workers finish in any order; with effort the plan must not tell, and none may undo what another did."""
    rng = np.random.default_rng(4)
    problem = grid_problem("AooBoo/ooCooD/ooEooF", load=rng.integers(1, 9, (2, 18)))
    start = Plan(ints(*np.repeat(np.arange(6), 3)))
    owners = []
    for _ in range(2):
        run = Run(problem, SolveOptions(None, 1.0, gap=0.0), lambda _: None, lambda: False)
        worst = run.offer(start, "start").value
        prices = find_prices(problem)
        search_pockets(run, prices, np.random.default_rng(0), 20, run.done)
        assert run.plan is not None
        assert judge(problem, run.plan).broken == ()
        assert judge(problem, run.plan).value < worst
        owners.append(run.plan.owner.tobytes())
    assert owners[0] == owners[1]
