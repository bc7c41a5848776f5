"""Designing territories for reps without a home: compact starts, annealing, and the best of several runs."""

import numpy as np

from optimizer.free.start import free_start
from optimizer.judge.judge import judge
from optimizer.local_search.improve import improve
from optimizer.local_search.run import Clock, OnPlan, never, no_clock, no_news
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop
from optimizer.run import standing

MOVES_A_UNIT = 10_000
"""Least proposals for each unit in a run; more runs follow only where more work is left."""
MOST_RUNS = 8


def design_free(
    problem: Problem,
    *,
    work: int,
    seed: int,
    workers: int = 1,
    stop: Stop = never,
    clock: Clock = no_clock,
    on_progress: OnPlan = no_news,
) -> Plan:
    """Design territories where some or all reps have a free centre.

    Each run draws compact, roughly balanced territories and anneals them, with the exact distances to each
    territory's own center; fixed reps take part with their own costs.

    Parameters
    ----------
    problem : Problem
        With free reps.
    work : int
        Proposals that each worker makes, shared among the runs.
    seed : int
        Same seed and workers, same plan, as long as neither `stop` nor `clock` interferes.
    workers : int
        Threads that search at once.
    stop : callable
        Asked several times a second; true ends the design with the best plan so far.
    clock : callable
        Share of the time that is over, for a design that ends with the time instead of with the work.
    on_progress : callable
        Told every run's start and better plans; a later run's may be worse than an earlier run's.

    Returns
    -------
    Plan
        The best: structural rules first, then missed limits, then value.
    """
    rng = np.random.default_rng(seed)
    runs = min(MOST_RUNS, max(1, work // (MOVES_A_UNIT * problem.n_units)))
    best: list[Plan] = []
    for run in range(runs):
        if best and (stop() or clock() >= (run + 0.5) / runs):
            break
        start = free_start(problem, rng)
        on_progress(start)
        best.append(
            improve(
                problem,
                start,
                np.zeros(problem.target.shape),
                moves=work // runs,
                seed=int(rng.integers(2**31)),
                workers=workers,
                stop=stop,
                clock=_part_of(clock, run, runs),
                on_progress=on_progress,
            )
        )
    return min(best, key=lambda plan: standing(judge(problem, plan)))


def _part_of(clock: Clock, part: int, parts: int) -> Clock:
    """Return the share that is over of one of several equal parts of the time."""
    return lambda: max(0.0, clock() * parts - part)
