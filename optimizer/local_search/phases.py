"""The phases of an improvement, each shared among workers: annealing, coming nearest to the limits, closing misses."""

from functools import partial

import numpy as np

from optimizer.costs import OUTSIDE
from optimizer.local_search.feasible import close_misses
from optimizer.local_search.regions import in_regions
from optimizer.local_search.run import DEARER, LocalSearch

ROUNDS = 8
"""Rounds of annealing, each with other regions."""
CLOSING_ROUNDS = 3
"""Rounds of closing missed limits."""
VALUE_OF_NEAREST = 0.005
"""What the value at stake that falls to one rep counts, in targets missed, while only misses should."""
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


def come_nearest(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal the sum of the misses, all priced alike, with the value as no more than a tie-break.

    Prices learned rep by rep make some limits hold at the cost of others that are missed by more.
    """
    miss = search.temperature * search.problem.n_units / search.problem.n_reps / VALUE_OF_NEAREST
    search.price_alike(miss, OUTSIDE)
    degree = miss / search.temperature
    cool_in_regions(search, workers, until, MISS_HOT * degree, MISS_COLD * degree, dearer=1.0)
    search.polish()
    search.charge = 0.0
    search.back_to_best()


def close_in_regions(search: LocalSearch, workers: int, until: float) -> None:
    """Work on the best plan's missed limits until a share of the work is done."""
    search.back_to_best()
    for end in np.linspace(search.share, until, CLOSING_ROUNDS + 1)[1:]:
        if search.best[1] > 0:
            in_regions(search, workers, float(end), close_misses)
            search.keep()
