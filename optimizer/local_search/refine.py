"""Improving a plan place by place: a few territories are annealed, and what they became stays only where it is better.

One long anneal ends in every place as luck has it; tried again and again, each place keeps the best of its ends.
"""

import numpy as np

from optimizer.bound.lagrangian import range_minimum
from optimizer.graph import IntArray
from optimizer.local_search.regions import at_once, centers
from optimizer.local_search.reseat import reseat
from optimizer.local_search.run import Clock, LocalSearch, OnPlan, never, no_clock, no_news
from optimizer.local_search.running import block_owners
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

PLACE_REPS = 20
"""Territories of a place."""
PROPOSALS_PER_UNIT = 8_000
"""In one anneal of a place of mean size."""
HOT, HOTTEST, COLD = 3.0, 10.0, 0.01
"""Temperatures of one, in shares of what one unit has at stake: the first is drawn between two, the last is fixed."""
PROPOSALS_PER_RESPLIT = 20
TINY = 1e-12
"""Chance that keeps their sum above 0."""
ANYWHERE = 0.2
"""Chance of being drawn that a territory has anyhow, in mean distances from the bound."""
AGAIN = 0.5
"""Factor on the chance of a place that was annealed in vain."""
STRICT = 50.0
"""Factor on the prices of missed limits: a hot anneal then ends with a plan that keeps them."""


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
    search.be_strict(STRICT)
    patience = np.ones(problem.n_reps)
    share = PROPOSALS_PER_UNIT * problem.n_units * min(PLACE_REPS / problem.n_reps, 1.0) / max(moves, 1)
    while not search.over(1.0):
        before = search.best_owner
        places = _places(search, patience, workers)
        at_once(search, places, min(search.share + share, 1.0), anneal_place)
        reseat(search)
        search.keep()
        for place in places:
            same = (search.best_owner == before)[np.isin(before, place)].all()
            patience[place] = patience[place] * AGAIN if same else 1.0
    return Plan(search.best_owner.astype(np.int32))


def anneal_place(search: LocalSearch, until: float) -> None:
    """Anneal all of a search from hot to cold, and go back to where it began if that brought nothing."""
    hot = HOT * (HOTTEST / HOT) ** search.rng.random()
    search.cool(until, hot, COLD, dearer=1.0)
    search.polish()
    search.back_to_best()


def _places(search: LocalSearch, patience: FloatArray, count: int) -> list[IntArray]:
    """Draw places without a common territory, each around a rep, those above the bound more often."""
    above = np.maximum(excess(search), 0.0)
    chance = (above + ANYWHERE * above.mean() + TINY) * patience * (search.state.reps["size"] > 0)
    middles = centers(search)
    places: list[IntArray] = []
    free = np.ones(len(chance), dtype=np.bool_)
    while chance.any() and len(places) < max(1, min(count, len(chance) // PLACE_REPS)):
        middle = int(search.rng.choice(len(chance), p=chance / chance.sum()))
        nearness = np.where(free, middles @ middles[middle], -np.inf)
        nearest = np.argsort(-nearness, kind="stable")[:PLACE_REPS]
        place = np.sort(nearest[free[nearest]]).astype(np.int32)
        chance[place], free[place] = 0.0, False
        places.append(place)
    return places


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
