"""Improving a plan by simulated annealing over boundary moves, with every hard rule in view."""

import numpy as np

from optimizer.construct import is_whole, repair
from optimizer.local_search_feasible import close_misses
from optimizer.local_search_run import Clock, LocalSearch, OnPlan
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

HOT, WARM, COLD = 0.3, 0.1, 0.01
"""Temperatures, in shares of what one unit has at stake."""
CYCLE = 4000
"""Proposals for each unit in a later cycle."""


def improve(
    problem: Problem,
    plan: Plan,
    load_price: FloatArray,
    *,
    moves: int,
    seed: int,
    stop: Stop = lambda: False,
    clock: Clock = lambda: 0.0,
    on_progress: OnPlan = lambda plan: None,
) -> Plan:
    """Improve a plan: first the structural rules, then missed limits, then the value.

    Cycles of annealing, closing of missed limits and descent; the first begins hot, the later ones warm with the
    prices learned so far.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Any plan; units without a rep and broken groups are repaired first.
    load_price : (n_measures, n_reps) float64
        From `find_prices`: how dear missing a limit must be.
    moves : int
        Proposals to make.
    seed : int
        Same seed, same plan, as long as neither `stop` nor `clock` interferes.
    stop : callable
        Asked at least ten times a second; true ends the search with the best plan.
    clock : callable
        Share of the time that is over, for a schedule that ends with the time instead of with the moves.
    on_progress : callable
        Told every better plan.

    Returns
    -------
    Plan
        Never worse than the given one, broken structural rules first, then missed limits, then value.
    """
    start = plan if is_whole(problem, plan) else repair(problem, plan, load_price)
    search = LocalSearch(problem, start, load_price, moves, seed, stop, clock, on_progress)
    if search.best[0] > 0 and start is plan:
        search.consider(repair(problem, plan, load_price))
    rng = np.random.default_rng(seed)
    search.cool(0.4, HOT, COLD)
    search.polish()
    close_misses(search, rng, 0.6)
    cycle = min(0.2, CYCLE * problem.n_units / max(moves, 1))
    while not search.over(1.0 - cycle / 2):
        share = search.share
        search.cool(share + 0.7 * cycle, WARM, COLD)
        search.polish()
        close_misses(search, rng, share + cycle)
    return Plan(search.best_owner.astype(np.int32))
