"""Designing territories for reps without a home: compact starts, annealing, and the best of several runs."""

import numpy as np

from optimizer.free_start import free_start
from optimizer.local_search_feasible import close_misses
from optimizer.local_search_run import Clock, LocalSearch, OnPlan
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop

HOT, WARM, COLD = 1.0, 0.2, 0.01
"""Temperatures, in shares of what one unit has at stake."""
SPLIT=0.7


def design_free(
    problem: Problem,
    *,
    work: int,
    seed: int,
    stop: Stop = lambda: False,
    clock: Clock = lambda: 0.0,
    on_progress: OnPlan = lambda plan: None,
) -> Plan:
    """x."""
    rng = np.random.default_rng(seed)
    start = free_start(problem, rng)
    on_progress(start)
    search = LocalSearch(problem, start, np.zeros(problem.target.shape), work, seed, stop, clock, on_progress)
    search.cool(SPLIT, HOT, COLD)
    search.polish()
    close_misses(search, rng, 1.0)
    return Plan(search.best_owner.astype(np.int32))
