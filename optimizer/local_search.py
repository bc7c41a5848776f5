"""Improving a plan by simulated annealing over boundary moves, with every hard rule in view."""

import numpy as np

from optimizer.construct import is_whole, repair
from optimizer.local_search_feasible import close_misses
from optimizer.local_search_run import Clock, LocalSearch, OnPlan
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

HOT, WARM, COLD = 1.0, 0.3, 0.01
"""Temperatures, in shares of what one unit has at stake: to begin with, to go on from a good plan, and to end."""
CYCLE = 5000
"""Least proposals for each unit in a cycle."""
MOST_CYCLES = 8


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

    Cycles of annealing, descent and closing of missed limits. A cycle begins hot until a plan keeps every limit, and
    warm from then on; the prices of missed limits are learned from cycle to cycle.

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
    cycles = min(MOST_CYCLES, max(1, moves // (CYCLE * problem.n_units)))
    for cycle in range(cycles):
        hot = HOT if search.best[:2] > (0, 0.0) else WARM
        search.cool((cycle + 0.7) / cycles, hot, COLD)
        search.polish()
        close_misses(search, rng, (cycle + 1) / cycles)
    return Plan(search.best_owner.astype(np.int32))
