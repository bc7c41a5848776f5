"""Territories that stay outside their limits: each annealed for the misses, with nothing but its surroundings.

A few territories settle in a fraction of the work that a whole map takes, so each in trouble gets tries of its own;
those that fail are repeated with wider surroundings.
"""

import numpy as np

from optimizer.local_search.feasible import reps_in_trouble
from optimizer.local_search.region import activate_around
from optimizer.local_search.run import LocalSearch

HOPS = (2, 2, 3, 2, 2, 3)
"""Steps from territory to territory that belong to the surroundings, try by try."""
PROPOSALS_PER_UNIT = 3_000
HOT_UNITS = 2.0
"""First temperature, in units of mean load missed: more would undo a territory of many units for nothing."""
COLD = 0.001
"""Last temperature, in targets missed."""
STEPS = 30
"""Temperatures from hot to cold."""


def settle_misses(search: LocalSearch, until: float) -> None:
    """Anneal the best plan's misses, around one territory at a time, until the share of the work is done.

    Those that were tried least come first; one that stays outside after all tries is left alone.
    """
    prices = search.price, search.charge
    search.activate_all()
    search.back_to_best()
    search.price_misses()
    tried = np.zeros(search.problem.n_reps, dtype=np.int64)
    while not search.over(until):
        reps = reps_in_trouble(search)
        reps = reps[tried[reps] < len(HOPS)]
        if not len(reps):
            break
        rep = int(search.rng.choice(reps[tried[reps] == tried[reps].min()]))
        activate_around(search.state, rep, HOPS[tried[rep]])
        tried[rep] += 1
        _anneal(search)
        search.keep()
        search.activate_all()
        search.back_to_best()
    search.price, search.charge = prices
    search.set_prices()


def _anneal(search: LocalSearch) -> None:
    proposals = PROPOSALS_PER_UNIT * int(search.state.common["active"][0])
    hot = HOT_UNITS * search.problem.n_reps / search.problem.n_units
    for degree in search.miss_degree * np.geomspace(hot, min(COLD, hot), STEPS):
        search.step(proposals // STEPS + 1, float(degree))
    search.step(proposals // STEPS + 1, 0.0)
