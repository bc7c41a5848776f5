"""Territories that stay outside their limits: each annealed for the misses, in a problem made of its surroundings.

A few territories settle in a fraction of the work that a whole map takes, so each in trouble gets tries of its own;
those that fail are repeated with wider surroundings.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.costs import OUTSIDE, balance_reference
from optimizer.graph import IntArray
from optimizer.local_search.feasible import reps_in_trouble
from optimizer.local_search.region import activate_around
from optimizer.local_search.regions import at_once
from optimizer.local_search.run import MISSED_UNIT, LocalSearch
from optimizer.local_search.running import missed
from optimizer.local_search.state import Ints
from optimizer.problem import Problem

HOPS = (3, 3, 4, 3, 3, 4)
"""Steps from territory to territory that belong to the surroundings, try by try."""
MISS_COLD = 0.06
"""Last temperature of annealing misses, in loads of a mean unit."""
STEPS = 30
"""Temperatures from hot to cold."""


@dataclass(frozen=True)
class Stage:
    """How misses are annealed.

    Attributes
    ----------
    charge : float
        What missing a limit counts beyond the miss, in targets.
    curve : float
        By what share a miss of one target makes itself dearer.
    hot : float
        First temperature, in loads of a mean unit.
    proposals_per_unit : int
    """

    charge: float
    curve: float
    hot: float
    proposals_per_unit: int


SPREAD = Stage(charge=0.0, curve=10.0, hot=3.0, proposals_per_unit=6_000)
"""Missing much is far dearer than missing little, so that a surplus flows from neighbour to neighbour."""
GATHER = Stage(charge=OUTSIDE, curve=0.0, hot=0.6, proposals_per_unit=3_000)
"""What nobody can take ends in few territories. Hotter, it would not stay where it has flowed to."""
LUMPY_GATHER = replace(GATHER, hot=2.0)
"""The same where a territory has few units: which of them go together decides, and a surplus hardly flows."""
FINE = 30
"""Units of a mean territory from which on it does flow; 21 are too few, 66 are not."""


def settle_misses(search: LocalSearch, workers: int, until: float, part: float = 1.0) -> None:
    """Anneal the best plan's misses, around some of its territories at a time, until the share of the work is done.

    Those that were tried least come first, of these the ones that miss most; one that stays outside after all tries is
    left alone. A try makes a part of a stage's proposals.
    """
    tried = np.zeros(search.problem.n_reps, dtype=np.int64)
    task = partial(settle, stages=(SPREAD, GATHER if is_fine(search.problem) else LUMPY_GATHER), part=part)
    search.activate_all()
    search.back_to_best()
    while not search.over(until):
        zones = _zones(search, workers, tried)
        if not zones:
            break
        at_once(search, zones, until, task)
        search.keep()
        search.back_to_best()


def is_fine(problem: Problem) -> bool:
    """Return whether units are so small beside a territory that a surplus flows from neighbour to neighbour."""
    return problem.n_units >= FINE * problem.n_reps


def settle(search: LocalSearch, until: float, stages: tuple[Stage, ...], part: float) -> None:
    """Anneal the misses of all territories, once; the plan is never worse afterwards."""
    prices = search.price, search.charge, search.curve
    n_units = search.problem.n_units
    whole = n_units * sum(stage.proposals_per_unit for stage in stages)
    share = min(part, search.moves_of(until - search.share) / whole)
    for stage in stages:
        search.price_misses(stage.charge, stage.curve)
        proposals = int(share * stage.proposals_per_unit * n_units) // STEPS + 1
        for degree in MISSED_UNIT * np.geomspace(stage.hot, MISS_COLD, STEPS):
            if search.over(until):
                break
            search.step(proposals, float(degree))
    search.step(proposals, 0.0)
    search.keep()
    search.back_to_best()
    search.price, search.charge, search.curve = prices
    search.set_prices()


def _zones(search: LocalSearch, workers: int, tried: Ints) -> list[IntArray]:
    """Return surroundings without a common territory, as many as there are workers at most, and count the tries."""
    reps = reps_in_trouble(search)
    reps = reps[tried[reps] < len(HOPS)]
    miss = (np.add(*missed(search.state)) / balance_reference(search.problem).T).sum(axis=1)
    taken, zones = np.zeros(search.problem.n_reps, dtype=np.bool_), list[IntArray]()
    for rep in reps[np.lexsort((-miss[reps], tried[reps]))].tolist():
        zone = _zone(search, rep, HOPS[tried[rep]])
        if not taken[zone].any():
            taken[zone] = True
            zones.append(zone)
            tried[rep] += 1
        if len(zones) == workers:
            break
    search.activate_all()
    return zones


def _zone(search: LocalSearch, rep: int, hops: int) -> IntArray:
    """Return the territories within some steps of a rep's, ascending; all where it has no neighbours."""
    count = activate_around(search.state, rep, hops)
    near = search.state.reps["queue"][:count] if count > 1 else np.arange(search.problem.n_reps)
    return np.sort(near).astype(np.int32)
