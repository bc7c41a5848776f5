"""Designing territories for reps without a home: a compact start, one annealing, and the best of several seeds."""

from dataclasses import dataclass

import numpy as np

from optimizer.construct import repair
from optimizer.free_anneal import anneal_free, refresh_pulls
from optimizer.free_start import free_start
from optimizer.free_state import free_state
from optimizer.local_search_feasible import close_misses
from optimizer.local_search_resplit import resplit
from optimizer.local_search_run import Clock, LocalSearch, OnPlan
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.result import Stop

HOT, WARM, COLD = 0.3, 0.05, 0.003
"""Temperatures, in shares of what one unit has at stake."""
STEP = 40_000
"""Most proposals between two looks at `stop`: under a tenth of a second."""
PROPOSALS_PER_RESPLIT = 50
"""Shifts and chains proposed for each resplit of two territories."""
SCREEN = 1


class FreeSearch(LocalSearch):
    """The local search with the moves for free centres."""

    def __init__(
        self, problem: Problem, plan: Plan, moves: int, seed: int, stop: Stop, clock: Clock, on_plan: OnPlan
    ) -> None:
        super().__init__(problem, plan, np.zeros(problem.target.shape), moves, seed, stop, clock, on_plan)
        self._step = min(self._step, STEP)
        self._free = free_state(problem.n_reps)

    def step(self, proposals: int, temperature: float) -> int:
        """Make some proposals at one temperature; return how many were accepted."""
        if not SCREEN:
            return super().step(proposals, temperature)
        self._done += proposals
        degrees = temperature * self.temperature
        resplits = int(resplit(self.state, proposals // PROPOSALS_PER_RESPLIT + 1, degrees))
        refresh_pulls(self.state, self._free)
        return resplits + int(anneal_free(self.state, self._free, proposals, degrees))


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
    search = FreeSearch(problem, start, work, seed, stop, clock, on_progress)
    search.cool(0.7, HOT, COLD)
    search.polish()
    close_misses(search, rng, 1.0)
    return Plan(search.best_owner.astype(np.int32))
