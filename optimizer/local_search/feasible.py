"""Closing the last missed limits: annealing of small regions with prices that rise where a limit stays missed.

A local augmented Lagrangian: the region around one rep in trouble is annealed and cooled; if fewer limits are missed
the new plan is kept, otherwise the old one comes back and the prices of what is missed there rise.
"""

import numpy as np

from optimizer.local_search.region import activate_around
from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import missed
from optimizer.local_search.state import Ints

PATIENCE = 5
MOST_HOPS = 4
PROPOSALS_PER_UNIT = 400
DEARER = 1.6
HOT, COLD = 0.3, 0.01


def close_misses(search: LocalSearch, until: float) -> None:
    """Work on the best plan's missed limits, one region after the other, until the share of the work is done."""
    search.activate_all()
    search.back_to_best()
    hops, failures = 1, 0
    while search.best[1] > 0 and not search.over(until):
        reps = reps_in_trouble(search)
        if not len(reps):
            break
        rep = int(search.rng.choice(reps))
        activate_around(search.state, rep, int(search.rng.integers(1, hops + 1)))
        _anneal_region(search)
        if search.keep():
            hops, failures = 1, 0
            continue
        failures += 1
        search.adapt_prices(DEARER)
        if failures % PATIENCE == 0:
            search.activate_all()
            search.back_to_best()
            hops = min(MOST_HOPS, hops + 1)
    search.activate_all()
    search.back_to_best()


def reps_in_trouble(search: LocalSearch) -> Ints:
    """Return the reps that miss a limit; where only a budget is missed, those whose units came from others."""
    low, high = missed(search.state)
    reps = np.flatnonzero(((low > 0) | (high > 0)).any(axis=1))
    budgets, units = search.state.budgets, search.state.units[:-1]
    if len(reps) or not (budgets["used"] > budgets["limit"]).any():
        return reps
    return np.unique(units["owner"][(units["current"] >= 0) & (units["owner"] != units["current"])])


def _anneal_region(search: LocalSearch) -> None:
    active = int(search.state.common["active"][0])
    proposals = PROPOSALS_PER_UNIT * active
    steps = 12
    for i in range(steps):
        search.step(proposals // steps + 1, HOT * (COLD / HOT) ** (i / (steps - 1)))
    search.step(proposals // 4 + 1, 0.0)
