"""The phases of an improvement, each shared among workers: annealing, coming nearest to the limits, closing misses."""

from functools import partial

import numpy as np

from optimizer.local_search.around import settle_misses
from optimizer.local_search.feasible import close_misses
from optimizer.local_search.regions import Task, in_regions
from optimizer.local_search.reseat import reseat
from optimizer.local_search.run import DEARER, LocalSearch

ROUNDS = 8
"""Rounds of annealing, each with other regions."""
CLOSING_ROUNDS = 3
"""Rounds of closing missed limits, and of settling them."""
MISS_HOT, MISS_COLD = 0.4, 0.003
"""Temperatures of that, in targets missed."""


def cool_in_regions(
    search: LocalSearch, workers: int, until: float, hot: float, cold: float, dearer: float = DEARER
) -> None:
    """Anneal from `hot` to `cold` until a share of the work is done; misses grow dearer on the way."""
    shares = np.linspace(search.share, until, ROUNDS + 1)[1:]
    degrees = np.geomspace(hot, cold, ROUNDS + 1)
    for end, warmer, colder in zip(shares, degrees[:-1], degrees[1:], strict=True):
        task = partial(LocalSearch.cool, hot=float(warmer), cold=float(colder), dearer=dearer)
        in_regions(search, workers, float(end), task)
        reseat(search)


def come_nearest(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal the sum of the misses, all priced alike, with the value as no more than a tie-break.

    Prices learned rep by rep make some limits hold at the cost of others that are missed by more.
    """
    search.price_misses()
    degree = search.miss_degree
    cool_in_regions(search, workers, until, MISS_HOT * degree, MISS_COLD * degree, dearer=1.0)
    search.polish()
    search.charge = 0.0
    search.back_to_best()


def close_in_regions(search: LocalSearch, workers: int, until: float) -> None:
    """Work on the best plan's missed limits until a share of the work is done, at prices learned rep by rep."""
    _mend_in_regions(search, workers, until, close_misses)


def settle_in_regions(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal the surroundings of what the best plan misses, each by itself, until a share of the work is done."""
    _mend_in_regions(search, workers, until, settle_misses)


def _mend_in_regions(search: LocalSearch, workers: int, until: float, task: Task) -> None:
    search.back_to_best()
    for end in np.linspace(search.share, until, CLOSING_ROUNDS + 1)[1:]:
        if search.best[1] > 0:
            in_regions(search, workers, float(end), task)
            search.keep()
    search.back_to_best()
    if reseat(search):
        search.keep()
