"""The solve where some or all reps have a free centre: designs until time or effort is spent, without a bound."""

import numpy as np

from optimizer.exact.nearest import NearestSearch
from optimizer.free.search import Effort, design_free
from optimizer.local_search.improve import improve
from optimizer.local_search.run import Clock, no_clock
from optimizer.model.modelled import MODEL_PAIRS
from optimizer.options import EFFORT_S
from optimizer.plan import Plan
from optimizer.result import Stop
from optimizer.run import Run

PHASE = "design"
MOVES_A_SECOND = 2_000_000
"""About what one core proposes on a middling problem."""
FIRST_SHARE = 0.5
"""Share of the time for the first design; then the model helps where limits are missed, and further designs follow."""
USED_SHARE = 0.95
"""Share of the remaining time that a later design plans with; the rest is for the steps that no clock cuts short."""
MODEL_WORK = 20.0
"""CP-SAT's deterministic time for that, for effort 1."""


def search_free(run: Run) -> float:
    """Offer the run designs: one in the time or effort given, and further ones while time is left.

    Returns
    -------
    float
        Proven lower limit on the violation of every plan that keeps the structural rules.
    """
    problem = run.problem
    small = problem.n_units * problem.n_reps <= MODEL_PAIRS
    if run.options.start is not None:
        run.offer(run.options.start, PHASE)
        _improve(run, run.options.start, 0.25)
    _design(run, run.options.seed, FIRST_SHARE if small else USED_SHARE)
    least_violation = 0.0
    if small and not run.feasible and not run.over():
        least_violation = _ask_model(run)
    seed = run.options.seed
    while run.options.time_limit_s is not None and not run.over() and least_violation <= 0:
        seed += 1
        _design(run, seed, USED_SHARE)
    return least_violation


def _ask_model(run: Run) -> float:
    """Search a plan whose limits are missed least, without regard to travel, and improve it; return the proven miss."""
    nearest = NearestSearch(run, np.zeros(run.problem.target.shape))
    nearest.search(MODEL_WORK * (1.0 if run.options.effort is None else run.options.effort))
    if run.plan is not None:
        _improve(run, run.plan, FIRST_SHARE)
    return nearest.least_violation


def _design(run: Run, seed: int, share: float) -> None:
    def offer(plan: Plan) -> None:
        run.offer(plan, PHASE)

    work, clock = _allowance(run, share)
    effort = Effort(work, run.options.workers, clock)
    offer(design_free(run.problem, effort, seed, _watched(run), offer))


def _improve(run: Run, plan: Plan, share: float) -> None:
    def offer(plan: Plan) -> None:
        run.offer(plan, PHASE)

    work, clock = _allowance(run, share)
    prices, seed = np.zeros(run.problem.target.shape), run.options.seed
    stop = _watched(run)
    offer(improve(run.problem, plan, prices, moves=work, seed=seed, stop=stop, clock=clock, on_progress=offer))


def _watched(run: Run) -> Stop:
    def over() -> bool:
        run.tick(PHASE)
        return run.over()

    return over


def _allowance(run: Run, share: float) -> tuple[int, Clock]:
    """Return how many proposals a share of the time or effort allows, and the clock that ends them."""
    if run.options.effort is not None:
        return max(int(MOVES_A_SECOND * EFFORT_S * run.options.effort * share), 1), no_clock
    begun, given = run.seconds, max(run.remaining_s * share, 1e-3)
    return max(int(MOVES_A_SECOND * given), 1), lambda: (run.seconds - begun) / given
