"""Several workers at one search: each improves a region of its own, and the borders of the regions change every time.

A region is some territories as a problem of their own (see `Pocket`); what lies beyond stays as it is, so that the
regions can be put together again. The outcome depends on the number of workers, never on which one is done first.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from optimizer.graph import IntArray
from optimizer.local_search.run import LocalSearch
from optimizer.local_search.running import present_owner
from optimizer.plan import Plan
from optimizer.pocket import Pocket, cut_out
from optimizer.problem import FloatArray, Problem
from optimizer.threads import in_order

LEAST_REPS = 20
"""Territories of a region below which its fixed borders hinder more than a second worker helps."""

Task = Callable[[LocalSearch, float], None]
"""Work of a search until a share of its work is done."""


@dataclass(frozen=True)
class _Region:
    pocket: Pocket
    search: LocalSearch


def in_regions(search: LocalSearch, workers: int, until: float, task: Task) -> None:
    """Do a task until a share of the work is done, each worker in a region of its own where there are enough reps.

    What a task leaves undone of its share, in the region where most is done, remains to be done.

    Parameters
    ----------
    search : LocalSearch
        Its present plan is where the regions start, and gets their outcome.
    workers : int
    until : float
    task : callable
        Called once for each region, in threads, with a search of all its own and 1.0.
    """
    count = min(workers, search.problem.n_reps // LEAST_REPS)
    if count < 2:
        task(search, until)
    elif not search.over(until):
        at_once(search, _divided(search, count), until, task)


def at_once(search: LocalSearch, parts: list[IntArray], until: float, task: Task) -> None:
    """Do a task until a share of the work is done, in each part of the territories by a thread of its own.

    Parameters
    ----------
    search : LocalSearch
        Its present plan is where the parts start, and gets their outcome.
    parts : list of (m,) int32
        Ascending reps; no two parts have one in common.
    until, task
        As for `in_regions`.
    """
    begun, count = search.share, len(parts)
    halted = Event()
    plan = Plan(present_owner(search.state).astype(np.int32))
    regions = []
    for reps in parts:
        if search.stop():
            return
        regions.append(_region(search, plan, reps, count))
    for region in regions:
        clock = _clock(search, begun, until)
        region.search.begin(search.moves_of(until - begun), halted.is_set, clock)
    with ThreadPoolExecutor(count) as pool:
        jobs = [pool.submit(task, region.search, 1.0) for region in regions]
        for _ in in_order(jobs, search.stop, halted):
            pass
    for region in regions:
        plan = region.pocket.put_back(plan, Plan(present_owner(region.search.state).astype(np.int32)))
        search.price[region.pocket.reps] = region.search.price
    search.advance((until - begun) * min(max(region.search.share for region in regions), 1.0))
    search.move_to(plan)


def centers(search: LocalSearch) -> FloatArray:
    """Return the directions of the territories' centers, (n_reps, 3) float64 of length 1."""
    reps = search.state.reps
    along = np.stack([reps["x"], reps["y"], reps["z"]], axis=1)
    return np.asarray(along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-300))


def _divided(search: LocalSearch, count: int) -> list[IntArray]:
    """Split the reps along a random direction into parts of about equally many units."""
    order = np.argsort(centers(search) @ search.rng.normal(size=3), kind="stable")
    reached = np.cumsum(search.state.reps["size"][order])
    cuts = np.searchsorted(reached, reached[-1] * np.arange(1, count) / count)
    return [np.sort(part).astype(np.int32) for part in np.split(order, cuts)]


def _region(search: LocalSearch, plan: Plan, reps: IntArray, count: int) -> _Region:
    pocket = cut_out(search.problem, plan, reps)
    pocket = replace(pocket, problem=_with_part_of_budgets(search, pocket.problem, count))
    seed = int(search.rng.integers(2**31))
    zero = np.zeros(pocket.problem.target.shape)
    region = LocalSearch(pocket.problem, pocket.plan, zero, 1, seed)
    region.take_over(search, reps)
    return _Region(pocket, region)


def _with_part_of_budgets(search: LocalSearch, problem: Problem, count: int) -> Problem:
    """Leave a region its part of what the disruption budgets still allow."""
    budgets = search.state.budgets
    kept = np.ceil((budgets["limit"] - budgets["used"]) * (1.0 - 1.0 / count))
    return replace(
        problem,
        budgets=tuple(
            replace(budget, limit=budget.limit - int(part)) for budget, part in zip(problem.budgets, kept, strict=True)
        ),
    )


def _clock(search: LocalSearch, begun: float, until: float) -> Callable[[], float]:
    return lambda: (search.clock() - begun) / (until - begun)
