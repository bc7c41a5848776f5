"""Designing territories for reps without a home: compact starts, annealing, and the best of several runs."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from optimizer.free.fine import anneal_fine
from optimizer.free.relocate import Tries, relocatable, relocate
from optimizer.free.start import free_start
from optimizer.judge.judge import judge
from optimizer.local_search.around import is_fine
from optimizer.local_search.improve import FREE, Schedule, improve
from optimizer.local_search.pool import Pool
from optimizer.local_search.regions import LEAST_REPS
from optimizer.local_search.run import Clock, OnPlan, OnStep, never, no_clock, no_news, unseen
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop
from optimizer.run import standing
from optimizer.threads import in_order

MOVES_A_UNIT = 15_000
"""Least proposals for each unit in a search; more rounds follow only where more work is left."""
MOST_ROUNDS = 8
RECOMBINING = 0.35
"""Share of the work for searches from the best plan, whose territories are recombined."""
RECOMBINED = 2
"""Rounds of that."""
WARM = replace(FREE, hot=2.0, warm=2.0)
"""Those searches: what they come by must still fit together."""
MOVING = 0.5
"""Share of the work for moving whole territories, where annealing has enough without it."""
ENOUGH_A_UNIT = 10_000
"""Proposals of all workers for each unit from which on that is so."""
CHEAP = replace(FREE, strict=0.1)
"""Annealing before territories are moved: prices that let a few limits be missed leave shorter plans."""


@dataclass(frozen=True)
class Effort:
    """What a design may spend.

    Attributes
    ----------
    work : int
        Proposals that each worker makes, shared among the rounds.
    workers : int
        Threads that search at once.
    clock : callable
        Share of the time that is over, for a design that ends with the time instead of with the work.
    """

    work: int
    workers: int = 1
    clock: Clock = no_clock


@dataclass(frozen=True)
class _Run:
    """One search: its first plan, its seed, who looks at its steps, and how hot it is."""

    start: Plan
    seed: int
    on_step: OnStep = unseen
    schedule: Schedule = FREE


def design_free(problem: Problem, effort: Effort, seed: int, stop: Stop = never, on_progress: OnPlan = no_news) -> Plan:
    """Design territories where some or all reps have a free centre.

    Each search draws compact, roughly balanced territories and anneals them, with the exact distances to each
    territory's own center; fixed reps take part with their own costs. Many territories are shared among the
    workers; where they are few every worker makes searches of its own, a round at a time.

    Parameters
    ----------
    problem : Problem
        With free reps.
    effort : Effort
    seed : int
        Same seed and effort, same plan, as long as neither `stop` nor the clock interferes.
    stop : callable
        Asked several times a second; true ends the design with the best plan so far.
    on_progress : callable
        Told every search's better plans; a later search's may be worse than an earlier one's.

    Returns
    -------
    Plan
        The best: structural rules first, then missed limits, then value.
    """
    rng = np.random.default_rng(seed)
    if problem.n_reps >= 2 * LEAST_REPS or is_fine(problem) or not relocatable(problem):
        return _best_of(problem, _rounds(problem, effort, rng, stop, on_progress))
    first, rest = _part(effort, 0.0, 1.0 - RECOMBINING), _part(effort, 1.0 - RECOMBINING, 1.0)
    plan = _best_of(problem, _rounds(problem, first, rng, stop, on_progress))
    for nth in range(RECOMBINED):
        part = _part(rest, nth / RECOMBINED, (nth + 1) / RECOMBINED)
        if stop() or part.clock() >= 1.0:
            break
        plan = _recombined(problem, plan, part, rng, stop)
        on_progress(plan)
    return plan


def _best_of(problem: Problem, plans: list[Plan]) -> Plan:
    return min(plans, key=lambda plan: standing(judge(problem, plan)))


def _rounds(problem: Problem, effort: Effort, rng: np.random.Generator, stop: Stop, on_progress: OnPlan) -> list[Plan]:
    """Search from new starts while work or time is left."""
    rounds = min(MOST_ROUNDS, max(1, effort.work // (MOVES_A_UNIT * problem.n_units)))
    plans: list[Plan] = []
    for nth in range(rounds):
        part = _part(effort, nth / rounds, (nth + 1) / rounds)
        if plans and (stop() or part.clock() >= 0.5):
            break
        plans.extend(_round(problem, part, rng, stop, on_progress))
    return plans


def _recombined(problem: Problem, plan: Plan, effort: Effort, rng: np.random.Generator, stop: Stop) -> Plan:
    """Search from a plan once for each worker, and make the best plan of all territories seen on the way."""
    alike = np.zeros(problem.n_reps, dtype=np.int32)
    pools = [Pool(problem, alike) for _ in range(effort.workers)]
    runs = [_Run(plan, int(rng.integers(2**31)), pool.see, WARM) for pool in pools]
    best = _best_of(problem, [plan, *_improved_at_once(problem, runs, effort, stop, no_news)])
    for other in pools[1:]:
        pools[0].take(other)
    made = None if stop() else pools[0].best(plan, stop)
    return best if made is None else _best_of(problem, [best, made])


def _round(problem: Problem, effort: Effort, rng: np.random.Generator, stop: Stop, on_progress: OnPlan) -> list[Plan]:
    """Make one search that the workers share, or one for each of them."""
    at_once = 1 if problem.n_reps >= 2 * LEAST_REPS else effort.workers
    runs = [_Run(free_start(problem, rng), int(rng.integers(2**31))) for _ in range(at_once)]
    on_progress(runs[0].start)
    if at_once == 1:
        return [_relocated(problem, runs[0], effort, stop, on_progress)]
    return _improved_at_once(problem, runs, effort, stop, on_progress)


def _relocated(problem: Problem, run: _Run, effort: Effort, stop: Stop, on_progress: OnPlan) -> Plan:
    """Anneal a map of many territories, then move whole ones where all are alike."""
    moves = effort.work * effort.workers
    if moves < ENOUGH_A_UNIT * problem.n_units or not relocatable(problem):
        if is_fine(problem):
            spent = effort.work, run.seed, effort.workers, stop, effort.clock
            return anneal_fine(problem, run.start, *spent, on_progress)
        return _improved(problem, run, effort, stop, on_progress)
    first = _part(effort, 0.0, 1.0 - MOVING)
    plan = _improved(problem, replace(run, schedule=CHEAP), first, stop, on_progress)
    tries = Tries(round(MOVING * moves), effort.workers, run.seed)
    return relocate(problem, plan, tries, lambda: stop() or effort.clock() >= 1.0, on_progress)


def _improved(problem: Problem, run: _Run, effort: Effort, stop: Stop, on_progress: OnPlan) -> Plan:
    return improve(
        problem,
        run.start,
        np.zeros(problem.target.shape),
        moves=effort.work,
        seed=run.seed,
        workers=effort.workers,
        stop=stop,
        clock=effort.clock,
        on_progress=on_progress,
        on_step=run.on_step,
        schedule=run.schedule,
    )


def _improved_at_once(
    problem: Problem, runs: list[_Run], effort: Effort, stop: Stop, on_progress: OnPlan
) -> list[Plan]:
    """Make all searches at once, each in one thread; asks and tells in the caller's thread only."""
    halted, alone, plans = Event(), replace(effort, workers=1), []
    with ThreadPoolExecutor(len(runs)) as pool:
        jobs = [pool.submit(_improved, problem, run, alone, halted.is_set, no_news) for run in runs]
        with closing(in_order(jobs, stop, halted)) as found:
            for plan in found:
                plans.append(plan)
                on_progress(plan)
    return plans


def _part(effort: Effort, begin: float, end: float) -> Effort:
    """Return the part of an effort between two shares of it."""

    def clock() -> float:
        return max(0.0, (effort.clock() - begin) / (end - begin))

    return replace(effort, work=round((end - begin) * effort.work), clock=clock)
