"""The solve where some or all reps have a free centre: designs until the time or the effort is spent, without a bound."""

import math

import numpy as np

from optimizer.duals import Prices
from optimizer.free_search import design_free
from optimizer.plan import Plan
from optimizer.problem import Problem
from optimizer.run import Run

PHASE = "design"
MOVES_A_SECOND = 2_000_000
"""About what one core proposes on a middling problem."""
EFFORT_S = 60.0
"""Seconds of work for effort 1."""
USED_SHARE = 0.95
"""Share of the remaining time that a design plans with; the rest is for the steps that no clock cuts short."""


def search_free(run: Run) -> None:
    """Offer the run designs: one in the time or effort given, and further ones while time is left."""
    if run.options.start is not None:
        run.offer(run.options.start, PHASE)
    _design(run, run.options.seed)
    seed = run.options.seed
    while run.options.time_limit_s is not None and not run.over():
        seed += 1
        _design(run, seed)


def no_prices(problem: Problem) -> Prices:
    """Return prices that prove nothing: bounds for free centres are too weak to show."""
    return Prices(np.zeros(problem.target.shape), np.zeros(len(problem.budgets)), -math.inf)


def _design(run: Run, seed: int) -> None:
    begun, given = run.seconds, run.remaining_s * USED_SHARE

    def share_over() -> float:
        return (run.seconds - begun) / given if math.isfinite(given) and given > 0 else 0.0

    def over() -> bool:
        run.tick(PHASE)
        return run.over()

    def offer(plan: Plan) -> None:
        run.offer(plan, PHASE)

    seconds = EFFORT_S * (run.options.effort or 0.0) if run.options.time_limit_s is None else given
    work = max(int(MOVES_A_SECOND * seconds), 1)
    offer(design_free(run.problem, work=work, seed=seed, stop=over, clock=share_over, on_progress=offer))
