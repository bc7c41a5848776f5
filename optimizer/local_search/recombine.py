"""Searching on from the best plan of a small problem, and recombining all territories that this comes by."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import numpy as np

from optimizer.local_search.improve import improve
from optimizer.local_search.pool import Pool
from optimizer.local_search.restarts import BOLD, MOVES_A_UNIT
from optimizer.plan import Plan
from optimizer.problem import FloatArray, Problem
from optimizer.result import Stop
from optimizer.run import Run
from optimizer.threads import in_order

PHASE = "recombine"
SEARCHES = 4
"""Searches whose territories are put together at a time."""


def recombine_best(run: Run, load_price: FloatArray, rng: np.random.Generator, rounds: int, seconds: float) -> None:
    """Recombine territories around the best plan of a run, while that keeps every limit and each round helps.

    Parameters
    ----------
    run : Run
    load_price : (n_measures, n_reps) float64
        From `find_prices`.
    rng : numpy Generator
        For the seeds of the searches.
    rounds : int
        Most of them.
    seconds : float
        Most time, where a clock decides.
    """
    late = run.until(seconds)

    def stop() -> bool:
        run.tick(PHASE)
        return late()

    for _ in range(rounds):
        before, seed = run.plan, int(rng.integers(2**31))
        if before is None or not run.feasible or stop():
            return
        for plan in recombine(run.problem, before, load_price, seed, run.options.workers, stop):
            run.offer(plan, PHASE)
        if run.plan is before:
            return


def recombine(problem: Problem, plan: Plan, load_price: FloatArray, seed: int, workers: int, stop: Stop) -> list[Plan]:
    """Return what searches from a plan found, and last the best plan made of all their territories, if there is one.

    Parameters
    ----------
    problem : Problem
        With travel costs of every rep.
    plan : Plan
        It keeps every hard rule.
    load_price : (n_measures, n_reps) float64
        From `find_prices`.
    seed : int
        Of the searches.
    workers : int
        Searches at once; they change nothing but the time.
    stop : callable
        Asked several times a second in the caller's thread.
    """
    kind, halted = np.arange(problem.n_reps, dtype=np.int32), Event()
    pools = [Pool(problem, kind) for _ in range(SEARCHES)]
    moves = MOVES_A_UNIT * problem.n_units

    def search(nth: int) -> Plan:
        own = seed + nth
        look, halt = pools[nth].see, halted.is_set
        return improve(problem, plan, load_price, moves=moves, seed=own, stop=halt, on_step=look, schedule=BOLD)

    with ThreadPoolExecutor(workers) as threads:
        jobs = [threads.submit(search, nth) for nth in range(SEARCHES)]
        with closing(in_order(jobs, stop, halted)) as found:
            plans = list(found)
    for other in pools[1:]:
        pools[0].take(other)
    made = None if stop() else pools[0].best(plan, stop)
    return plans if made is None else [*plans, made]
