"""Improving a plan by simulated annealing over boundary moves, with every hard rule in view."""

from dataclasses import dataclass

import numpy as np

from optimizer.construct.construct import is_whole, repair
from optimizer.local_search.phases import ROUNDS, close_in_regions, come_nearest, cool_in_regions, settle_around
from optimizer.local_search.run import DEARER, Clock, LocalSearch, OnPlan, OnStep, never, no_clock, no_news, unseen
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop

MOST_CYCLES = 8
COOLING = 0.7
"""Share of a cycle for annealing; the rest is for closing missed limits."""
HOPELESS = 0.002
"""Misses as plans are compared by, in targets a rep, from which on they are annealed themselves."""
WHOLE_MAP = 0.6
"""Share of the work on them for that; the rest is for the surroundings of those that remain."""
LAST = 1.0 / MOST_CYCLES
"""Share of the work that is left for the value after that."""


@dataclass(frozen=True)
class Schedule:
    """Temperatures of a cycle, in shares of what one unit has at stake.

    Attributes
    ----------
    hot : float
        To begin with.
    warm : float
        To go on with.
    cold : float
        To end a cycle with.
    cycle : int
        Least proposals for each unit in a cycle.
    fewest_cycles : int
        Cycles of even the shortest search.
    proposals_per_resplit : int
        Shifts and chains proposed for each resplit of two territories.
    strict : float
        Factor on the prices of missed limits. Misses that are left for the end are closed by dear detours; where their
        prices are high from the start, a hot search finds the ways round them.
    dearer : float
        Factor on the price of a limit that is still missed after a step of annealing.
    rounds : int
        Divisions of the map into regions of the workers, one after the other, in a cycle.
    """

    hot: float
    warm: float
    cold: float
    cycle: int
    fewest_cycles: int
    proposals_per_resplit: int
    strict: float = 1.0
    dearer: float = DEARER
    rounds: int = ROUNDS


FIXED = Schedule(hot=0.3, warm=0.1, cold=0.01, cycle=5_000, fewest_cycles=4, proposals_per_resplit=20)
"""For reps with homes: it starts from a power diagram that is nearly right."""
THOROUGH = Schedule(
    hot=10.0,
    warm=3.0,
    cold=0.01,
    cycle=10_000,
    fewest_cycles=4,
    proposals_per_resplit=20,
    strict=50.0,
    dearer=1.0,
    rounds=24,
)
"""The same where there is work for thousands of proposals a unit."""
FREE = Schedule(hot=6.0, warm=1.0, cold=0.03, cycle=10_000, fewest_cycles=1, proposals_per_resplit=10)
"""For free centres, whose territories have their places still to find."""


def improve(
    problem: Problem,
    plan: Plan,
    load_price: FloatArray,
    *,
    moves: int,
    seed: int,
    workers: int = 1,
    stop: Stop = never,
    clock: Clock = no_clock,
    on_progress: OnPlan = no_news,
    on_step: OnStep = unseen,
    schedule: Schedule | None = None,
    enough: float = 1.0,
) -> Plan:
    """Improve a plan: first the structural rules, then missed limits, then the value.

    Cycles of annealing, descent and closing of missed limits. The prices of missed limits are learned from cycle to
    cycle; where they don't do, the misses themselves are annealed: all at once, then each with its surroundings.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        Any plan; units without a rep and broken groups are repaired first.
    load_price : (n_measures, n_reps) float64
        From `find_prices`: how dear missing a limit must be.
    moves : int
        Proposals that each worker makes.
    seed : int
        Same seed and workers, same plan, as long as neither `stop` nor `clock` interferes.
    workers : int
        Threads that search at once, each in a region of its own.
    stop : callable
        Asked several times a second; true ends the search with the best plan.
    clock : callable
        Share of the time that is over, for a schedule that ends with the time instead of with the moves.
    on_progress : callable
        Told every better plan.
    on_step : callable
        Called before the first and after every step of annealing, where the workers share no regions.
    schedule : Schedule, optional
        Instead of `FREE` where a centre is free and `FIXED` elsewhere.
    enough : float
        Share of the work after which no cycle begins where a plan keeps every limit.

    Returns
    -------
    Plan
        Never worse than the given one, broken structural rules first, then missed limits, then value.
    """
    schedule = schedule or (FREE if problem.free.any() else FIXED)
    search = _begin(problem, plan, load_price, moves, seed)
    search.listen(stop, clock, on_progress)
    search.on_step = on_step
    on_step(search)
    _in_cycles(search, workers, schedule, moves // (schedule.cycle * problem.n_units), enough)
    return Plan(search.best_owner.astype(np.int32))


def _begin(problem: Problem, plan: Plan, load_price: FloatArray, moves: int, seed: int) -> LocalSearch:
    """Return a search that starts from a plan, or from what repairing it makes better of it."""
    if not is_whole(problem, plan):
        return LocalSearch(problem, repair(problem, plan, load_price), load_price, moves, seed)
    search = LocalSearch(problem, plan, load_price, moves, seed)
    if search.best[0] > 0:
        search.consider(repair(problem, plan, load_price))
    return search


def _in_cycles(search: LocalSearch, workers: int, schedule: Schedule, wanted: int, enough: float) -> None:
    """Go for the value in so many cycles, after the first one for the misses that it left."""
    search.proposals_per_resplit = schedule.proposals_per_resplit
    search.be_strict(schedule.strict)
    cycles = min(MOST_CYCLES, max(schedule.fewest_cycles, wanted))
    _go_for_value(search, workers, schedule.hot if search.best[:2] > (0, 0.0) else schedule.warm, schedule, 1 / cycles)
    ends = [(cycle + 1) / cycles for cycle in range(1, cycles)]
    if cycles > 1 and 0 < search.best[1] <= HOPELESS * search.problem.n_reps:
        # A few misses often close in the next cycle; mending them by themselves costs value.
        _go_for_value(search, workers, schedule.warm, schedule, ends.pop(0))
    if cycles > 1 and search.best[1] > 0:
        _mend(search, workers, 1.0 - LAST)
        ends = [end for end in ends if end > search.share] if search.best[1] <= 0 else [1.0]
    for end in ends:
        if search.best[:2] <= (0, 0.0):
            if search.share >= enough:
                break
            search.relax_prices()
        _go_for_value(search, workers, schedule.warm, schedule, end)


def _mend(search: LocalSearch, workers: int, until: float) -> None:
    """Anneal misses until a share of the work is done: all of the map where many remain, then those that do."""
    if search.best[1] > HOPELESS * search.problem.n_reps:
        come_nearest(search, workers, search.share + WHOLE_MAP * (until - search.share))
    settle_around(search, workers, until)


def _go_for_value(search: LocalSearch, workers: int, hot: float, schedule: Schedule, until: float) -> None:
    """Anneal, descend and close what limits are missed."""
    cooled = search.share + COOLING * (until - search.share)
    cool_in_regions(search, workers, cooled, hot, schedule.cold, schedule.dearer, schedule.rounds)
    search.polish()
    close_in_regions(search, workers, until)
