"""Improving a plan place by place: a few territories are annealed, and what they became stays only where it is better.

One long anneal ends in every place as luck has it; tried again and again, each place keeps the best of its ends.
"""

import numpy as np

from optimizer.bound.lagrangian import range_minimum
from optimizer.local_search.region import activate_around
from optimizer.local_search.regions import in_regions
from optimizer.local_search.reseat import reseat
from optimizer.local_search.run import Clock, LocalSearch, OnPlan, never, no_clock, no_news
from optimizer.local_search.running import block_owners
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

MOST_HOPS = 2
"""Farthest territories of a place from the one in its middle."""
PROPOSALS_PER_UNIT = 300
"""In one anneal of a place."""
STEPS = 12
"""Temperatures of one."""
HOT, COLD = 0.1, 0.01
"""Highest and lowest of them, in shares of what one unit has at stake."""
PROPOSALS_PER_RESPLIT = 20
TINY = 1e-12
"""Chance that keeps their sum above 0."""
STRICT = 50.0
"""Factor on the prices of missed limits: a plan that keeps them is not to be left for a cheaper one that doesn't."""
ROUND = 5_000
"""Least proposals for each unit until workers have other regions, and reps may change seats."""


def refine(
    problem: Problem,
    plan: Plan,
    load_price: FloatArray,
    *,
    moves: int,
    seed: int,
    workers: int = 1,
    stop: Stop = never,
    clock: Clock = no_clock,
    on_progress: OnPlan = no_news,
) -> Plan:
    """Improve a plan in one place after the other; never worse than the given one.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Whole: every unit has a rep.
    load_price : (n_measures, n_reps) float64
        From `find_prices`.
    moves : int
        Proposals that each worker makes.
    seed, workers, stop, clock, on_progress
        As for `improve`.
    """
    search = LocalSearch(problem, plan, load_price, moves, seed)
    search.listen(stop, clock, on_progress)
    search.proposals_per_resplit = PROPOSALS_PER_RESPLIT
    search.price *= STRICT
    search.set_prices()
    rounds = max(1, moves // (ROUND * problem.n_units))
    for end in np.arange(1, rounds + 1) / rounds:
        in_regions(search, workers, float(end), refine_places)
        search.keep()
        if reseat(search):
            search.keep()
    return Plan(search.best_owner.astype(np.int32))


def refine_places(search: LocalSearch, until: float) -> None:
    """Anneal around one rep of the best plan after the other until a share of the work is done.

    Those whose territories cost more than the prices promise come more often.
    """
    chance = np.sqrt(np.maximum(excess(search), 0.0))
    chance = chance + chance.mean() + TINY
    while not search.over(until):
        rep = int(search.rng.choice(len(chance), p=chance / chance.sum()))
        activate_around(search.state, rep, int(search.rng.integers(1, MOST_HOPS + 1)))
        proposals = PROPOSALS_PER_UNIT * int(search.state.common["active"][0])
        for degree in np.geomspace(HOT, COLD, STEPS):
            search.step(proposals // STEPS + 1, float(degree))
        search.step(proposals // 4 + 1, 0.0)
        kept = search.keep()
        # Chains and resplits reach beyond the active units.
        search.activate_all()
        if not kept:
            search.back_to_best()


def excess(search: LocalSearch) -> FloatArray:
    """Return by how much each territory costs more than the prices of loads promise, (n_reps,) float64.

    In sum that is the distance of the plan from the bound by these prices.
    """
    state, price = search.state, search.load_price.T
    owners = block_owners(state)
    reduced = state.cost + state.block_load @ search.load_price
    units = reduced[np.arange(len(owners)), owners] - reduced.min(axis=1)
    limits = state.limits
    away = np.maximum(np.abs(limits["load"] - limits["target"]) - limits["aim"], 0.0)
    loads = limits["slope"] * away - price * limits["load"] - range_minimum(search.problem, search.load_price).T
    return np.asarray(np.bincount(owners, units, len(limits)) + loads.sum(axis=1))
