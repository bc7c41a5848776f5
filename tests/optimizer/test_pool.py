"""Recombining the territories that searches saw."""

import numpy as np

from optimizer.free.pool import Pool
from optimizer.judge.judge import judge
from optimizer.local_search.run import LocalSearch
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import standing
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, limit

GOOD_NORTH = "AABB/AABB/CDDD/CCCD"
GOOD_SOUTH = "AAAB/ABBB/CCDD/CCDD"
BEST = "AABB/AABB/CCDD/CCDD"


def test_the_good_halves_of_two_plans_are_put_together() -> None:
    """Of two plans, each good in one half, the one that is good in both is made; alone neither gives it."""
    problem = grid_problem("/".join(4 * ["oooo"]), free=4)
    first, second = drawn_plan(GOOD_NORTH), drawn_plan(GOOD_SOUTH)
    pool, alone = pool_of(problem, first, second), pool_of(problem, first).best(first)
    made = pool.best(first)
    assert made is not None and alone is not None
    assert same_territories(made, drawn_plan(BEST)) and same_territories(alone, first)


def test_missed_limits_come_before_distances() -> None:
    """The longer plan is made where the shorter territories miss a band, also from a plan that misses it."""
    load = np.array([[1] * 16, [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]])
    problem = grid_problem("/".join(4 * ["oooo"]), free=4, load=load)
    problem = changed(problem, limits=(limit(problem, 1, 4, 5),))
    longer = drawn_plan("AABB/ABBB/CCDD/CCDD")
    short = drawn_plan(BEST)
    made = pool_of(problem, short, longer).best(short)
    assert made is not None and same_territories(made, longer)
    assert standing(judge(problem, made)) < standing(judge(problem, short))


def test_plans_that_break_the_structure_are_not_seen() -> None:
    """Territories in two pieces stay out, and nothing is made for a plan that has them."""
    problem = grid_problem("/".join(4 * ["oooo"]), free=4)
    broken = drawn_plan("AABB/BBAA/CCDD/CCDD")
    pool = pool_of(problem, broken, drawn_plan(BEST))
    made = pool.best(drawn_plan(BEST))
    assert pool.best(broken) is None
    assert made is not None and same_territories(made, drawn_plan(BEST))


def pool_of(problem: Problem, *plans: Plan) -> Pool:
    """Return what searches that stand at some plans, one pool each, saw together."""
    pools = []
    for plan in plans:
        pools.append(Pool(problem))
        pools[-1].see(LocalSearch(problem, plan, np.zeros(problem.target.shape), 1, 0))
    for other in pools[1:]:
        pools[0].take(other)
    return pools[0]


def same_territories(one: Plan, other: Plan) -> bool:
    """Return whether two plans divide the units alike, whoever has which territory."""
    return bool(((one.owner[:, None] == one.owner) == (other.owner[:, None] == other.owner)).all())
