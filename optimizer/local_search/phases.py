"""The phases of an improvement, each shared among workers: annealing, coming nearest to the limits, closing misses."""

from functools import partial

import numpy as np

from optimizer.local_search.around import GATHER, MISS_COLD, SPREAD, is_fine, settle_misses
from optimizer.local_search.feasible import close_misses
from optimizer.local_search.regions import in_regions
from optimizer.local_search.reseat import reseat
from optimizer.local_search.run import DEARER, MISSED_UNIT, LocalSearch

ROUNDS = 8
"""Rounds of annealing, each with other regions, unless told."""
CLOSING_ROUNDS = 3
"""Rounds of closing missed limits."""
MAP_HOT = 8.0
"""First temperature of annealing the misses of a whole map, in loads of a mean unit."""


def cool_in_regions(
    search: LocalSearch,
    workers: int,
    until: float,
    hot: float,
    cold: float,
    dearer: float = DEARER,
    rounds: int = ROUNDS,
) -> None:
    """Anneal from `hot` to `cold` until a share of the work is done; misses grow dearer on the way."""
    shares = np.linspace(search.share, until, rounds + 1)[1:]
    degrees = np.geomspace(hot, cold, rounds + 1)
    for end, warmer, colder in zip(shares, degrees[:-1], degrees[1:], strict=True):
        task = partial(LocalSearch.cool, hot=float(warmer), cold=float(colder), dearer=dearer)
        in_regions(search, workers, float(end), task)
        reseat(search)


def come_nearest(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal the misses, all priced alike, with the value as no more than a tie-break.

    Prices learned rep by rep make some limits hold at the cost of others that are missed by more.
    Where units are small beside a territory misses are spread as they never are in a plan that is to be kept, so that
    they come to whoever can take them.
    """
    stage = SPREAD if is_fine(search.problem) else GATHER
    search.price_misses(stage.charge, stage.curve)
    cool_in_regions(search, workers, until, MAP_HOT * MISSED_UNIT, MISS_COLD * MISSED_UNIT, dearer=1.0)
    search.price_misses(GATHER.charge, GATHER.curve)
    search.polish()
    search.charge = search.curve = 0.0
    search.back_to_best()


def close_in_regions(search: LocalSearch, workers: int, until: float) -> None:
    """Work on the best plan's missed limits until a share of the work is done, at prices learned rep by rep."""
    search.back_to_best()
    for end in np.linspace(search.share, until, CLOSING_ROUNDS + 1)[1:]:
        if search.best[1] > 0:
            in_regions(search, workers, float(end), close_misses)
            search.keep()
    search.back_to_best()
    _reseat_best(search)


def settle_around(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal the surroundings of what the best plan misses, each by itself, until a share of the work is done."""
    settle_misses(search, workers, until)
    _reseat_best(search)


def _reseat_best(search: LocalSearch) -> None:
    if reseat(search):
        search.keep()
