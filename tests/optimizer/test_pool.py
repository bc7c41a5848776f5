"""Recombining the territories that searches saw."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.graph import IntArray
from optimizer.judge.judge import judge
from optimizer.local_search.pool import Pool
from optimizer.local_search.recombine import recombine
from optimizer.local_search.run import LocalSearch, never
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import standing
from tests.optimizer.tiny import changed, drawn_plan, grid_problem, limit
from tests.optimizer.wild import wild_problem

GOOD_NORTH = "AABB/AABB/CDDD/CCCD"
GOOD_SOUTH = "AAAB/ABBB/CCDD/CCDD"
BEST = "AABB/AABB/CCDD/CCDD"


def test_the_good_halves_of_two_plans_are_put_together() -> None:
    """Of two plans, each good in one half, the one that is good in both is made; alone neither gives it."""
    problem = grid_problem("/".join(4 * ["oooo"]), free=4)
    first, second = drawn_plan(GOOD_NORTH), drawn_plan(GOOD_SOUTH)
    pool, alone = pool_of(problem, first, second), pool_of(problem, first).best(first, never)
    made = pool.best(first, never)
    assert made is not None and alone is not None
    assert same_territories(made, drawn_plan(BEST)) and same_territories(alone, first)


def test_missed_limits_come_before_distances() -> None:
    """The longer plan is made where the shorter territories miss a band, also from a plan that misses it."""
    load = np.array([[1] * 16, [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]])
    problem = grid_problem("/".join(4 * ["oooo"]), free=4, load=load)
    problem = changed(problem, limits=(limit(problem, 1, 4, 5),))
    longer = drawn_plan("AABB/ABBB/CCDD/CCDD")
    short = drawn_plan(BEST)
    made = pool_of(problem, short, longer).best(short, never)
    assert made is not None and same_territories(made, longer)
    assert standing(judge(problem, made)) < standing(judge(problem, short))


def test_territories_of_reps_with_homes_stay_with_their_reps() -> None:
    """Where reps have homes a good half of each plan is put together rep by rep, with the balance of their loads."""
    problem = grid_problem("Aoo/ooB/oCo/Doo")
    plans = [drawn_plan("AAB/AAB/CCC/DDD"), drawn_plan("AAA/BBB/CCC/DDD"), drawn_plan("AAA/BBB/CDD/CDD")]
    mixed = [Plan(owner) for choice in product(plans, repeat=4) if (owner := put_together(choice)) is not None]
    values = [judge(problem, plan).value for plan in mixed]
    made = pool_of(problem, *plans).best(plans[0], never)
    assert len(mixed) > len(plans)
    assert made is not None
    assert abs(judge(problem, made).value - min(values)) <= 1e-9


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_recombining_never_breaks_a_rule(seed: int) -> None:
    """On any problem what is recombined has every unit, and with the plans around it none is better than the best."""
    problem = wild_problem(np.random.default_rng(seed), 6, 2)
    plans = [Plan(np.array(owner, dtype=np.int32)) for owner in product(range(2), repeat=6)]
    legal = [plan for plan in plans if not judge(problem, plan).broken]
    if not legal or problem.free.any():
        return
    start, best = legal[seed % len(legal)], min(judge(problem, plan).value for plan in legal)
    found = recombine(problem, start, np.zeros(problem.target.shape), seed, 2, never)
    values = [judge(problem, plan).value for plan in found if not judge(problem, plan).broken]
    assert min(values) >= best - 1e-9
    assert min(values) <= judge(problem, start).value + 1e-9


def test_plans_that_break_the_structure_are_not_seen() -> None:
    """Territories in two pieces stay out, and nothing is made for a plan that has them."""
    problem = grid_problem("/".join(4 * ["oooo"]), free=4)
    broken = drawn_plan("AABB/BBAA/CCDD/CCDD")
    pool = pool_of(problem, broken, drawn_plan(BEST))
    made = pool.best(drawn_plan(BEST), never)
    assert pool.best(broken, never) is None
    assert made is not None and same_territories(made, drawn_plan(BEST))


def pool_of(problem: Problem, *plans: Plan) -> Pool:
    """Return what searches that stand at some plans, one pool each, saw together."""
    kind = np.zeros(problem.n_reps, dtype=np.int32) if problem.free.all() else np.arange(problem.n_reps, dtype=np.int32)
    pools = []
    for plan in plans:
        pools.append(Pool(problem, kind))
        pools[-1].see(LocalSearch(problem, plan, np.zeros(problem.target.shape), 1, 0))
    for other in pools[1:]:
        pools[0].take(other)
    return pools[0]


def same_territories(one: Plan, other: Plan) -> bool:
    """Return whether two plans divide the units alike, whoever has which territory."""
    return bool(((one.owner[:, None] == one.owner) == (other.owner[:, None] == other.owner)).all())


def put_together(plans: Sequence[Plan]) -> IntArray | None:
    """Return the owners where each rep has its territory of one of the plans; None where those do not fit together."""
    mine = np.stack([plan.owner == rep for rep, plan in enumerate(plans)])
    return mine.argmax(axis=0).astype(np.int32) if (mine.sum(axis=0) == 1).all() else None
