"""Annealing a map of many free territories whose units are small, where there is little work for each unit.

Limits that are dear from the beginning leave the first borders where they are, as every way to shorter ones misses a
limit for a while. Where one measure is banded, limits are cheap at first, and what is missed then closes at nearly no
cost. Two measures pull at each other: what is missed there stays missed, so they are dear from the beginning, and what
is missed all the same is annealed by itself.
"""

import numpy as np

from optimizer.local_search.around import settle_misses
from optimizer.local_search.improve import FREE
from optimizer.local_search.phases import close_in_regions, cool_in_regions
from optimizer.local_search.run import Clock, LocalSearch, OnPlan
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop

CHEAP = 0.1
"""Factor on the prices of missed limits at first, where one measure is banded."""
FIRST = 0.55
"""Share of the work after the first anneal; the descent after it takes up to a tenth."""
WARM, SECOND = 0.5, 0.8
"""First temperature of the second anneal, in shares of what one unit has at stake, and share of the work after it."""
DEAR = 0.5
"""Share of the work after the only anneal, where two measures are banded."""
CLOSED = 0.65
"""Share after closing what that misses."""
LAST = 0.97
"""Share of the work after annealing missed limits by themselves."""
TRY = 0.3
"""Share of the proposals of a whole try that the surroundings of a missed limit get at a time."""


def anneal_fine(
    problem: Problem, start: Plan, moves: int, seed: int, workers: int, stop: Stop, clock: Clock, on_progress: OnPlan
) -> Plan:
    """Improve a plan of free territories; never worse than the given one.

    Parameters
    ----------
    problem, start, moves, seed, workers, stop, clock, on_progress
        As for `improve`; the plan is whole.
    """
    search = LocalSearch(problem, start, np.zeros(problem.target.shape), moves, seed)
    search.listen(stop, clock, on_progress)
    search.proposals_per_resplit = FREE.proposals_per_resplit
    if len({limit.measure for limit in problem.limits}) < 2:
        _cheap_then_dear(search, workers)
    else:
        _dear(search, workers)
    settle_misses(search, workers, LAST, TRY)
    close_in_regions(search, workers, 1.0)
    return Plan(search.best_owner.astype(np.int32))


def _cheap_then_dear(search: LocalSearch, workers: int) -> None:
    search.be_strict(CHEAP)
    cool_in_regions(search, workers, FIRST, FREE.hot, FREE.cold)
    search.polish()
    search.be_strict(1.0 / CHEAP)
    cool_in_regions(search, workers, SECOND, WARM, FREE.cold)
    search.polish()


def _dear(search: LocalSearch, workers: int) -> None:
    cool_in_regions(search, workers, DEAR, FREE.hot, FREE.cold)
    search.polish()
    close_in_regions(search, workers, CLOSED)
