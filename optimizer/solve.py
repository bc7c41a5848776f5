"""The one conductor: from a Problem to a judged plan with its proof."""

import math
from importlib.metadata import version

import numpy as np

from optimizer.certificate import Certificate
from optimizer.construct import construct
from optimizer.duals import Prices, find_prices
from optimizer.exact import ExactSearch
from optimizer.explain.explain import explain
from optimizer.explain.impossible import prove_impossible
from optimizer.explain.search import search_proofs
from optimizer.free_solve import no_prices, search_free
from optimizer.local_search import improve
from optimizer.nearest import NearestSearch
from optimizer.options import SolveOptions
from optimizer.pocket_search import search_pockets
from optimizer.problem import Problem
from optimizer.result import Reason, SolveResult, SolverError, Status, Stop, StopReason, Watch
from optimizer.run import PROVEN_GAP, Run

# Team note: optimizer/explain*.py is being written by "explain", optimizer/free_*.py by "free"; they hook themselves in.
EXACT_PAIRS = 10_000
"""Largest number of unit-rep pairs for which the exact search pays."""
LOCAL_MOVES = 4_000_000
"""Local moves tried before the exact search."""
EXACT_WORK = 60.0
"""CP-SAT's deterministic time for effort 1."""
NEAREST_WORK = 20.0
"""CP-SAT's deterministic time for the nearest plan where it is proven that none keeps every hard rule."""


def solve(
    problem: Problem,
    options: SolveOptions,
    watch: Watch = lambda progress: None,
    stop: Stop = lambda: False,
) -> SolveResult:
    """Find the best plan in the time or effort given, prove how good it is, and judge it.

    Parameters
    ----------
    problem : Problem
    options : SolveOptions
    watch : callable
        Told the progress, in the caller's thread.
    stop : callable
        Asked often; true ends the solve within half a second with the best plan so far.

    Returns
    -------
    SolveResult

    Raises
    ------
    SolverError
        If the model and the judge disagree: a mistake of ours.
    """
    run = Run(problem, options, watch, stop)
    proofs = prove_impossible(problem)
    if problem.free.any():
        search_free(run)
        return _result(run, no_prices(problem), False, proofs, 0.0)
    prices = find_prices(problem, stop=run.over)
    run.raise_bound(prices.bound, "lagrangian", "bound")
    rng = np.random.default_rng(options.seed)
    plan = construct(problem, prices.load_price, rng)
    run.offer(plan, "construct")
    better = improve(
        problem,
        plan,
        prices.load_price,
        moves=LOCAL_MOVES,
        seed=options.seed,
        stop=run.done,
        on_progress=lambda plan: _ignore(run.offer(plan, "improve")),
    )
    run.offer(better, "improve")
    search_pockets(run, prices, rng, 100000)
    least_violation = 0.0
    if not run.feasible:
        proofs = proofs or _search_proofs(run)
        nearest = NearestSearch(run, prices.load_price)
        nearest.search(NEAREST_WORK if proofs else math.inf)
        least_violation = nearest.least_violation
        search_pockets(run, prices, rng, 100000)
    exact = ExactSearch(run, prices)
    if not proofs and least_violation <= 0:
        exact.search(math.inf if options.effort is None else EXACT_WORK * options.effort)
    return _result(run, prices, exact.impossible, proofs, least_violation)


def _ignore(_: object) -> None:
    return None


def _search_proofs(run: Run) -> tuple[Reason, ...]:
    """Spend a tenth of the time on slower proofs that no plan keeps every hard rule."""
    if run.plan is None or run.score is None:
        return ()
    return search_proofs(run.problem, run.plan, run.score, run.until(run.remaining_s / 10))


def _result(
    run: Run, prices: Prices, impossible: bool, proofs: tuple[Reason, ...], least_violation: float
) -> SolveResult:
    if run.plan is None or run.score is None:
        raise SolverError("no plan was offered")
    if run.feasible and proofs:
        raise SolverError(f"a plan keeps every hard rule, but it was proven that none does: {proofs[:3]}")
    status = Status.UNKNOWN
    reason = run.stop_reason()
    if run.feasible:
        status = Status.OPTIMAL if (run.gap or 1.0) <= PROVEN_GAP else Status.FEASIBLE
    elif impossible or proofs or least_violation > 0:
        status, reason = Status.INFEASIBLE, StopReason.INFEASIBLE
    bound = run.bound if run.bound > -math.inf else None
    certificate = Certificate(run.bound_kind, bound, prices.bound, prices.load_price, prices.budget_price)
    return SolveResult(
        status=status,
        stop_reason=reason,
        plan=run.plan,
        score=run.score,
        bound=bound,
        bound_kind=run.bound_kind,
        gap=run.gap,
        certificate=certificate,
        trace=tuple(run.trace),
        reasons=explain(run.problem, run.score, proofs, least_violation),
        versions={name: version(name) for name in ("numpy", "ortools", "scipy", "numba")},
        reproducible=run.options.effort is not None,
    )
