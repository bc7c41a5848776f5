"""Improving a plan by simulated annealing over boundary moves, with every hard rule in view."""

from dataclasses import dataclass

import numpy as np

from optimizer.construct.construct import is_whole, repair
from optimizer.local_search.feasible import close_misses
from optimizer.local_search.run import Clock, LocalSearch, OnPlan, never, no_clock, no_news
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

CYCLE = 10_000
"""Least proposals for each unit in a cycle."""
MOST_CYCLES = 8


@dataclass(frozen=True)
class Schedule:
    """Temperatures of a cycle, in shares of what one unit has at stake.

    Attributes
    ----------
    hot : float
        To begin with; doubled in every later cycle until a plan keeps every limit.
    warm : float
        To go on from a plan that keeps every limit.
    cold : float
        To end a cycle with.
    proposals_per_resplit : int
        Shifts and chains proposed for each resplit of two territories.
    """

    hot: float
    warm: float
    cold: float
    proposals_per_resplit: int


FIXED = Schedule(hot=0.3, warm=0.1, cold=0.01, proposals_per_resplit=20)
"""For reps with homes: it starts from a power diagram that is nearly right."""
FREE = Schedule(hot=6.0, warm=1.0, cold=0.03, proposals_per_resplit=10)
"""For free centres, whose territories have their places still to find."""


def improve(
    problem: Problem,
    plan: Plan,
    load_price: FloatArray,
    *,
    moves: int,
    seed: int,
    stop: Stop = never,
    clock: Clock = no_clock,
    on_progress: OnPlan = no_news,
    schedule: Schedule | None = None,
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
        Asked several times a second; true ends the search with the best plan.
    clock : callable
        Share of the time that is over, for a schedule that ends with the time instead of with the moves.
    on_progress : callable
        Told every better plan.
    schedule : Schedule, optional
        Instead of `FREE` where a centre is free and `FIXED` elsewhere.

    Returns
    -------
    Plan
        Never worse than the given one, broken structural rules first, then missed limits, then value.
    """
    schedule = schedule or (FREE if problem.free.any() else FIXED)
    start = plan if is_whole(problem, plan) else repair(problem, plan, load_price)
    search = LocalSearch(problem, start, load_price, moves, seed)
    search.listen(stop, clock, on_progress)
    search.proposals_per_resplit = schedule.proposals_per_resplit
    if search.best[0] > 0 and start is plan:
        search.consider(repair(problem, plan, load_price))
    rng = np.random.default_rng(seed)
    cycles = min(MOST_CYCLES, max(1, moves // (CYCLE * problem.n_units)))
    for cycle in range(cycles):
        misses = search.best[:2] > (0, 0.0)
        if cycle > 0 and not misses:
            search.relax_prices()
        hot = schedule.hot * 2.0**cycle if misses else schedule.warm
        search.cool((cycle + 0.7) / cycles, hot, schedule.cold)
        search.polish()
        close_misses(search, rng, (cycle + 1) / cycles)
    return Plan(search.best_owner.astype(np.int32))
